import { getTranslations } from 'next-intl/server'
import { FormArea, FormBox, FormRadios, FormSelect, FormText } from '#app/_doors/fields.tsx'
import { TECHNOLOGIES } from '#db/reference/vocabulary.ts'
import { FALLBACKS } from '#db/schema/cases.ts'
import { TestRows } from '../_parts/test-rows.tsx'
import type { laterFacts } from '../input.ts'
import { Question } from './question.tsx'

/**
 * Questions 6 to 10: with the report, each folded, or afterwards to complete it. `prefix` is 'facts.' in the latter.
 */
export async function LaterQuestions({ prefix = '', script = false }: { prefix?: string; script?: boolean }) {
  const t = await getTranslations('report')
  const words = await getTranslations('vocabulary')
  const say = (key: 'network' | 'tests' | 'long' | 'fallback' | 'told') =>
    script ? t(`phone.say.${key}`) : null
  const name = (field: string) => `${prefix}${field}`
  // Who came back to complete the report wants the questions before his eyes.
  const folds = (...fields: ('rows' | keyof typeof laterFacts.shape)[]) =>
    prefix === '' ? fields : undefined
  return (
    <>
      <Question
        of="network"
        say={say('network')}
        folds={folds('callingTechnology', 'callingOperator', 'ownLines')}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <FormSelect
            name={name('callingTechnology')}
            label={t('later.technology')}
            empty={t('later.unknown')}
            options={await technologyOptions()}
          />
          <FormText name={name('callingOperator')} label={t('later.operator')} autoComplete="off" />
        </div>
        <FormRadios
          name={name('ownLines')}
          layout="row"
          label={t('later.own_lines')}
          options={(['yes', 'no', 'unknown'] as const).map((value) => ({
            value,
            label: words(`threeWay.${value}`),
          }))}
        />
      </Question>
      <Question
        of="tests"
        say={say('tests')}
        folds={folds('tests', 'rows', 'flowNow', 'flowNormal', 'flowWindowMin')}
      >
        <TestFields
          prefix={prefix}
          scope={prefix === '' ? undefined : 'complete'}
          canAskForRows={prefix === ''}
        />
        <fieldset>
          <legend className="font-semibold">{t('later.flow')}</legend>
          <div className="mt-1.5 grid grid-cols-2 gap-3 sm:grid-cols-3">
            <FormText name={name('flowNow')} label={t('later.flow_now')} inputMode="numeric" />
            <FormText name={name('flowNormal')} label={t('later.flow_normal')} inputMode="numeric" />
            <FormText name={name('flowWindowMin')} label={t('later.flow_window')} inputMode="numeric" />
          </div>
        </fieldset>
      </Question>
      <Question of="long" say={say('long')} folds={folds('longNumberOk')}>
        <FormRadios
          name={name('longNumberOk')}
          layout="row"
          label={t('later.long')}
          hint={t('later.long_hint')}
          options={(['yes', 'no', 'not_tried'] as const).map((value) => ({
            value,
            label: words(`longNumberOk.${value}`),
          }))}
        />
      </Question>
      <Question of="fallback" say={say('fallback')} folds={folds('fallback', 'fallbackCapacity')}>
        <FormRadios
          name={name('fallback')}
          label={t('later.fallback')}
          options={FALLBACKS.map((value) => ({ value, label: words(`fallback.${value}`) }))}
        />
        <div className="max-w-xs">
          <FormText name={name('fallbackCapacity')} label={t('later.capacity')} inputMode="numeric" />
        </div>
      </Question>
      <Question
        of="told"
        say={say('told')}
        folds={folds('told', 'details', 'victimsKnown', 'majorEvent', 'announcedWorks')}
      >
        <FormArea
          name={name('told')}
          rows={2}
          label={t('later.told')}
          hideLabel
          hint={t('later.told_hint')}
        />
        <FormArea name={name('details')} rows={3} label={t('later.details')} hint={t('no_patient_data')} />
        <div className="grid gap-2">
          <FormBox name={`${name('victimsKnown')}?`} id={name('victimsKnown')} label={t('later.victims')} />
          <FormBox name={`${name('majorEvent')}?`} id={name('majorEvent')} label={t('later.major_event')} />
          <FormBox name={`${name('announcedWorks')}?`} id={name('announcedWorks')} label={t('later.works')} />
        </div>
      </Question>
    </>
  )
}

export async function TestFields({
  prefix = '',
  scope,
  canAskForRows = false,
}: {
  prefix?: string
  /** Tells the rows of several forms of one page apart. */
  scope?: string
  canAskForRows?: boolean
}) {
  const t = await getTranslations('report')
  return (
    <TestRows
      at={`${prefix}tests`}
      scope={scope}
      canAskForRows={canAskForRows}
      technologies={await technologyOptions()}
      words={{
        legend: t('tests.legend'),
        hint: t('tests.hint'),
        row: t.raw('tests.row'),
        passed: t('tests.passed'),
        tried: t('tests.tried'),
        technology: t('tests.technology'),
        operator: t('tests.operator'),
        window: t('tests.window'),
        add: t('tests.add'),
        unknown: t('later.unknown'),
      }}
    />
  )
}

async function technologyOptions() {
  const words = await getTranslations('vocabulary')
  return TECHNOLOGIES.map((value) => ({ value, label: words(`technology.${value}`) }))
}

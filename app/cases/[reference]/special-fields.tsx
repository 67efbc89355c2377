import { getTranslations } from 'next-intl/server'
import { FormBox, FormRadios, FormSelect, FormText } from '#app/_doors/fields.tsx'
import { Colon } from '#app/_i18n/colon.tsx'
import { showPhone } from '#app/directory/rules/phone.ts'
import type { Option } from '#components/field.tsx'
import { Notice } from '#components/notice.tsx'
import { CAUSES, TECHNOLOGIES } from '#db/reference/vocabulary.ts'
import { FALLBACKS, LEVELS } from '#db/schema/cases.ts'
import { TestRows } from '../_parts/test-rows.tsx'
import type { CasePage } from './case-query.ts'

type Props = { page: CasePage }

export async function LevelFields({ page }: Props) {
  const [t, vocabulary] = [await getTranslations('cases'), await getTranslations('vocabulary')]
  return (
    <FormRadios
      name="level"
      label={t('field.level')}
      layout="row"
      defaultValue={String(page.row.level)}
      options={LEVELS.map((level) => ({ value: String(level), label: vocabulary(`level.${level}`) }))}
    />
  )
}

export async function AssignFields({ page: { row, around } }: Props) {
  const t = await getTranslations('cases')
  const option = ({ id, name }: { id: number; name: string }) => ({ value: String(id), label: name })
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <FormSelect
        name="teamId"
        label={t('field.team')}
        defaultValue={String(row.teamId)}
        options={around.teams.map(option)}
      />
      <FormSelect
        name="assigneeId"
        label={t('field.assignee')}
        empty={t('field.assignee_none')}
        defaultValue={String(row.assigneeId ?? '')}
        options={around.people.map(option)}
      />
    </div>
  )
}

export async function TestFields({ page, at }: Props & { at?: string }) {
  const [t, vocabulary] = [await getTranslations('cases'), await getTranslations('vocabulary')]
  return (
    <TestRows
      at={at}
      technologies={TECHNOLOGIES.map((one) => ({ value: one, label: vocabulary(`technology.${one}`) }))}
      numbers={page.row.numbers}
      words={{
        row: t.raw('field.test'),
        passed: t('field.passed'),
        tried: t('field.tried'),
        technology: t('field.technology'),
        operator: t('field.operator'),
        number: t('field.number'),
        add: t('field.add_test'),
        unknown: '–',
      }}
    />
  )
}

export async function StillFailingFields({ page }: Props) {
  return <TestFields page={page} />
}

export async function ConfirmFields({ page }: Props) {
  const t = await getTranslations('cases')
  return (
    <>
      <FormText
        name="saidBy"
        label={t('field.said_by')}
        required
        most={200}
        defaultValue={page.row.reporterName ?? ''}
      />
      <TestFields page={page} />
    </>
  )
}

export async function WorkaroundFields() {
  const [t, vocabulary] = [await getTranslations('cases'), await getTranslations('vocabulary')]
  return (
    <FormSelect
      name="fallback"
      label={t('field.fallback')}
      defaultValue="active"
      options={FALLBACKS.map((one) => ({ value: one, label: vocabulary(`fallback.${one}`) }))}
    />
  )
}

export async function RestoreFields({ page }: Props) {
  const t = await getTranslations('cases')
  const timeZone = page.around.territory?.timeZone ?? 'Europe/Paris'
  return (
    <FormText
      name={`restoredAt@${timeZone}`}
      type="datetime-local"
      label={t('field.restored_at')}
      hint={t('field.restored_at_hint')}
      className="max-w-60"
    />
  )
}

export async function CloseFields() {
  const [t, causes] = [await getTranslations('cases'), await getTranslations('causes')]
  return (
    <FormSelect
      name="cause"
      label={t('field.cause')}
      empty="–"
      required
      options={CAUSES.map((one) => ({ value: one, label: causes(one) }))}
    />
  )
}

export async function DuplicateFields() {
  const t = await getTranslations('cases')
  return (
    <FormText
      name="of"
      label={t('field.of')}
      required
      most={30}
      inputMode="numeric"
      className="max-w-60 font-mono"
    />
  )
}

/** The number of the directory, large: the only one that authenticates. */
export async function VerifyFields({ page: { row, around } }: Props) {
  const t = await getTranslations('cases')
  if (!around.organisation) return <Notice tone="warn">{t('field.no_organisation')}</Notice>
  if (around.callBack.length === 0) return <Notice tone="warn">{t('field.no_directory_number')}</Notice>
  return (
    <div className="rounded-m border-2 border-ink bg-raised p-3">
      <p className="font-semibold">{t('field.directory_number')}</p>
      {around.callBack.map(({ name, phone }) => (
        <p key={phone}>
          <a href={`tel:${phone}`} className="mr-3 text-2xl font-bold whitespace-nowrap text-ink">
            {showPhone(phone)}
          </a>
          {name}
        </p>
      ))}
      {row.callbackPhone && (
        <p className="mt-1 text-sm text-soft">
          {t('field.given_number')}
          <Colon />
          <s>{showPhone(row.callbackPhone)}</s>
        </p>
      )}
    </div>
  )
}

/** The second half of the ten questions, as the reporter now says it. */
export async function CompleteFields({ page }: Props) {
  const [t, vocabulary] = [await getTranslations('cases'), await getTranslations('vocabulary')]
  const choices = <G extends 'technology' | 'threeWay' | 'longNumberOk' | 'fallback'>(
    group: G,
    values: readonly string[],
  ) => values.map((value) => ({ value, label: vocabulary(`${group}.${value}` as 'threeWay.yes') }))
  const { row } = page
  const fact = (
    name: 'callingTechnology' | 'ownLines' | 'longNumberOk' | 'fallback',
    label: string,
    options: Option[],
  ) => (
    <FormSelect
      name={`facts.${name}`}
      label={label}
      empty="–"
      defaultValue={row[name] ?? ''}
      options={options}
    />
  )
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {fact('callingTechnology', t('field.technology'), choices('technology', TECHNOLOGIES))}
        <FormText
          name="facts.callingOperator"
          label={t('field.operator')}
          defaultValue={row.callingOperator ?? ''}
          most={200}
        />
        {fact('ownLines', t('facts.own_lines'), choices('threeWay', ['yes', 'no', 'unknown']))}
        {fact('longNumberOk', t('facts.long_number'), choices('longNumberOk', ['yes', 'no', 'not_tried']))}
        {fact('fallback', t('facts.fallback'), choices('fallback', FALLBACKS))}
        <FormText name="facts.told" label={t('facts.told')} defaultValue={row.told ?? ''} />
      </div>
      <TestFields page={page} at="facts.tests" />
      <div className="flex flex-wrap gap-2">
        <FormBox name="facts.victimsKnown?" label={t('facts.victims')} defaultChecked={row.victimsKnown} />
        <FormBox name="facts.majorEvent?" label={t('facts.major_event')} defaultChecked={row.majorEvent} />
        <FormBox name="facts.announcedWorks?" label={t('facts.works')} defaultChecked={row.announcedWorks} />
      </div>
    </>
  )
}

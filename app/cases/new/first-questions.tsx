import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { FormArea, FormBoxes, FormRadios, FormText } from '#app/_doors/fields.tsx'
import { PARIS } from '#app/_i18n/time.ts'
import { DIRECTIONS } from '#db/reference/vocabulary.ts'
import { placeProposed } from '../rules/place-proposed.ts'
import { CommuneField } from './commune-field.tsx'
import { Fold } from './fold.tsx'
import { type OpenCase, OpenCases } from './open-cases.tsx'
import { PlaceOfReport, TerritoryField } from './place.tsx'
import type { ReportDesk } from './queries.ts'
import { Question } from './question.tsx'
import { SinceField } from './since-field.tsx'
import { SymptomField } from './symptom-field.tsx'
import { COMMON_SYMPTOMS, OTHER_SYMPTOMS } from './symptom-groups.ts'

/** Questions 2 to 5: with question 1, enough to open the case. */
export async function FirstQuestions({
  desk,
  script,
  open = [],
}: {
  desk: ReportDesk
  /** On the telephone: the sentences to say. */
  script: boolean
  /** Cases of the same organisation that are under way. */
  open?: OpenCase[]
}) {
  const t = await getTranslations('report')
  const words = await getTranslations('vocabulary')
  const say = (key: 'numbers' | 'symptom' | 'since' | 'where') => (script ? t(`phone.say.${key}`) : null)
  const proposed = placeProposed(desk.reporter?.territoryCode, desk.territories)
  return (
    <PlaceOfReport initial={proposed.code}>
      <Question of="numbers" say={say('numbers')}>
        <NumbersField numbers={desk.numbers} />
        {open.length > 0 && <OpenCases cases={open} title={t('open.title')} />}
      </Question>
      <Question of="symptom" say={say('symptom')}>
        <SymptomField words={await symptomWords()} coded={script} />
        <FormArea name="symptomWords" rows={2} label={t('symptom.words')} hint={t('symptom.words_hint')} />
        <FormRadios
          name="direction"
          layout="row"
          label={t('symptom.direction')}
          options={DIRECTIONS.map((value) => ({ value, label: words(`direction.${value}`) }))}
        />
      </Question>
      <Question of="since" say={say('since')}>
        <SinceField {...(await sinceWords(desk))} />
        <FormRadios
          name="pattern"
          layout="row"
          label={t('since.pattern')}
          options={(['continuous', 'random', 'unknown'] as const).map((value) => ({
            value,
            label: words(`pattern.${value}`),
          }))}
        />
      </Question>
      <Question of="where" say={say('where')}>
        <WhereFields desk={desk} near={proposed.near} />
      </Question>
    </PlaceOfReport>
  )
}

async function NumbersField({ numbers }: { numbers: ReportDesk['numbers'] }) {
  const t = await getTranslations('report')
  const common = await getTranslations('common')
  const locale = await getLocale()
  const option = ({ number, labelFr, labelEn }: ReportDesk['numbers'][number]) => ({
    value: number,
    label: number,
    hint: locale === 'en' ? labelEn : labelFr,
  })
  const [vital, others] = [numbers.filter((one) => one.vital), numbers.filter((one) => !one.vital)]
  return (
    <>
      <FormBoxes
        name="numbers[]"
        large
        label={t('numbers.label')}
        mark={common('required')}
        hint={t('numbers.hint')}
        options={vital.map(option)}
      />
      <Fold summary={t('numbers.more')} fields={['numbers']} among={others.map(({ number }) => number)}>
        <FormBoxes
          id="numbers-more"
          error={undefined}
          name="numbers[]"
          label={t('numbers.more')}
          options={others.map(option)}
        />
      </Fold>
    </>
  )
}

async function WhereFields({ desk, near }: { desk: ReportDesk; near: string[] }): Promise<ReactNode> {
  const t = await getTranslations('report')
  const common = await getTranslations('common')
  const words = await getTranslations('vocabulary')
  return (
    <>
      <TerritoryField
        label={t('where.territory')}
        empty={t('where.choose')}
        mark={common('required')}
        hint={near.length > 0 ? t('where.own_hint') : undefined}
        options={await territoryOptions(desk, near)}
      />
      <CommuneField
        words={{
          label: t('where.communes'),
          hint: t('where.communes_hint'),
          none: t('where.communes_none'),
          found: t.raw('where.communes_found'),
          remove: t.raw('where.communes_remove'),
          search: t('where.communes_search'),
          asSaid: t('where.communes_as_said'),
        }}
      />
      <div className="group grid gap-4">
        <FormRadios
          name="neighbourTouched"
          layout="row"
          label={t('where.neighbour')}
          hint={t('where.neighbour_hint')}
          options={(['yes', 'no', 'unknown'] as const).map((value) => ({
            value,
            label: words(`threeWay.${value}`),
          }))}
        />
        {/* Asked once the neighbour is spoken of: by style alone, as the exact hour is. */}
        <div className="hidden group-has-[input[type=radio]:checked]:block">
          <FormText name="neighbourNote" label={t('where.neighbour_note')} />
        </div>
      </div>
    </>
  )
}

export async function territoryOptions(desk: Pick<ReportDesk, 'territories'>, near: readonly string[] = []) {
  const t = await getTranslations('report')
  const option = ({ code, kind, name }: ReportDesk['territories'][number]) => ({
    value: code,
    label: kind === 'departement' ? `${code} – ${name}` : name,
  })
  const kinds = (['departement', 'region', 'zone', 'country'] as const).map((kind) => ({
    label: t(`where.kinds.${kind}`),
    options: desk.territories.filter((one) => one.kind === kind && !near.includes(one.code)).map(option),
  }))
  if (near.length === 0) return kinds
  const own = desk.territories.filter((one) => near.includes(one.code)).map(option)
  return [{ label: t('where.kinds.own'), options: own }, ...kinds]
}

async function symptomWords() {
  const t = await getTranslations('report')
  const symptoms = await getTranslations('symptoms')
  const codes = [...COMMON_SYMPTOMS, ...OTHER_SYMPTOMS.flatMap((group) => group.codes)]
  const group = (name: 'common' | 'routing' | 'cut' | 'sound' | 'data' | 'room' | 'other') =>
    t(`symptom.${name}`)
  const common = await getTranslations('common')
  return {
    label: t('symptom.label'),
    mark: common('required'),
    more: t('symptom.more'),
    groups: {
      common: group('common'),
      routing: group('routing'),
      cut: group('cut'),
      sound: group('sound'),
      data: group('data'),
      room: group('room'),
      other: group('other'),
    },
    codes: Object.fromEntries(codes.map((code) => [code, symptoms(code)])),
  }
}

async function sinceWords(desk: ReportDesk) {
  const t = await getTranslations('report')
  const elsewhere = desk.territories.filter((one) => one.timeZone !== PARIS)
  const zones = Object.fromEntries(elsewhere.map(({ code, name, timeZone }) => [code, { name, timeZone }]))
  return {
    zones,
    fallback: { name: 'Paris', timeZone: PARIS },
    words: {
      label: t('since.label'),
      choices: { '0': t('since.0'), '15': t('since.15'), '60': t('since.60'), other: t('since.other') },
      exact: t('since.exact'),
    },
  }
}

import { getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { showPhone } from '#app/directory/rules/phone.ts'
import { DescriptionList } from '#components/description-list.tsx'
import type { SeenCase } from '../queries.ts'

/** What was reported, as it stands now. */
export async function CaseFacts({ seen, now, timeZone }: { seen: SeenCase; now: Date; timeZone: string }) {
  const t = await getTranslations('my')
  const words = await getTranslations('vocabulary')
  const symptoms = await getTranslations('symptoms')
  const causes = await getTranslations('causes')
  const { row } = seen
  const yes = (value: string | null) => value && words(`threeWay.${value as 'yes'}`)
  return (
    <section>
      <h2 className="text-lg">{t('case.facts')}</h2>
      <DescriptionList
        items={[
          { term: t('facts.organisation'), value: seen.organisation },
          {
            term: t('facts.reporter'),
            value: [row.reporterName, row.reporterPost].filter(Boolean).join(', '),
          },
          { term: t('facts.callback'), value: row.callbackPhone && showPhone(row.callbackPhone) },
          { term: t('facts.numbers'), value: <strong>{row.numbers.join(', ')}</strong> },
          {
            term: t('facts.symptom'),
            value: symptoms.has(row.symptom) ? symptoms(row.symptom) : row.symptom,
          },
          { term: t('facts.words'), value: row.symptomWords },
          {
            term: t('facts.direction'),
            value: row.direction && words(`direction.${row.direction as 'into_centre'}`),
          },
          {
            term: t('facts.since'),
            value: row.sinceAt && <Moment at={row.sinceAt} now={now} timeZone={timeZone} />,
          },
          { term: t('facts.pattern'), value: row.pattern && words(`pattern.${row.pattern as 'unknown'}`) },
          { term: t('facts.territory'), value: seen.territory },
          { term: t('facts.communes'), value: seen.communes.map(({ name }) => name).join(', ') },
          { term: t('facts.site'), value: seen.site },
          {
            term: t('facts.neighbour'),
            value: [yes(row.neighbourTouched), row.neighbourNote].filter(Boolean).join(' : '),
          },
          {
            term: t('facts.technology'),
            value: row.callingTechnology && words(`technology.${row.callingTechnology as 'unknown'}`),
          },
          { term: t('facts.operator'), value: row.callingOperator },
          { term: t('facts.own_lines'), value: yes(row.ownLines) },
          {
            term: t('facts.flow'),
            value:
              row.flowNow !== null && row.flowNormal !== null
                ? t('facts.flow_value', { now: row.flowNow, normal: row.flowNormal })
                : row.flowNow,
          },
          {
            term: t('facts.long'),
            value: row.longNumberOk && words(`longNumberOk.${row.longNumberOk as 'yes'}`),
          },
          { term: t('facts.fallback'), value: row.fallback && words(`fallback.${row.fallback}`) },
          { term: t('facts.capacity'), value: row.fallbackCapacity },
          { term: t('facts.told'), value: row.told },
          { term: t('facts.details'), value: row.details },
          { term: t('facts.received'), value: <Moment at={row.receivedAt} now={now} timeZone={timeZone} /> },
          { term: t('facts.cause'), value: row.cause && causes(row.cause) },
        ]}
      />
    </section>
  )
}

import { getTranslations } from 'next-intl/server'
import type { ComponentProps, ReactNode } from 'react'
import { Moment } from '#app/_i18n/moment.tsx'
import { showPhone } from '#app/directory/rules/phone.ts'
import { DescriptionList } from '#components/description-list.tsx'
import type { cases } from '#db/schema/cases.ts'
import { fixedLines, ownLine } from '../rules/own-line.ts'
import { Section } from './section.tsx'

/** What stands around the row of a case, by name. */
export type FactsOf = {
  row: Omit<typeof cases.$inferSelect, 'search'>
  /** Kind of the organisation, when the directory knows it. */
  kind: string | null
  communes: readonly string[]
  site: string | null
  /** Telephone numbers that the directory has of the organisation. */
  phones: readonly string[]
}

/**
 * The ten questions, those that were answered: the same for the cell and for who may read the case. `first` are what stands
 * elsewhere on the page of the other.
 */
export async function Facts({
  of: { row, kind: known, communes, site, phones },
  timeZone,
  now,
  first = [],
  dial,
}: {
  of: FactsOf
  timeZone: string
  now: Date
  first?: ComponentProps<typeof DescriptionList>['items']
  /** Beside the call-back number, for whoever can dial from the page. */
  dial?: ReactNode
}) {
  const [t, v] = [await getTranslations('cases'), await getTranslations('vocabulary')]
  const word = (group: string, code: string | null) => code && v(`${group}.${code}` as 'threeWay.yes')
  const flow =
    row.flowNow !== null && row.flowNormal !== null
      ? [
          t('facts.flow_value', { now: row.flowNow, normal: row.flowNormal }),
          row.flowWindowMin && t('facts.flow_window', { minutes: row.flowWindowMin }),
        ]
          .filter(Boolean)
          .join(' ')
      : null
  // Some quote what was heard themselves.
  const quoted = /[«“]/.test(row.symptomWords ?? '')
    ? row.symptomWords
    : t('facts.quoted', { words: row.symptomWords ?? '' })
  const circumstances = [
    row.victimsKnown && t('facts.victims'),
    row.majorEvent && t('facts.major_event'),
    row.announcedWorks && t('facts.works'),
  ].filter(Boolean)
  const joined = (parts: (string | null | false | undefined)[], by = ', ') =>
    parts.filter(Boolean).join(by) || null
  const kind = known ?? row.reporterKind
  return (
    <Section id="facts" title={t('page.facts')}>
      <DescriptionList
        items={[
          ...first,
          {
            term: t('facts.reporter'),
            value: joined([
              row.reporterName,
              row.reporterPost,
              v.has(`organisationKind.${kind}` as 'organisationKind.samu')
                ? word('organisationKind', kind)
                : v.has(`reporterKind.${kind}` as 'reporterKind.citizen')
                  ? word('reporterKind', kind)
                  : null,
            ]),
          },
          {
            term: t('facts.callback'),
            value: row.callbackPhone && (
              <>
                <a href={`tel:${row.callbackPhone}`} className="font-bold whitespace-nowrap">
                  {showPhone(row.callbackPhone)}
                </a>
                {dial}
                {ownLine(row.callbackPhone, fixedLines(phones)) && (
                  <span className="block text-sm text-soft">{t('facts.callback_own')}</span>
                )}
              </>
            ),
          },
          {
            term: t('facts.channel'),
            value: joined([word('channel', row.channel), word('verification', row.verification)]),
          },
          {
            term: t('facts.heard'),
            value:
              (row.heardAt.getTime() !== row.receivedAt.getTime() && (
                <Moment at={row.heardAt} now={now} timeZone={timeZone} />
              )) ||
              null,
          },
          { term: t('facts.words'), value: row.symptomWords && quoted },
          { term: t('facts.direction'), value: word('direction', row.direction) },
          {
            term: t('facts.since'),
            value: row.sinceAt && (
              <>
                <Moment at={row.sinceAt} now={now} timeZone={timeZone} />
                {row.pattern && <>, {word('pattern', row.pattern)}</>}
              </>
            ),
          },
          { term: t('facts.pattern'), value: row.sinceAt ? null : word('pattern', row.pattern) },
          {
            term: t('facts.communes'),
            value: joined([
              joined([...communes]),
              row.communeWords && t('facts.quoted', { words: row.communeWords }),
            ]),
          },
          {
            term: t('facts.neighbour'),
            value: joined([word('threeWay', row.neighbourTouched), row.neighbourNote], ' – '),
          },
          { term: t('facts.site'), value: joined([site, word('siteAccess', row.siteAccess)]) },
          {
            term: t('facts.calling'),
            value: joined([word('technology', row.callingTechnology), row.callingOperator]),
          },
          { term: t('facts.own_lines'), value: word('threeWay', row.ownLines) },
          { term: t('facts.flow'), value: flow },
          { term: t('facts.long_number'), value: word('longNumberOk', row.longNumberOk) },
          {
            term: t('facts.fallback'),
            value: joined([
              word('fallback', row.fallback),
              row.fallbackCapacity !== null && t('facts.fallback_capacity', { count: row.fallbackCapacity }),
            ]),
          },
          { term: t('facts.told'), value: row.told },
          { term: t('facts.aggravating'), value: joined(circumstances as string[]) },
          { term: t('facts.details'), value: row.details },
        ]}
      />
    </Section>
  )
}

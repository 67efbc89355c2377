import type { Locale } from '#app/_i18n/locale.ts'
import { momentText, PARIS, zoneText } from '#app/_i18n/time.ts'
import { MARKER } from '#app/exercises/rules/marker.ts'
import type { Picture } from '#app/incidents/picture.ts'
import type { notice } from '#db/schema/crisis.ts'
import { type FactTable, factsSum, factTables } from './fact-tables.ts'
import { sitrepWords } from './words.ts'

/** A report outside of the application, in the order in which the page prints it. */
export type SitrepDocument = {
  locale: Locale
  title: string
  incident: string
  /** On both ends, when it is of an exercise. */
  marker: string | null
  essential: string
  facts: { as_of: string; sum: string; tables: FactTable[]; empty: string } | null
  items: { term: string; words: string }[]
  annex: { term: string; words: string } | null
  issuedAt: Date
  /** What its file is called. */
  file: string
}

type Issued = Pick<
  typeof notice.$inferSelect,
  'kind' | 'number' | 'asOf' | 'nextAt' | 'issuedAt' | 'issuedByName' | 'exerciseId' | 'body'
>

export function sitrepDocument(one: Issued, annex: string | null, locale: Locale): SitrepDocument {
  const { t, vocabulary } = sitrepWords(locale)
  const { body } = one
  const issuedAt = one.issuedAt ?? one.asOf
  // Read on another day than it was written, it must say which: an hour alone would be taken for today's.
  const at = (when: Date) => `${momentText(when, { now: new Date(0), locale, timeZone: PARIS })}`
  const facts = body.facts as Picture | undefined
  const title = t(`kinds.${one.kind}`, { number: one.number })
  const cause = [t(`cause_status.${body.causeStatus ?? 'unknown'}`), body.cause].filter(Boolean).join('. ')
  const items = [
    ['changes_since', body.changes],
    ['cause', cause],
    ['action', body.action],
    ['instruction', body.instruction],
    ['fallback', body.fallback],
    ['estimate', body.estimate],
    ['next', one.nextAt && at(one.nextAt)],
    ['contact', body.contact],
    ['issued_by', [one.issuedByName, at(issuedAt)].filter(Boolean).join(', ')],
  ] as const
  return {
    locale,
    title,
    incident: body.incident ?? '',
    marker: one.exerciseId === null ? null : MARKER,
    essential: body.text ?? '',
    facts: facts
      ? {
          as_of: [
            `${t('as_of')} ${at(one.asOf)}`,
            one.nextAt && `${t('valid_until')} ${at(one.nextAt)}`,
            // It is read overseas too.
            zoneText(PARIS, locale),
          ]
            .filter(Boolean)
            .join(' · '),
          sum: factsSum(facts, t),
          tables: factTables(facts, t, vocabulary),
          empty: t('no_facts'),
        }
      : null,
    items: items.flatMap(([term, words]) => (words ? [{ term: t(term), words }] : [])),
    annex: annex ? { term: t('annex'), words: annex } : null,
    issuedAt,
    file: `${t('file', { number: one.number })}${body.incident ? `-${body.incident}` : ''}.pdf`,
  }
}

/** The whole of it in plain text, for whoever opens no file. */
export function sitrepText(document: SitrepDocument): string {
  const { marker, title, incident, essential, facts, items, annex } = document
  const parts = [
    marker,
    [title, incident].filter(Boolean).join('\n'),
    essential,
    facts && `${facts.as_of}\n${facts.sum}`,
    ...(facts?.tables ?? []).map((table) => textOfTable(table, facts?.empty ?? '')),
    ...items.map(({ term, words }) => `${term}\n${words}`),
    annex && `${annex.term}\n${annex.words}`,
    marker,
  ]
  return parts.filter(Boolean).join('\n\n')
}

function textOfTable({ key, caption, columns, rows, note }: FactTable, empty: string): string {
  if (rows.length === 0) return key === 'number' ? `${caption}\n${empty}` : ''
  const lines = rows.map(({ cells }) =>
    cells
      .map((cell, at) => (at === 0 ? `- ${cell}` : `${columns[at]?.head.toLowerCase()} ${cell}`))
      .join(' ; '),
  )
  return [caption, ...lines, note].filter(Boolean).join('\n')
}

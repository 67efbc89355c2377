import { getTranslations } from 'next-intl/server'
import { valuesOf } from '#app/_journal/values.ts'
import type { JournalRow } from './queries.ts'

const CHAINS = ['case', 'incident', 'crisis', 'notice', 'proposals', 'cell'] as const

/** The export names the chain as the journal does; a reader wants to know of what it is. */
export function chainOf({ chain }: JournalRow) {
  return CHAINS.find((name) => name === chain.split(':')[0]) ?? 'other'
}

type Proposed = { key: string; values: Record<string, string | number> }

/** A line in words: the messages `journal` name each event; texts that a crew of a drill left are messages too. */
export async function lineWords() {
  const all = await getTranslations()
  const known = (key: string) => all.has(key as never)
  return {
    title(row: JournalRow): string {
      const key = `journal.${row.event}`
      return known(key) ? all(key as never, valuesOf(row.data) as never) : row.event
    },
    text(row: JournalRow): string {
      const text = row.text ?? ''
      const reason = row.data.reason as Proposed | undefined
      if (text === '' && reason && known(reason.key)) return all(reason.key as never, reason.values as never)
      if (/^[a-z_]+(\.[a-z_]+)+$/.test(text) && known(text)) return all(text as never)
      return text || '–'
    },
  }
}

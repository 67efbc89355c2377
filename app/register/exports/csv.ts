import { csvText } from '#app/_doors/csv.ts'
import { flat } from '../rules/differences.ts'
import type { Loss } from '../rules/record.ts'

/** Every field of every record, one column each. */
export function registerCsv(losses: readonly Loss[]): string {
  const rows = losses.map(flat)
  const head = [...new Set(rows.flatMap((row) => [...row.keys()]))]
  return csvText([
    head,
    ...rows.map((row) => head.map((field) => (row.get(field) === '–' ? '' : (row.get(field) ?? '')))),
  ])
}

import { flat } from '../rules/differences.ts'
import type { Loss } from '../rules/record.ts'

/** Cells of a spreadsheet: a text that it would take for a formula stays one. */
export function csvOf(
  head: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`
}

function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Every field of every record, one column each. */
export function registerCsv(losses: readonly Loss[]): string {
  const rows = losses.map(flat)
  const head = [...new Set(rows.flatMap((row) => [...row.keys()]))]
  return csvOf(
    head,
    rows.map((row) => head.map((field) => (row.get(field) === '–' ? '' : (row.get(field) ?? '')))),
  )
}

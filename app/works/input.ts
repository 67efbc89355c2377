import { z } from 'zod'
import type { CsvRow } from '#app/_doors/csv.ts'

/** Lines of one file or batch. */
export const MOST_LINES = 5_000
/** A form takes a mebibyte (app/_doors/body-limits.ts): a calendar of that many lines. */
export const MOST_BYTES = 900_000
export const CSV_COLUMNS = ['reference', 'operator', 'title', 'territories', 'from', 'to'] as const

/** Columns of a file, in the words of the door: `way_back` is `wayBack` there. */
export function linesOfCsv(rows: readonly CsvRow[]): { line: number; raw: Record<string, unknown> }[] {
  return rows.map(({ line, cells: { way_back: wayBack, ...cells } }) => ({
    line,
    raw: { ...cells, wayBack: wayBack || null },
  }))
}

const field = z.string().max(4_000).default('')
/** What a form says; the rule judges it as a line of any other door. Hours come as instants. */
export const worksForm = z.object({
  ...{ reference: field, operator: field, title: field, territories: field, numbers: field, network: field },
  ...{ from: field, to: field, contact: field, wayBack: field },
})

/** `POST /api/v1/works` */
export const worksBatch = z.object({
  works: z
    .array(z.record(z.string(), z.unknown(), 'works.line.shape'), 'works.line.list')
    .max(MOST_LINES, 'works.csv.too_many'),
})

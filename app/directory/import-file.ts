import { csvLines } from '#app/_doors/csv.ts'
import { shortened } from '#app/_doors/rules/cut.ts'
import { columnOf, type ImportColumn } from './rules/import-format.ts'
import type { ImportFault, ImportLine } from './rules/import-plan.ts'

export const MAX_LINES = 20_000

export type ReadFile = { lines: ImportLine[]; faults: ImportFault[] }

/** The lines of a file by its headers. What cannot be read at all is one fault, at its line. */
export function readFile(text: string): ReadFile {
  const fault = (line: number, key: string, values = {}): ReadFile => ({
    lines: [],
    faults: [{ line, key: `directory.import.fault.${key}`, values }],
  })
  if (text.trim() === '') return fault(1, 'empty')
  const read = csvLines(text)
  if (!Array.isArray(read)) return fault(read.unreadable, 'unreadable')
  const [head, ...records] = read
  if (!head || records.length === 0) return fault(1, 'no_lines')
  if (records.length > MAX_LINES) return fault(MAX_LINES + 1, 'too_many', { max: MAX_LINES })
  const columns = head.cells.map(columnOf)
  const strange = head.cells.filter((header, at) => !columns[at] && header !== '')
  if (!columns.includes('type') || !columns.includes('organisation'))
    return fault(1, 'header', { found: shortened(head.cells.join(' ; '), 200) })
  const twice = columns.find((column, at) => column && columns.indexOf(column) !== at)
  if (twice) return fault(1, 'column_twice', { column: head.cells[columns.lastIndexOf(twice)] ?? '' })
  const faults = strange.map((header) => ({
    line: 1,
    key: 'directory.import.fault.unknown_column',
    values: { column: shortened(header, 60) },
  }))
  return {
    faults,
    lines: records.map(({ line, cells }) => ({
      line,
      extra: cells.slice(columns.length).some((cell) => cell !== ''),
      cells: Object.fromEntries(
        columns.flatMap((column, at) => (column ? [[column, oneSpaced(cells[at] ?? '')]] : [])),
      ) as Partial<Record<ImportColumn, string>>,
    })),
  }
}

function oneSpaced(cell: string): string {
  return cell.replace(/\s+/g, ' ')
}

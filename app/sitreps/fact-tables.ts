import type { Picture } from '#app/incidents/picture.ts'
import type { Words } from './words.ts'

export type FactTable = {
  key: 'number' | 'territory' | 'network'
  caption: string
  columns: { key: string; head: string; numeric?: boolean }[]
  /** The first cell names the row. */
  rows: { key: string; cells: string[] }[]
  note: string | null
}

/** What was true at that hour, as the page, the print and the file show it: by number, by territory, by network, with passed of tried. */
export function factTables(facts: Picture, t: Words, vocabulary: Words): FactTable[] {
  const rate = ({ passed, tried }: { passed: number; tried: number }) =>
    tried > 0 ? t('rate', { passed, tried }) : t('not_tested')
  const technology = (code: string) =>
    vocabulary.has(`technology.${code}`) ? vocabulary(`technology.${code}`) : code
  return [
    {
      key: 'number',
      caption: t('by_number'),
      columns: [
        { key: 'number', head: t('number') },
        { key: 'territories', head: t('territories'), numeric: true },
        { key: 'cases', head: t('cases'), numeric: true },
        { key: 'rate', head: t('tests'), numeric: true },
      ],
      rows: facts.numbers.map((row) => ({
        key: row.number,
        cells: [row.number, String(row.territories), String(row.cases), rate(row)],
      })),
      note: facts.numbers.length > 1 ? t('several_numbers') : null,
    },
    {
      key: 'territory',
      caption: t('by_territory'),
      columns: [
        { key: 'name', head: t('territory') },
        { key: 'numbers', head: t('numbers') },
        { key: 'open', head: t('open_cases'), numeric: true },
        { key: 'rate', head: t('tests'), numeric: true },
      ],
      rows: withSum(facts.territories, t('all_territories')).map((row) => ({
        key: row.code,
        cells: [row.name, row.numbers.join(', ') || '–', `${row.open} / ${row.cases}`, rate(row)],
      })),
      note: null,
    },
    {
      key: 'network',
      caption: t('by_network'),
      columns: [
        { key: 'technology', head: t('network') },
        { key: 'operator', head: t('operator') },
        { key: 'rate', head: t('tests'), numeric: true },
      ],
      rows: facts.networks.map((row) => ({
        key: `${row.technology} ${row.operator}`,
        cells: [technology(row.technology), row.operator || '–', rate(row)],
      })),
      note: null,
    },
  ]
}

/** How many, in one sentence whose figures add up. */
export function factsSum(facts: Picture, t: Words): string {
  const { total, failing = 0, aside = 0, ...cases } = facts.cases
  const { organisations } = facts
  return total === undefined
    ? t('counts', { organisations, ...cases })
    : t('sum', { organisations, ...cases, total, failing, aside })
}

/** The last line is the sum of the others: figures that do not add up are not believed. */
function withSum(rows: Picture['territories'], name: string): Picture['territories'] {
  if (rows.length < 2) return rows
  const sum = (what: 'cases' | 'open' | 'passed' | 'tried') => rows.reduce((all, row) => all + row[what], 0)
  const figures = { cases: sum('cases'), open: sum('open'), passed: sum('passed'), tried: sum('tried') }
  return [
    ...rows,
    { code: '', name, numbers: [...new Set(rows.flatMap(({ numbers }) => numbers))], ...figures },
  ]
}

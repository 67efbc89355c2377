import type { Level } from '#db/schema/cases.ts'

const MINUTE = 60_000

/** Tests count for the grid this long: the update interval of an N2, after which a result says nothing of now [D]. */
export const TESTS_COUNT_MIN = 60
/** A probe that proves nothing newer than this proves nothing: three rounds of five minutes, one of which may be lost [D]. */
export const PROOF_FRESH_MIN = 15
/**
 * The columns: the numbers whose loss has legal thresholds (arrêté of 29 August 2023), always and in this order. The others share the
 * last one, each named in its cell: a column that came with its first report would move those beside it.
 */
export const COLUMNS = ['15', '17', '18', '112'] as const

/** What people reported of one number in one territory, over the cases that are open. Instants in epoch ms. */
export type Reported = {
  territory: string
  number: string
  cases: number
  /** Of them, those where the operator's part is done: restored or confirmed. */
  restored: number
  level: Level
  /** The earliest failure still open. */
  since: number
  /** The earliest promise. */
  nextAt: number | null
  stillFailing: boolean
  /** Of the incident, or of a case that has one. */
  cause: string | null
  /** Fallback numbers that are open there: one of them fails, or all work. */
  fallback: 'active' | 'failing' | null
}

/** Calls tried there lately, by people or by a machine that supervises. */
export type Proof = {
  territory: string
  number: string
  passed: number
  tried: number
  /** The newest of them. */
  at: number
  by: 'report' | 'probe'
}

/**
 * What a cell says, the worst first:
 * lost (open, no call passes) · partly (open, some pass) · reported (open, nobody tried lately) · contradicted (open although every
 * call passes: a person outranks a green light) · unproved (no report, a probe fails) · restored (open, to be confirmed) ·
 * stale (a probe has proved nothing for too long) · proved.
 */
export const CELL_SAYINGS = [
  'lost',
  'partly',
  'reported',
  'contradicted',
  'unproved',
  'restored',
  'stale',
  'proved',
] as const
export type CellSaying = (typeof CELL_SAYINGS)[number]

export type GridCell = {
  says: CellSaying
  /** Null where no case is open. */
  level: Level | null
  cases: number
  passed: number
  tried: number
  since: number | null
  nextAt: number | null
  late: boolean
  stillFailing: boolean
  cause: string | null
  fallback: Reported['fallback']
  /** Age of the newest proof by a machine, in minutes; null while none supervises. */
  proofAgeMin: number | null
}

export type GridRow = { territory: string; cells: Record<string, GridCell> }

/**
 * Territory × number, from what people report and, when it exists, from what machines prove: one rule for both. Rows come the
 * worst first; a territory where everything is proved, or of which nothing is known, has none.
 */
export function gridOf(reports: readonly Reported[], proofs: readonly Proof[], now: number): GridRow[] {
  const rows = new Map<string, GridRow>()
  const key = (one: { territory: string; number: string }) => `${one.territory}|${one.number}`
  const proofsOf = Map.groupBy(proofs, key)
  const reportOf = new Map(reports.map((one) => [key(one), one]))
  for (const place of new Set([...reportOf.keys(), ...proofsOf.keys()])) {
    const [territory = '', number = ''] = place.split('|')
    const cell = cellOf(reportOf.get(place) ?? null, proofsOf.get(place) ?? [], now)
    if (!cell) continue
    const row = rows.get(territory) ?? { territory, cells: {} }
    row.cells[number] = cell
    rows.set(territory, row)
  }
  return [...rows.values()].filter(({ cells }) => Object.values(cells).some(isNews)).sort(worseRow)
}

function cellOf(report: Reported | null, proofs: readonly Proof[], now: number): GridCell | null {
  const counted = proofs.filter(({ at }) => at <= now && now - at <= TESTS_COUNT_MIN * MINUTE)
  const passed = sum(counted.map((one) => one.passed))
  const tried = sum(counted.map((one) => one.tried))
  const probes = proofs.filter(({ by, at }) => by === 'probe' && at <= now)
  const provedAt = probes.length > 0 ? Math.max(...probes.map(({ at }) => at)) : null
  const proofAgeMin = provedAt === null ? null : Math.floor((now - provedAt) / MINUTE)
  const base = { passed, tried, proofAgeMin }
  if (report)
    return {
      ...base,
      says: saysReported(report, passed, tried),
      level: report.level,
      cases: report.cases,
      since: report.since,
      nextAt: report.nextAt,
      late: report.nextAt !== null && report.nextAt < now,
      stillFailing: report.stillFailing,
      cause: report.cause,
      fallback: report.fallback,
    }
  // What people tried says something only beside what they report.
  if (proofAgeMin === null) return null
  const fresh = probes.filter(({ at }) => now - at <= PROOF_FRESH_MIN * MINUTE)
  const fails = fresh.some((one) => one.passed < one.tried)
  return {
    ...base,
    says: fails ? 'unproved' : fresh.length > 0 ? 'proved' : 'stale',
    level: null,
    cases: 0,
    since: null,
    nextAt: null,
    late: false,
    stillFailing: false,
    cause: null,
    fallback: null,
  }
}

function saysReported(report: Reported, passed: number, tried: number): CellSaying {
  if (report.restored >= report.cases && !report.stillFailing) return 'restored'
  if (tried === 0) return 'reported'
  if (passed === 0) return 'lost'
  return passed < tried ? 'partly' : 'contradicted'
}

/** What makes a territory stand in the grid. */
function isNews({ says }: GridCell): boolean {
  return says !== 'proved'
}

/** Negative when `a` is worse. Still failing first, then the level, then what the calls say, then how many. */
export function worseCell(a: GridCell, b: GridCell): number {
  return (
    Number(isOver(a)) - Number(isOver(b)) ||
    Number(b.stillFailing) - Number(a.stillFailing) ||
    (b.level ?? 0) - (a.level ?? 0) ||
    CELL_SAYINGS.indexOf(a.says) - CELL_SAYINGS.indexOf(b.says) ||
    b.cases - a.cases
  )
}

/** The operator's part is done, or nothing fails. */
function isOver({ says }: GridCell): boolean {
  return says === 'restored' || says === 'stale' || says === 'proved'
}

function worseRow(a: GridRow, b: GridRow): number {
  const worst = (row: GridRow) => Object.values(row.cells).sort(worseCell)[0] as GridCell
  const cases = (row: GridRow) => sum(Object.values(row.cells).map((cell) => cell.cases))
  return worseCell(worst(a), worst(b)) || cases(b) - cases(a) || (a.territory < b.territory ? -1 : 1)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

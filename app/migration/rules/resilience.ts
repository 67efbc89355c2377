import {
  CHECK_ITEMS,
  type CheckAnswer,
  type CheckItem,
  type LineKind,
  type LineStage,
} from '#db/schema/migration.ts'

/**
 * Points of each question [D]: what alone decides whether a call still arrives when one thing breaks weighs three (second access,
 * another path, a take-over that was tried with emergency numbers, a reroute from outside); what shortens the loss weighs two;
 * what must be in order beforehand weighs one. They are added, so that each missing point can be read.
 */
export const POINTS: Record<CheckItem, number> = {
  two_accesses: 3,
  two_operators: 2,
  two_paths: 3,
  take_over_tested: 3,
  batteries: 2,
  rerouted_from_outside: 3,
  fallback_capacity: 2,
  phone_outside: 2,
  neighbour_agreed: 1,
  call_data_checked: 1,
  hidden_lines_found: 1,
  maintainer_on_call: 1,
}
export const MOST_POINTS = CHECK_ITEMS.reduce((sum, item) => sum + POINTS[item], 0)

/** A proof older than a year proves a site that has changed since [D]: batteries, carriers and teams turn over yearly. */
export const PROOF_LASTS_DAYS = 365

/** Shares of the points from which a letter is given [D]: A allows two small points to be missing, not one of three. */
export const LETTERS = [
  ['A', 0.9],
  ['B', 0.75],
  ['C', 0.55],
  ['D', 0.3],
  ['E', 0],
] as const
export type Letter = (typeof LETTERS)[number][0]

/** What no other point makes good: without it the letter is no better than this. */
const CAPS: Partial<Record<CheckItem, Letter>> = {
  two_accesses: 'D',
  take_over_tested: 'C',
  rerouted_from_outside: 'C',
}

export type CheckFacts = {
  item: CheckItem
  answer: CheckAnswer
  proof: string | null
  provedOn: string | null
}
export type LineFacts = {
  kind: LineKind
  stage: LineStage
  operator: string | null
  path: string | null
  exchange: string | null
}

export type ScoreLine = {
  item: CheckItem
  of: number
  got: number
  why: 'proved' | 'unproved' | 'old' | 'no' | 'unknown' | 'contradicted'
}
export type Score = {
  points: number
  of: number
  letter: Letter
  cappedBy: CheckItem | null
  unknown: number
  lines: ScoreLine[]
}

/** Twelve questions, what each gave and why, their sum and the letter for the préfecture. */
export function scoreOf(checks: readonly CheckFacts[], lines: readonly LineFacts[], now: Date): Score {
  const inService = lines.filter((line) => line.stage === 'in_service')
  const scored = CHECK_ITEMS.map((item): ScoreLine => {
    const check = checks.find((one) => one.item === item)
    const why = reasonOf(item, check, inService, now)
    const share = why === 'proved' ? 1 : why === 'unproved' || why === 'old' ? 0.5 : 0
    return { item, of: POINTS[item], got: POINTS[item] * share, why }
  })
  const points = scored.reduce((sum, line) => sum + line.got, 0)
  const earned = LETTERS.find(([, from]) => points / MOST_POINTS >= from)?.[0] ?? 'E'
  const caps = scored.flatMap((line) => {
    const cap = line.got === 0 ? CAPS[line.item] : undefined
    return cap && rank(cap) > rank(earned) ? [{ cap, item: line.item }] : []
  })
  const [worst] = caps.sort((a, b) => rank(b.cap) - rank(a.cap))
  return {
    points,
    of: MOST_POINTS,
    letter: worst?.cap ?? earned,
    cappedBy: worst?.item ?? null,
    unknown: scored.filter((line) => line.why === 'unknown').length,
    lines: scored,
  }
}

function reasonOf(
  item: CheckItem,
  check: CheckFacts | undefined,
  lines: readonly LineFacts[],
  now: Date,
): ScoreLine['why'] {
  if (!check || check.answer === 'unknown') return 'unknown'
  if (check.answer === 'no') return 'no'
  if (contradicted(item, lines)) return 'contradicted'
  if (!check.proof || !check.provedOn) return 'unproved'
  const days = (now.getTime() - Date.parse(`${check.provedOn}T00:00:00Z`)) / 86_400_000
  return days > PROOF_LASTS_DAYS ? 'old' : 'proved'
}

/** What the accesses written down say against a yes. A place that is not written down contradicts nothing. */
function contradicted(item: CheckItem, lines: readonly LineFacts[]): boolean {
  if (item === 'two_accesses') return lines.length < 2
  if (lines.length < 2) return false
  if (item === 'two_operators') return same(lines.map((line) => line.operator))
  if (item === 'two_paths')
    return same(lines.map((line) => line.path)) || same(lines.map((line) => line.exchange))
  return false
}

/** All known and all one. */
export function same(values: readonly (string | null)[]): boolean {
  const folded = values.map((value) => value?.trim().toLowerCase() || null)
  return folded.length > 1 && folded[0] !== null && folded.every((value) => value === folded[0])
}

function rank(letter: Letter): number {
  return LETTERS.findIndex(([one]) => one === letter)
}

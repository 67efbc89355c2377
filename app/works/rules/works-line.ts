import { z } from 'zod'
import { firstFault } from '#app/_doors/rules/first-fault.ts'
import { isKnownNumber } from '#db/reference/numbers.ts'
import { isTerritory } from '#db/reference/territories.ts'

const DAY_MS = 86_400_000
/** Announced for longer is no works but a state of things; announced for further ahead is a plan that will change [D]. */
export const LONGEST_DAYS = 31
export const FURTHEST_DAYS = 400

const text = (most: number) =>
  z.string('works.line.text').trim().min(1, 'works.line.text').max(most, 'works.line.long')
const optional = (most: number) =>
  z
    .string()
    .trim()
    .max(most, 'works.line.long')
    .nullish()
    .transform((said) => said || null)
/** A list, or one text with signs between. */
const list = z
  .union([z.array(z.string()), z.string()], 'works.line.list')
  .nullish()
  .transform((said) =>
    [said ?? []]
      .flat()
      .flatMap((one) => one.split(/[\s,;|]+/))
      .map((one) => one.trim().toUpperCase())
      .filter(Boolean),
  )
const instant = z.iso
  .datetime({ offset: true, error: 'works.line.hour' })
  .transform((said) => Date.parse(said))

export const worksLine = z.object({
  reference: text(80),
  operator: text(80),
  title: text(200),
  territories: list,
  numbers: list,
  network: optional(80),
  from: instant,
  to: instant,
  contact: optional(200),
  wayBack: optional(400),
})
export type Works = z.output<typeof worksLine>
export type WorksVerdict = { ok: true; works: Works } | { ok: false; field: string; key: string }

/**
 * May these works be announced: the first thing that is wrong, by name. Works over the way of an emergency number say who is called
 * and how one goes back: 18 of 33 documented losses with a known trigger began with some.
 */
export function judgeWorks(raw: unknown, now: number): WorksVerdict {
  const read = worksLine.safeParse(raw)
  if (!read.success) return { ok: false, ...firstFault(read.error, 'works.line.shape') }
  const works = read.data
  if (works.territories.length === 0) return no('territories', 'works.line.text')
  if (works.territories.some((code) => !isTerritory(code))) return no('territories', 'works.line.territory')
  if (works.numbers.some((number) => !isKnownNumber(number))) return no('numbers', 'works.line.number')
  if (works.to <= works.from) return no('to', 'works.line.order')
  if (works.to - works.from > LONGEST_DAYS * DAY_MS) return no('to', 'works.line.too_long')
  if (works.to < now) return no('to', 'works.line.over')
  if (works.from > now + FURTHEST_DAYS * DAY_MS) return no('from', 'works.line.too_far')
  if (works.numbers.length > 0 && works.wayBack === null) return no('wayBack', 'works.line.way_back')
  if (works.numbers.length > 0 && works.contact === null) return no('contact', 'works.line.contact')
  return { ok: true, works }
}

function no(field: string, key: string): WorksVerdict {
  return { ok: false, field, key }
}

export const PHASES = ['before', 'during', 'after'] as const
export type Phase = (typeof PHASES)[number]
export type PhaseState = 'made' | 'failed' | 'due' | 'missed' | 'later'

/** Tests count as before from an hour ahead, as after until an hour behind [D]. */
const AROUND_MS = 3_600_000

export function windowOf(
  phase: Phase,
  { from, to }: { from: number; to: number },
): { from: number; to: number } {
  switch (phase) {
    case 'before':
      return { from: from - AROUND_MS, to: from }
    case 'during':
      return { from, to }
    case 'after':
      return { from: to, to: to + AROUND_MS }
  }
}

/** Works over the way of an emergency number ask for tests before, during and after: what has become of each. */
export function phaseState(
  phase: Phase,
  works: { from: number; to: number },
  tests: { tried: number; passed: number },
  now: number,
): PhaseState {
  if (tests.tried > 0) return tests.passed < tests.tried ? 'failed' : 'made'
  const { from, to } = windowOf(phase, works)
  if (now < from) return 'later'
  return now <= to ? 'due' : 'missed'
}

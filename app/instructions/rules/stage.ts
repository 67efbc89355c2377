import type { Answer, AskedPart, InstructionState } from '#db/schema/instruction.ts'

/** Where an instruction stands on its way: each step needs all those before it. */
export const STAGES = ['drafted', 'tested', 'agreed', 'validated', 'in_force', 'ended', 'withdrawn'] as const
export type Stage = (typeof STAGES)[number]

/** Two, so that it is the way round that works and not the telephone in the hand (DOMAIN §7). */
export const NETWORKS_NEEDED = 2

export type Tested = { network: string; passed: number; tried: number; at: Date }
export type Asked = { part: AskedPart; answer: Answer | null }
export type Standing = {
  stage: Stage
  /** What the next step needs; null when there is none. */
  lacks: { key: string; values?: Record<string, number> } | null
}

/** Of the tests and answers about the words as they are now. */
export function standingOf(
  state: InstructionState,
  tests: readonly Tested[],
  asked: readonly Asked[],
): Standing {
  if (state !== 'draft') return { stage: state, lacks: null }
  const { works, fails } = networks(tests)
  if (fails > 0) return { stage: 'drafted', lacks: { key: 'instructions.lacks.fails' } }
  if (works < NETWORKS_NEEDED)
    return {
      stage: 'drafted',
      lacks: { key: 'instructions.lacks.tests', values: { count: NETWORKS_NEEDED - works } },
    }
  const of = (part: AskedPart) => asked.filter((one) => one.part === part)
  const [actors, authorities] = [of('actor'), of('authority')]
  if (asked.some((one) => one.answer === 'refused'))
    return { stage: 'tested', lacks: { key: 'instructions.lacks.refused' } }
  if (actors.length === 0) return { stage: 'tested', lacks: { key: 'instructions.lacks.actors' } }
  const waiting = actors.filter((one) => one.answer === null).length
  if (waiting > 0)
    return { stage: 'tested', lacks: { key: 'instructions.lacks.answers', values: { count: waiting } } }
  if (!authorities.some((one) => one.answer === 'agreed'))
    return { stage: 'agreed', lacks: { key: 'instructions.lacks.authority' } }
  return { stage: 'validated', lacks: null }
}

/** By its last test each network works or fails; a call that passed once in three is no way round. */
function networks(tests: readonly Tested[]): { works: number; fails: number } {
  const last = new Map<string, Tested>()
  for (const one of tests) {
    const key = one.network.trim().toLowerCase()
    const known = last.get(key)
    if (!known || known.at <= one.at) last.set(key, one)
  }
  const all = [...last.values()]
  const works = all.filter((one) => one.passed === one.tried).length
  return { works, fails: all.length - works }
}

/** How long an actor has to answer before somebody telephones, minutes: the first situation report is owed at thirty. [D] */
export const ANSWER_WITHIN_MIN = 10
/** Those who lead hear so long before its end that it is near, minutes: a new version takes that long to be agreed. [D] */
export const REMIND_BEFORE_MIN = 30

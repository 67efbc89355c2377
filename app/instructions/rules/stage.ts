import { allPassed, lastByNetwork, type NetworkTest } from '#app/cases/rules/network-tests.ts'
import type { Answer, AskedPart, InstructionState } from '#db/schema/instruction.ts'

/** Where an instruction stands on its way: each step needs all those before it. */
export const STAGES = ['drafted', 'tested', 'agreed', 'validated', 'in_force', 'ended', 'withdrawn'] as const
export type Stage = (typeof STAGES)[number]

/** Two, so that it is the way round that works and not the telephone in the hand (DOMAIN §7). */
export const NETWORKS_NEEDED = 2

export type Asked = { part: AskedPart; answer: Answer | null }
export type Standing = {
  stage: Stage
  /** What the next step needs; null when there is none. */
  lacks: { key: string; values?: Record<string, number> } | null
}

/** Of the tests and answers about the words as they are now. */
export function standingOf(
  state: InstructionState,
  tests: readonly NetworkTest[],
  asked: readonly Asked[],
): Standing {
  if (state !== 'draft') return { stage: state, lacks: null }
  const networks = lastByNetwork(tests)
  if (!networks.every(allPassed)) return { stage: 'drafted', lacks: { key: 'instructions.lacks.fails' } }
  if (networks.length < NETWORKS_NEEDED)
    return {
      stage: 'drafted',
      lacks: { key: 'instructions.lacks.tests', values: { count: NETWORKS_NEEDED - networks.length } },
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

/** Is it all clear? Only a person says so: an hour that passes, or a version that cancels it, does not make the number work. */
export function isAllClear({
  state,
  endReason,
}: {
  state: InstructionState
  endReason: string | null
}): boolean {
  return state === 'ended' && endReason !== null
}

/** How long an actor has to answer before somebody telephones, minutes: the first situation report is owed at thirty. [D] */
export const ANSWER_WITHIN_MIN = 10
/** Those who lead hear so long before its end that it is near, minutes: a new version takes that long to be agreed. [D] */
export const REMIND_BEFORE_MIN = 30

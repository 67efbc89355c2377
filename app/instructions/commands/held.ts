import { and, eq, ne, sql } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { overtaken, type Refusal, refused } from '#app/_doors/result.ts'
import { append, type Line } from '#app/_journal/append.ts'
import { placeOfCode } from '#app/incidents/rules/places.ts'
import {
  type InstructionState,
  instruction,
  instructionAsked,
  instructionTest,
} from '#db/schema/instruction.ts'
import type { Tx } from '#db/transaction.ts'
import type { Said } from '../rules/scope.ts'
import { overlaps } from '../rules/scope.ts'
import { type Standing, standingOf } from '../rules/stage.ts'

export type InstructionRow = typeof instruction.$inferSelect

/** Nobody else's until the transaction ends, in one of these states, as it was read; or why not. */
export async function held(
  tx: Tx,
  id: number,
  version: number,
  states: readonly InstructionState[],
): Promise<InstructionRow | Refusal> {
  const [one] = await tx.select().from(instruction).where(eq(instruction.id, id)).for('update')
  if (!one) return refused('instructions.refused.absent')
  if (!states.includes(one.state))
    return { ...refused(`instructions.refused.is_${one.state}`), conflict: { version: one.version } }
  return one.version === version ? one : overtaken(one)
}

/** A line about an instruction, in its own chain. */
export function note(
  tx: Tx,
  actor: Actor,
  one: Pick<InstructionRow, 'id' | 'number' | 'incidentId'>,
  line: Pick<Line, 'event' | 'at' | 'text'> & { data?: Record<string, unknown> },
): Promise<void> {
  return append(tx, actor, {
    chain: `instruction:${one.id}`,
    ...(one.incidentId ? { incidentId: one.incidentId } : {}),
    visibility: 'internal',
    ...line,
    data: { instructionId: one.id, number: one.number, ...line.data },
  })
}

/** Where it stands with its words as they are now: former tests and answers were of other ones. */
export async function standing(tx: Tx, one: InstructionRow): Promise<Standing> {
  const tests = await tx
    .select()
    .from(instructionTest)
    .where(and(eq(instructionTest.instructionId, one.id), eq(instructionTest.textVersion, one.textVersion)))
  const asked = await tx
    .select()
    .from(instructionAsked)
    .where(and(eq(instructionAsked.instructionId, one.id), eq(instructionAsked.textVersion, one.textVersion)))
  return standingOf(one.state, tests, asked)
}

/** As the rules read it. */
export function saidBy(one: InstructionRow): Said {
  const place = placeOfCode(one.territoryCode) ?? { code: one.territoryCode, parents: [] }
  return { failing: one.failing, callers: one.callers, operator: one.operator, place, slots: one.slots }
}

/** Those in force in this world, this one aside. */
export function inForce(tx: Tx, besides: number | null): Promise<InstructionRow[]> {
  return tx
    .select()
    .from(instruction)
    .where(and(eq(instruction.state, 'in_force'), ne(instruction.id, besides ?? 0)))
    .orderBy(instruction.number)
}

/**
 * Every number that does not answer where this one is said: its own, those of other instructions in force there, and those of
 * the incident it is about.
 */
export async function failingThere(
  tx: Tx,
  said: Omit<Said, 'slots'>,
  besides: number | null,
  incidentId: number | null,
): Promise<string[]> {
  const others = (await inForce(tx, besides)).filter((one) =>
    overlaps({ ...saidBy(one), failing: said.failing }, said),
  )
  const touched =
    incidentId === null
      ? []
      : await tx.execute<{ number: string }>(sql`select distinct unnest(numbers) as number from cases
          where incident_id = ${incidentId} and app.is_open(state) and state not in ('restored', 'confirmed')`)
  return [
    ...new Set([said.failing, ...others.map((one) => one.failing), ...touched.map(({ number }) => number)]),
  ]
}

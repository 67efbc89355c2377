import { type AccountActor, machine } from '#app/_auth/actor.ts'
import { react } from '#app/_jobs/reactions.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { answerInput, askInput, draftInput, testInput } from '../input.ts'
import { readInstruction } from '../queries.ts'
import { answerInstruction } from './answer.ts'
import { askActors } from './ask.ts'
import { draftInstruction } from './draft.ts'
import { putInForce } from './force.ts'
import { testInstruction } from './test.ts'

export const { owner } = await createTestDatabase()
export const people = await makePeople(owner)
export const { organisations } = people
export const T0 = new Date('2026-11-23T16:45:00Z')
export const later = (minutes: number) => new Date(T0.getTime() + minutes * 60_000)
export const clock = machine('clock')

export const slots = {
  who: 'Réseau Modèle',
  fails: 'le 15 ne répond pas depuis les mobiles',
  where: 'dans le Nord',
  todo: 'Appelez depuis une ligne fixe ou composez le 112',
  until: 'Prochain point à 19 h',
}
export const base = {
  failing: '15',
  callers: 'mobile',
  territoryCode: '59',
  slots,
  allClear: 'Le 15 répond de nouveau.',
  endsAt: later(240).toISOString(),
}

export async function draft(over: object = {}): Promise<number> {
  const made = await draftInstruction(people.agent, draftInput.parse({ ...base, ...over }), T0)
  if (!made.ok) throw new Error(JSON.stringify(made))
  return made.value.instructionId
}
export const read = async (id: number, actor: AccountActor = people.lead) => {
  const found = await readInstruction(actor, id)
  if (!found) throw new Error(`no instruction ${id}`)
  return found
}
export async function tried(id: number): Promise<void> {
  for (const network of ['Mobile Modèle', 'Fixe Témoin'])
    await testInstruction(
      people.agent,
      testInput.parse({ instructionId: id, network, passed: 3, tried: 3 }),
      T0,
    )
}
export async function ask(id: number, actors: number[], authorities: number[] = [organisations.pref59]) {
  const { version } = (await read(id)).one
  return askActors(people.agent, askInput.parse({ instructionId: id, version, actors, authorities }), T0)
}
export async function answer(
  actor: AccountActor,
  id: number,
  said: 'agreed' | 'refused',
  reason?: string,
  at = T0,
) {
  const { textVersion } = (await read(id)).one
  return answerInstruction(
    actor,
    answerInput.parse({ instructionId: id, textVersion, answer: said, reason }),
    at,
  )
}
export const force = async (id: number, actor: AccountActor = people.lead, at = T0) =>
  putInForce(actor, { instructionId: id, version: (await read(id)).one.version }, at)
/** All the way to what only remains to be put in force. */
export async function validated(over: object = {}): Promise<number> {
  const id = await draft(over)
  await tried(id)
  await ask(id, [organisations.samu59])
  await answer(people.samu59, id, 'agreed')
  await answer(people.pref59, id, 'agreed')
  return id
}
export async function told(event: string): Promise<void> {
  const lines = await owner`select id::int from journal where event = ${event} order by id`
  await react(
    machine('reactions'),
    lines.map((line) => line.id),
    T0,
  )
}

import type { AccountActor } from '#app/_auth/actor.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { prepareInput } from '../input.ts'
import { readBroadcast } from '../queries.ts'
import { savePilots } from './pilots.ts'
import { prepareBroadcast } from './prepare.ts'
import { confirmBroadcast } from './run.ts'

export const { owner } = await createTestDatabase()
export const people = await makePeople(owner)
export const T0 = new Date('2026-11-23T17:00:00Z')
export const later = (seconds: number) => new Date(T0.getTime() + seconds * 1000)

const NETWORKS = ['Mobile Témoin', 'Réseau Modèle', 'Télécom Exemple']
const two = (n: number) => String(n).padStart(2, '0')
export const pilots = NETWORKS.flatMap((network, at) =>
  Array.from({ length: 10 }, (_, n) => `06 39 98 9${at} ${two(n)} ; ${network} ; Porteur ${n}`),
).join('\n')
/** Numbers for fiction (Arcep): 06 39 98 and four figures. */
export const list = (n: number, from = 0) =>
  Array.from({ length: n }, (_, at) => `063998${String(from + at).padStart(4, '0')}`).join('\n')

const slots = {
  ...{ who: 'Réseau Modèle', fails: 'le 15 ne répond pas', where: 'dans le Nord' },
  ...{ todo: 'Composez le 112', until: 'Prochain point à 19 h' },
}
let failing = 100
export async function inForce(exerciseId: number | null = null): Promise<number> {
  failing += 1
  const [row] =
    await owner`insert into instruction (exercise_id, number, state, failing, callers, territory_code, slots, all_clear, ends_at,
      drafted_at, drafted_by_name, in_force_at) values (${exerciseId}, ${failing}, 'in_force', ${String(failing)}, 'any', '59',
      ${owner.json(slots)}, 'x', ${later(86_400)}, ${T0}, 'x', ${T0}) returning id::int`
  return Number(row?.id)
}
export async function prepared(over: object = {}, actor: AccountActor = people.lead) {
  const instructionId = await inForce(actor.exerciseId)
  const input = prepareInput.parse({
    instructionId,
    list: list(200),
    consented: true,
    purpose: 'Maires du Nord',
    ...over,
  })
  return prepareBroadcast(actor, input, T0)
}
export async function started(over: object = {}): Promise<number> {
  await savePilots(people.lead, { list: pilots }, T0)
  const made = await prepared(over)
  if (!made.ok) throw new Error(JSON.stringify(made))
  const id = made.value.broadcastId
  const confirmed = await confirmBroadcast(people.director, { broadcastId: id, version: 1 }, T0)
  if (!confirmed.ok) throw new Error(JSON.stringify(confirmed))
  return id
}
export const read = async (id: number, now = T0) => {
  const found = await readBroadcast(people.lead, id, now)
  if (!found) throw new Error('no mass message')
  return found
}

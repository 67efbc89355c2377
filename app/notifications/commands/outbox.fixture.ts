import { machine } from '#app/_auth/actor.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import type { Channel } from '../port.ts'
import { enqueue, type Telling } from './enqueue.ts'

export const { owner, app } = await createTestDatabase()
export const people = await makePeople(owner)
export const clock = machine('outbox')
export const T0 = new Date('2026-11-23T02:00:00Z')
export const later = (seconds: number) => new Date(T0.getTime() + seconds * 1000)
export const { accountId } = people.director
export const telling = (dedupeKey: string, given: Partial<Telling> = {}): Telling => ({
  to: { type: 'account', id: accountId, accountId },
  kind: 'crisis_activated',
  data: { by: 'clock' },
  caseId: null,
  incidentId: null,
  dedupeKey,
  ...given,
})
export const tell = (
  channels: readonly Channel[],
  one: Telling,
  pressing = true,
  exerciseId: number | null = null,
) => {
  const actor = exerciseId ? machine('reactions', exerciseId) : machine('reactions')
  return asActor(actor, (tx) => enqueue(tx, actor, [one], pressing, T0, channels))
}
export type Row = {
  channel: string
  to: string
  state: string
  attempts: number
  twice: boolean
  error: string | null
}
export const rows = (key: string) =>
  owner<
    Row[]
  >`select channel, to_type || ':' || to_id as "to", state, attempts::int, may_arrive_twice as twice, last_error as error
    from outbox where dedupe_key = ${key} order by id`

export const ways: number[] = []
for (const [kind, value] of [
  ['mobile', '06 39 98 00 21'],
  ['landline', '01 99 00 21 00'],
]) {
  const [way] = await owner`insert into contact_way (account_id, kind, value, verified_at)
    values (${accountId}, ${kind ?? ''}, ${value ?? ''}, ${T0}) returning id`
  ways.push(Number(way?.id))
}
export const [mobile, landline] = ways.map((id) => `way:${id}`)

import { vi } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'

vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')
vi.stubEnv('NEXTAUTH_URL', 'https://permanence.example')

export const { owner } = await createTestDatabase()
export const people = await makePeople(owner)
export const T0 = new Date('2026-11-23T02:00:00Z')
export const later = (seconds: number) => new Date(T0.getTime() + seconds * 1000)

export async function setSms(settings: object): Promise<void> {
  await owner`insert into setting (key, value) values ('channel.sms', ${owner.json(settings as never)})
    on conflict (key) do update set value = excluded.value`
}
export async function wayOf(accountId: number, value: string): Promise<number> {
  const [way] = await owner`insert into contact_way (account_id, kind, value, verified_at)
    values (${accountId}, 'mobile', ${value}, ${T0}) returning id`
  return Number(way?.id)
}

let queued = 0
export async function queue(who: { accountId: number }, number: string): Promise<number> {
  queued += 1
  const way = await wayOf(who.accountId, number)
  const [row] = await owner`insert into outbox
    (to_type, to_id, account_id, channel, kind, data, dedupe_key, pressing, state, due_at, created_at)
    values ('way', ${way}, ${who.accountId}, 'sms', 'crisis_activated', '{}', ${`test ${queued}`}, true, 'queued', ${T0}, ${T0})
    returning id`
  return Number(row?.id)
}
export async function stateOf(id: number): Promise<string | undefined> {
  const [row] = await owner`select state from outbox where id = ${id}`
  return row?.state
}

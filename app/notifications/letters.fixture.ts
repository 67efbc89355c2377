import { vi } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { says } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'

vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')
vi.stubEnv('NEXTAUTH_URL', 'https://permanence.example')

export const { owner } = await createTestDatabase()
export const people = await makePeople(owner)
export const T0 = new Date('2026-11-23T02:00:00Z')
export const later = (seconds: number) => new Date(T0.getTime() + seconds * 1000)
export const OWN = 'permanence@operateur.example'
export const reference = await says(people.samu59, '59', T0)
const [row] = await owner`select id::int from cases where reference = ${reference}`
export const caseId: number = row?.id

export async function setMail(settings: object): Promise<void> {
  const value = owner.json({ host: '127.0.0.1', from: OWN, plain: true, ...settings } as never)
  await owner`insert into setting (key, value) values ('channel.mail', ${value})
    on conflict (key) do update set value = excluded.value`
}

let queued = 0
export async function queue(): Promise<number> {
  queued += 1
  const [made] =
    await owner`insert into outbox (to_type, to_id, account_id, channel, kind, data, case_id, dedupe_key, pressing, state, due_at, created_at)
    values ('account', ${people.lead.accountId}, ${people.lead.accountId}, 'mail', 'case_updated', ${owner.json({ reference })}, ${caseId},
      ${`mail ${queued}`}, true, 'queued', ${T0}, ${T0}) returning id`
  return Number(made?.id)
}
export const stateOf = async (id: number) =>
  (await owner`select state, last_error as error, may_arrive_twice as twice from outbox where id = ${id}`)[0]

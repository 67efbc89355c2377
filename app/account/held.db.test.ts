import { expect, test } from 'vitest'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { rectify, takeHeld } from './commands/held.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-26T10:00:00Z')

const report = (n: number) =>
  reportInput.parse({
    submissionId: `00000000-0000-4000-8000-00000000000${n}`,
    numbers: ['15'],
    symptom: 'NO_RING',
    territoryCode: '59',
    callbackPhone: '0639980015',
    tests: [{ passed: 0, tried: 3 }],
    channel: 'portal',
  })

test('what is held on a person is his, all of it, and without a secret; that it was taken is a line', async () => {
  await reportCase(people.samu59, report(1), now)
  await reportCase(people.samu37, report(2), now)
  await owner`insert into totp values (${people.samu59.accountId}, 'sealed secret', 1, ${now})`
  await owner`insert into recovery_code values (${people.samu59.accountId}, 'hash of a code', ${now}, null)`
  await owner`insert into session (id, account_id, created_at, last_seen_at, expires_at, place)
    select gen_random_uuid(), id, ${now}, ${now}, ${now}, 'of ' || name from account`
  const held = await takeHeld(people.samu59, now)
  expect(held.account).toMatchObject([{ email: people.samu59.email, organisation: 'SAMU 59 (essai)' }])
  expect(held.reports).toHaveLength(1)
  expect(held.sessions).toMatchObject([{ place: `of ${people.samu59.name}` }])
  expect(held.journal.length).toBeGreaterThan(0)
  const text = JSON.stringify(held)
  for (const other of [people.samu37, people.agent]) expect(text).not.toContain(other.name)
  for (const secret of ['sealed secret', 'hash of a code']) expect(text).not.toContain(secret)
  const again = await takeHeld(people.samu59, now)
  expect(again.journal.map((line) => line.event)).toContain('account.data_exported')
})

test('every kind can be read by whoever works at the cell too', async () => {
  for (const actor of [people.agent, people.admin, people.pref59])
    expect(Object.keys(await takeHeld(actor, now)).length).toBeGreaterThan(10)
})

test('a rectification is a new line, and changes no other', async () => {
  const before = await owner`select id, hash from journal order by id`
  expect(await rectify(people.samu59, { what: 'Mon poste est le CRRA, non le SMUR.' }, now)).toMatchObject({
    ok: true,
  })
  const after = await owner`select id, hash, event, text from journal order by id`
  expect(after.slice(0, before.length).map(({ id, hash }) => ({ id, hash }))).toEqual([...before])
  expect(after.at(-1)).toMatchObject({
    event: 'account.data_rectified',
    text: 'Mon poste est le CRRA, non le SMUR.',
  })
})

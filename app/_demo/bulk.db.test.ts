import { expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { readReference } from '#app/cases/rules/reference-number.ts'
import { correlateNow } from '#app/incidents/commands/correlate.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { seedHistory } from './bulk.ts'
import { seedWorld } from './demo.ts'
import { REPORTER_ORGANISATION } from './people.ts'

const { owner } = await createTestDatabase()
const NOW = new Date('2026-11-23T03:30:00Z')
const { people } = await seedWorld(owner, NOW, false)
await seedHistory(owner, 3_000, 300, NOW)

test('as many cases as asked, as many open', async () => {
  const [row] = await owner`select count(*)::int as all,
    (count(*) filter (where app.is_open(state)))::int as open from cases`
  expect(row).toEqual({ all: 3_000, open: 300 })
})

test('it wakes nobody: no proposal comes of a history', async () => {
  expect(await correlateNow(machine('test'), NOW)).toMatchObject({ proposed: [] })
})

test('every number can be read aloud, and the next report goes on from there', async () => {
  const rows = await owner`select reference from cases`
  expect(rows.filter(({ reference }) => readReference(reference) !== reference)).toEqual([])
  const made = await reportCase(
    people.reporters.get(REPORTER_ORGANISATION) as NonNullable<ReturnType<typeof people.reporters.get>>,
    reportInput.parse({
      submissionId: crypto.randomUUID(),
      numbers: ['15'],
      symptom: 'NO_RING',
      territoryCode: '59',
    }),
    NOW,
  )
  expect(made.ok).toBe(true)
})

test('no open case without a promise, none closed without its confirmation or three attempts', async () => {
  const wrong = await owner`select reference, state from cases where
    (app.is_open(state) and next_contact_at is null)
    or (state = 'closed' and confirmed_at is null and contact_attempts < 3)
    or (state = 'duplicate' and duplicate_of_id is null)
    or received_at > ${NOW} or closed_at > ${NOW} or deadline_at <= ${NOW}`
  expect(wrong).toEqual([])
})

test('the journal is whole and its heads are right', async () => {
  const broken = await owner`
    select id from (select j.id, j.hash, app.journal_digest(j, j.prev_hash) as expected, j.prev_hash,
      lag(j.hash) over (partition by j.chain order by j.seq) as former from journal j) as line
    where hash <> expected or (former is not null and former <> prev_hash)`
  expect(broken).toEqual([])
  const cut = await owner`select h.chain from journal_head h
    where h.seq <> (select count(*) from journal j where j.chain = h.chain)`
  expect(cut).toEqual([])
})

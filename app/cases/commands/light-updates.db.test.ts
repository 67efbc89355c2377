import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { correlateNow } from '#app/incidents/commands/correlate.ts'
import { closeClients } from '#db/client.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { reportInput } from '../input.ts'
import { acknowledgeCase } from './acknowledge.ts'
import { missDeadlines } from './miss-deadlines.ts'
import { reportCase } from './report.ts'
import { updateCase } from './update.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const REPORTS = 30
const ROUNDS = 3
const T0 = Date.parse('2026-11-23T10:00:00Z')
const minute = (n: number) => new Date(T0 + n * 60_000)
/** A page that is full at last takes the next version of a row elsewhere: some always do. */
const SHARE = 0.8

// A row changed in its own page and no index touched (a HOT update) costs one write; any other, one in each of a dozen indexes.
test('what the rules and the room write on a case all day touches none of its indexes', async () => {
  const references: string[] = []
  const judging = await updatesOf(async () => {
    for (let i = 0; i < REPORTS; i++) {
      const made = await reportCase(people.samu59, report(), minute(0))
      if (made.ok) references.push(made.value.reference)
      await correlateNow(machine('rules'), minute(1))
    }
  })
  expect(references).toHaveLength(REPORTS)
  expect(judging.all).toBeGreaterThanOrEqual(REPORTS)

  for (const reference of references)
    await acknowledgeCase(people.agent, { reference, version: null, nextContactAt: null }, minute(2))
  // Own tests done: from now on the promise alone is due, and each word to the reporter moves it.
  await updatesOf(() => asActor(machine('clock'), (tx) => tx.execute('update cases set check_due_at = null')))
  const promising = await updatesOf(async () => {
    for (let round = 1; round <= ROUNDS; round++)
      for (const reference of references) {
        const input = {
          reference,
          version: null,
          text: 'Essais en cours.',
          nextContactAt: minute(10 * round + 20),
        }
        expect(await updateCase(people.agent, input, minute(10 * round))).toMatchObject({ ok: true })
      }
  })
  expect(promising.all).toBe(REPORTS * ROUNDS)
  // The hours that were promised last are the ones the clock turns.
  await missDeadlines(machine('clock'), minute(49))
  expect(await owner`select 1 from cases where promise_missed_at is not null`).toHaveLength(0)
  await missDeadlines(machine('clock'), minute(50))
  expect(await owner`select 1 from cases where promise_missed_at is not null`).toHaveLength(REPORTS)
  expect(judging.hot / judging.all).toBeGreaterThan(SHARE)
  expect(promising.hot / promising.all).toBeGreaterThan(SHARE)
})

/** Of a number that is not vital: no incident opens, which is an index's business. */
function report() {
  return reportInput.parse({
    submissionId: randomUUID(),
    numbers: ['115'],
    symptom: 'NO_RING',
    territoryCode: '59',
    details: 'Les appels n’aboutissent plus depuis quelques minutes.',
  })
}

async function updatesOf(work: () => Promise<unknown>): Promise<{ all: number; hot: number }> {
  const before = await counted()
  await work()
  // A session tells its counts at the latest when it ends.
  await closeClients()
  const sessions = async () =>
    (
      await owner`select 1 from pg_stat_activity
    where datname = current_database() and pg_has_role(usename, 'permanence_app', 'member') and usename <> current_user`
    ).length
  await expect.poll(sessions).toBe(0)
  const after = await counted()
  return { all: after.all - before.all, hot: after.hot - before.hot }
}

async function counted(): Promise<{ all: number; hot: number }> {
  const [row] = await owner<{ all: number; hot: number }[]>`
    select n_tup_upd::int as all, n_tup_hot_upd::int as hot from pg_stat_user_tables where relname = 'cases'`
  return { all: row?.all ?? 0, hot: row?.hot ?? 0 }
}

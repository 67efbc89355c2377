import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { missSome } from '#app/cases/commands/miss-deadlines.ts'
import { readHealth } from '#app/operations/health.ts'
import { Lane } from '#db/lane.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { says } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { CLOCKS, type Clock, type ClockName } from './clocks.ts'
import { beat, declare } from './pulse.ts'
import { type Supervised, supervise, turnOnce } from './supervise.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)

// The clocks of the real table, less patient: what takes them minutes takes a test seconds.
const WATCHED: ClockName[] = ['crisis', 'deadlines', 'notices', 'facts']
const hasty = Object.fromEntries(
  WATCHED.map((name): [string, Clock] => [name, { ...CLOCKS[name], every: 1, limit: 1, late: 3 }]),
)
let turning: Supervised[] = []

async function start(): Promise<void> {
  await declare(hasty)
  turning = Object.entries(hasty).map(([name, clock]) => supervise(name, clock))
}

afterEach(async () => {
  await Promise.all(turning.map((one) => one.stop()))
  turning = []
})

const lane = new Lane(5_000)
afterAll(() => lane.cut())

async function lateOnes(): Promise<{ name: string; why: string | null }[]> {
  await beat()
  return (await readHealth()).late
}
const names = async () => (await lateOnes()).map(({ name }) => name)

describe('one clock cannot turn', () => {
  test('its table is locked: the others go on, and health says which is late, and why', async () => {
    await start()
    await expect.poll(names).toEqual([])
    const release = await lock('cases')
    // Both read the cases; the crisis and the notices do not.
    await expect.poll(names).toEqual(expect.arrayContaining(['deadlines', 'facts']))
    const late = await lateOnes()
    expect(late.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['crisis']))
    expect(late.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['notices']))
    expect(late.find(({ name }) => name === 'deadlines')?.why).toContain('lock timeout')
    const [waiting] = await owner`select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    expect(waiting?.n).toBeLessThanOrEqual(2)
    await release()
    await expect.poll(names).toEqual([])
  })

  test('a permission is missing: the same, in its own words', async () => {
    await start()
    await owner`revoke select on notice_recipient from permanence_app`
    await expect.poll(names).toEqual(['notices'])
    expect((await lateOnes())[0]?.why).toMatch(/^42501 permission denied for table notice_recipient/)
    await owner`grant select on notice_recipient to permanence_app`
    await expect.poll(names).toEqual([])
  })

  test('one case cannot be turned: the others are, and it is said', async () => {
    const at = new Date('2026-11-23T10:00:00Z')
    const bad = await says(people.samu59, '59', at)
    const good = await says(people.samu37, '37', at)
    await owner.unsafe(`create function refuse_one() returns trigger language plpgsql as $$
      begin if new.reference = '${bad}' then raise exception 'not this one'; end if; return new; end $$`)
    await owner`create trigger refuse_one before update on cases for each row execute function refuse_one()`
    const turned = await missSome(machine('clock'), new Date('2026-11-23T10:30:00Z'))
    expect(turned.failed).toBeDefined()
    const missed = await owner`select reference from cases where ack_missed_at is not null`
    expect(missed.map(({ reference }) => reference)).toEqual([good])
    await owner`drop trigger refuse_one on cases`
  })
})

describe('one turn', () => {
  test('two workers at once: one turns, the other leaves it', async () => {
    const [one, two] = [new Lane(5_000), new Lane(5_000)]
    let turns = 0
    const gate = Promise.withResolvers<void>()
    const slow = clock({
      turn: () => {
        turns++
        return gate.promise
      },
    })
    const first = turnOnce('slow', slow, one)
    await expect.poll(() => turns).toBe(1)
    expect(await turnOnce('slow', slow, two)).toBe('held')
    gate.resolve()
    expect(await first).toBe('turned')
    expect(await turnOnce('slow', slow, two)).toBe('turned')
    one.cut()
    two.cut()
  })

  test('what is done once an hour is done once, whoever looks; a failure is none', async () => {
    const hourly = clock({ every: 3600, turn: async () => {} })
    await declare({ hourly })
    const broken = { ...hourly, turn: () => Promise.reject(new Error('no')) }
    expect(await turnOnce('hourly', broken, lane)).toBe('failed')
    expect(await turnOnce('hourly', hourly, lane)).toBe('turned')
    expect(await turnOnce('hourly', hourly, lane)).toBe('early')
  })

  test('past its limit it is ended here and in the database, and what is left of it does no more', async () => {
    const impatient = new Lane(500)
    const after = Promise.withResolvers<unknown>()
    const endless = clock({
      turn: async ({ signal }) => {
        await new Promise((told) => signal.addEventListener('abort', told))
        after.resolve(await asActor(machine('late'), async () => 'wrote').catch((error) => error))
      },
    })
    expect(await turnOnce('endless', endless, impatient)).toBe('failed')
    expect(await after.promise).toBeInstanceOf(Error)

    const asleep = clock({
      turn: ({ actor }) => asActor(actor, (tx) => tx.execute('select pg_sleep(60)')),
    })
    expect(await turnOnce('asleep', asleep, impatient)).toBe('failed')
    const sleeping = async () =>
      (
        await owner`select 1 from pg_stat_activity where query like '%pg_sleep(60)%'
      and pid <> pg_backend_pid() and state = 'active'`
      ).length
    await expect.poll(sleeping).toBe(0)
    expect(await turnOnce('asleep', clock({ turn: async () => {} }), impatient)).toBe('turned')
    impatient.cut()
  })
})

test('an orderly stop waits for what goes on after the turn', async () => {
  const sent = Promise.withResolvers<void>()
  const written = { down: false }
  const going = sent.promise.then(() => {
    written.down = true
  })
  const turned = Promise.withResolvers<void>()
  const turn = async () => turned.resolve()
  const supervised = supervise('goes_on', clock({ turn, goesOn: () => going }))
  await turned.promise
  const stopped = supervised.stop()
  sent.resolve()
  await stopped
  expect(written.down).toBe(true)
})

test('heartbeats of processes long gone do not stay', async () => {
  await owner`insert into worker_heartbeat (name, at) values ('worker old 1', now() - interval '2 hours')`
  await beat()
  const rows = await owner`select name from worker_heartbeat`
  expect(rows.map(({ name }) => name)).toEqual([expect.stringMatching(new RegExp(` ${process.pid}$`))])
})

function clock(change: Pick<Clock, 'turn'> & Partial<Clock>): Clock {
  return { every: 1, limit: 5, late: 20, ...change }
}

/** Holds a table as a migration gone wrong would; the answer lets it go. */
async function lock(table: string): Promise<() => Promise<void>> {
  const held = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const holding = owner.begin(async (sql) => {
    await sql`lock table ${sql(table)} in access exclusive mode`
    held.resolve()
    await release.promise
  })
  await held.promise
  return async () => {
    release.resolve()
    await holding
  }
}

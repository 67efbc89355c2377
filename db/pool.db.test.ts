import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { CutConnection, isAway } from './away.ts'
import { appDb, closeClients, makeClient } from './client.ts'

const { owner } = await createTestDatabase()
await owner`create table tally (id int primary key, note text)`
await owner`grant all on tally to permanence_app`

afterEach(closeClients)

const FIRST = sql`select 1`
const insert = (id: number, note = '') => sql`insert into tally (id, note) values (${id}, ${note})`
const cutAll = () =>
  owner`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'permanence'
    and datname = current_database() and pid <> pg_backend_pid()`
const settled = <T>(work: Promise<T>) =>
  work.then(
    () => 'kept' as const,
    (error: unknown) => (isAway(error) ? ('away' as const) : Promise.reject(error)),
  )

test('cut again and again under load, nothing hangs, nothing said to be kept is lost, and all connections serve at the end', async () => {
  const told = new Map<number, string>()
  let [next, going] = [1, true]
  const lane = async () => {
    while (going) {
      const id = next++
      // Between the statements something else is waited for, as a command does: a cut falls there too.
      const work = appDb().transaction(FIRST, async (tx) => {
        await tx.execute(insert(id, 'begun'))
        await Promise.all([tx.execute(sql`select pg_sleep(0.002)`), wait(1)])
        await tx.execute(sql`update tally set note = 'whole' where id = ${id}`)
      })
      told.set(id, await settled(work))
    }
  }
  const lanes = Array.from({ length: 12 }, lane)
  for (let i = 0; i < 40; i++) {
    await wait(25)
    await cutAll()
  }
  going = false
  await Promise.all(lanes)

  const rows = await owner<{ id: number; note: string }[]>`select id, note from tally`
  expect(rows.filter(({ note }) => note !== 'whole')).toEqual([])
  const kept = new Set(rows.map(({ id }) => id))
  expect([...told].filter(([id, how]) => how === 'kept' && !kept.has(id))).toEqual([])
  expect([...told.values()]).toContain('kept')
  expect([...told.values()]).toContain('away')
  await Promise.all(
    Array.from({ length: 30 }, () => appDb().transaction(FIRST, (tx) => tx.execute(sql`select 1`))),
  )
})

test('what a transaction does after its connection was cut does not reach another transaction', async () => {
  let goOn = () => {}
  const gate = new Promise<void>((open) => {
    goOn = open
  })
  let late: Promise<unknown> = Promise.resolve()
  const cut = appDb().transaction(FIRST, async (tx) => {
    await tx.execute(insert(1_000_000))
    await cutAll()
    await gate
    late = Promise.resolve(tx.execute(insert(1_000_001)))
    await late
  })
  await expect(cut).rejects.toBeInstanceOf(CutConnection)
  await appDb().transaction(FIRST, async (tx) => {
    await tx.execute(insert(1_000_002))
    goOn()
    await wait(5)
  })
  await expect(late).rejects.toThrow()
  const rows = await owner<{ id: number }[]>`select id from tally where id >= 1000000`
  expect(rows.map(({ id }) => id)).toEqual([1_000_002])
})

test('a transaction in which a statement failed is not said to be kept', async () => {
  const swallowed = appDb().transaction(FIRST, async (tx) => {
    await tx.execute(insert(2_000_000))
    await Promise.resolve(tx.execute(sql`select 1 / 0`)).catch(() => {})
  })
  await expect(swallowed).rejects.toThrow('nothing of it was kept')
  expect(await owner`select from tally where id = 2000000`).toHaveLength(0)
})

test('a savepoint goes back alone', async () => {
  await appDb().transaction(FIRST, async (tx) => {
    await tx.execute(insert(3_000_000))
    await tx.transaction((inner) => inner.execute(sql`select 1 / 0`)).catch(() => {})
    await tx.transaction((inner) => inner.execute(insert(3_000_001)))
  })
  expect(await owner`select from tally where id >= 3000000`).toHaveLength(2)
})

test('a statement after the end of its transaction is refused', async () => {
  let escaped: Promise<unknown> = Promise.resolve()
  await appDb().transaction(FIRST, async (tx) => {
    await tx.execute(sql`select 1`)
    escaped = wait(20).then(() => tx.execute(insert(4_000_000)))
    escaped.catch(() => {})
  })
  await expect(escaped).rejects.toThrow()
  expect(await owner`select from tally where id = 4000000`).toHaveLength(0)
})

test('a connection keeps the plan of what it was asked before, with values or without', async () => {
  const kept = () =>
    appDb().transaction(FIRST, async (tx) => {
      await tx.execute(sql`select count(*) from tally`)
      await tx.execute(sql`select count(*) from tally where id = ${1}`)
      return tx.execute<{ of: string; times: number }>(
        sql`select statement as of, (generic_plans + custom_plans)::int as times from pg_prepared_statements where statement like '%from tally%' order by statement`,
      )
    })
  await kept()
  expect((await kept()).map(({ of, times }) => [of, times])).toEqual([
    ['select count(*) from tally', 2],
    ['select count(*) from tally where id = $1', 2],
    expect.anything(),
  ])
})

test('a connection that is asked for again and again is kept, however long ago it first rested', async () => {
  const [IDLE_MS, STEP_MS] = [2_000, 1_200]
  const client = makeClient(1, { idleS: IDLE_MS / 1000 })
  const pid = () => client.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  const used = async () => ({ at: Date.now(), pid: (await pid())[0]?.pid })
  let [before, kept, apart] = [await used(), 0, 0]
  // Counted where it rested less than it may: a busy machine may be late.
  while (kept < 3) {
    await wait(STEP_MS)
    const next = await used()
    const rested = next.at - before.at
    if (rested < IDLE_MS - 200) {
      kept++
      if (next.pid !== before.pid) apart++
    }
    before = next
  }
  expect(apart).toBe(0)
  client.cut()
})

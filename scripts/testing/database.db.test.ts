import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from './database.ts'

const database = await createTestDatabase()

test('the application works as a role that owns nothing and bypasses nothing', async () => {
  const [who] = await asActor(machine('test'), (tx) =>
    tx.execute<{ rolsuper: boolean; rolbypassrls: boolean; owned: number; member: boolean }>(sql`
      select rolsuper, rolbypassrls, pg_has_role(current_user, 'permanence_app', 'usage') as member,
        (select count(*)::int from pg_class where relowner = r.oid) as owned
      from pg_roles r where rolname = current_user`),
  )
  expect(who).toEqual({ rolsuper: false, rolbypassrls: false, owned: 0, member: true })
})

test('without an actor nothing is seen', async () => {
  const [territory] = await database.owner`select count(*)::int as n from account`
  expect(territory?.n).toBe(0)
  await database.owner`insert into account (email, name, role) values ('a@example.org', 'A', 'agent')`
  expect(await database.app`select * from account`).toHaveLength(0)
  expect(await database.owner`select * from account`).toHaveLength(1)
})

test('the database’s clock is the machine’s, at whatever moment the tests are played', async () => {
  const [row] = await database.owner<{ at: Date }[]>`select clock_timestamp() as at`
  expect(Math.abs(Number(row?.at) - Date.now())).toBeLessThan(60_000)
})

test('the job queue is installed', async () => {
  const rows = await database.owner`select 1 from pg_proc p join pg_namespace n on n.oid = pronamespace
    where nspname = 'graphile_worker' and proname = 'add_job'`
  expect(rows.length).toBeGreaterThan(0)
})

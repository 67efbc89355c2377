import postgres from 'postgres'
import { afterAll, describe, expect, test } from 'vitest'
import { processEnvironments } from '#scripts/start/database.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'

const { owner, workerUrl } = await createTestDatabase()
const worker = postgres(workerUrl, { max: 1, onnotice: () => {} })
afterAll(() => worker.end({ timeout: 5 }))

describe('the role of the worker', () => {
  test('owns nothing, bypasses nothing, and is no member of the application’s', async () => {
    const [role] = await worker`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
      pg_has_role('permanence_app', 'member') as app,
      (select count(*)::int from pg_class where relowner = r.oid) as owned from pg_roles r where rolname = current_user`
    expect(role).toEqual({
      ...{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false },
      ...{ app: false, owned: 0 },
    })
  })

  test('takes a job and ends it', async () => {
    await owner`select graphile_worker.add_job('nothing')`
    expect(await worker`select 1 from graphile_worker._private_jobs`).toHaveLength(1)
    await worker`delete from graphile_worker._private_jobs`
    await worker`select graphile_worker.force_unlock_workers(array['x'])`
  })

  test('spells past cases anew, the one job of the database itself', async () => {
    await worker`select app.spell_again(1, 1)`
    const callable = await owner<{ name: string }[]>`select proname as name from pg_proc
      where pronamespace = 'app'::regnamespace and has_function_privilege('permanence_worker', oid, 'execute')`
    expect(callable.map(({ name }) => name)).toEqual(['spell_again'])
  })

  test('reads what proves the journal', async () => {
    for (const table of ['journal', 'journal_head', 'setting'])
      await worker`select * from ${worker(table)} limit 1`
    await worker`select id from cases limit 1`
  })

  test.each([
    'update journal set text = null',
    'delete from journal',
    'insert into journal_head values (null, 1, null)',
    'delete from setting',
    'alter table journal disable trigger user',
    'drop function app.journal_digest',
    'select reference from cases',
    'select title from incident',
    'select * from account',
    'select * from passphrase',
    'select * from api_token',
    `select app.set_passphrase(1, 'x', now())`,
    'update graphile_worker.migrations set id = 999',
    'create table public.mine (id int)',
    'create role mine',
  ])('may not: %s', async (attempt) => {
    await expect(worker.unsafe(attempt)).rejects.toThrow(/permission denied|must be owner|does not exist/)
  })

  test('and reads, of every other table, nothing', async () => {
    const readable = await owner<{ name: string }[]>`select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' and has_table_privilege('permanence_worker', oid, 'select') order by 1`
    expect(readable.map(({ name }) => name)).toEqual(['journal', 'journal_head', 'setting'])
  })
})

test('neither web nor worker is told the owner’s password', () => {
  const config = {
    dataDir: '/nowhere',
    secret: 's',
    database: { kind: 'external', ownerUrl: 'postgres://owner:its-password@127.0.0.1:1/db' },
  } as const
  const told = processEnvironments(config, 3000, false)
  for (const env of [told.web, told.worker]) expect(JSON.stringify(env)).not.toContain('its-password')
  expect(told.web.PERMANENCE_WORKER_URL).toBeUndefined()
  expect(told.worker.PERMANENCE_WORKER_URL).toContain('db_worker')
})

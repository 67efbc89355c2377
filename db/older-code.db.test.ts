import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { saidAnew as why } from '#app/operations/health.fixture.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { Misconfigured } from './config.ts'
import { applyMigrations, migrate } from './migrate.ts'

const { owner, ownerUrl } = await createTestDatabase()
const secret = process.env.PERMANENCE_TEST_SECRET as string
const NEWER = Date.parse('2100-01-01T00:00:00Z')
const REFUSED =
  'a newer version has changed the database, and this one cannot work with it: start the newer one'

const folder = mkdtempSync(join(tmpdir(), `permanence-test-${process.pid}-`))
afterAll(() => rmSync(folder, { recursive: true }))

async function says(said: object | null): Promise<void> {
  await owner.unsafe(`comment on schema app is ${said ? `'${JSON.stringify(said)}'` : 'null'}`)
}
const changed = () =>
  owner`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', ${NEWER})`

beforeEach(async () => {
  await owner`delete from drizzle.__drizzle_migrations where created_at = ${NEWER}`
  await migrate(ownerUrl, secret)
})

test('a schema changed by a newer version is refused at the start, in one sentence, and by health', async () => {
  expect(await why()).not.toContain(REFUSED)
  await changed()
  const start = migrate(ownerUrl, secret)
  await expect(start).rejects.toThrow(Misconfigured)
  await expect(start).rejects.toThrow(/^The database at .* was changed by a newer version .*[^\n]*\.$/)
  await expect.poll(why).toContain(REFUSED)
})

test('one that still serves this version is left as it is, and worked with', async () => {
  await changed()
  await says({ tag: '21000101000000_x', last: NEWER, serves: 0 })
  const said: string[] = []
  await migrate(ownerUrl, secret, (line) => said.push(line))
  expect(said).toEqual([
    'A newer version has changed this database and still serves this one: it is left as it is',
  ])
  await expect.poll(why).not.toContain(REFUSED)
})

test('one that no longer serves this version is refused with its name', async () => {
  await changed()
  await says({ tag: '21000101000000_x', last: NEWER, serves: NEWER })
  await expect(migrate(ownerUrl, secret)).rejects.toThrow('(21000101000000_x)')
})

test('a schema of before is said so by health, whatever is missing in it', async () => {
  const older = 'the database is of an older version: start this one again, it brings it to the present'
  const [newest] = await owner`delete from drizzle.__drizzle_migrations
    where created_at = (select max(created_at) from drizzle.__drizzle_migrations) returning hash, created_at`
  await expect.poll(why).toContain(older)
  await owner`insert into drizzle.__drizzle_migrations (hash, created_at) values (${newest?.hash}, ${newest?.created_at})`
  await expect.poll(why).not.toContain(older)

  await owner`alter function app.schema_state() rename to not_yet`
  await expect.poll(why).toContain(older)
  await owner`alter function app.not_yet() rename to schema_state`
  await expect.poll(why).not.toContain(older)
})

test('a table in use is waited for briefly, again and again; then it is said, and nothing was changed', async () => {
  mkdirSync(join(folder, 'meta'))
  const when = NEWER + 1
  const entry = { idx: 0, version: '7', when, tag: '1_note', breakpoints: true }
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ entries: [entry] }))
  writeFileSync(
    join(folder, '1_note.sql'),
    'create table made_with_it (a int);--> statement-breakpoint\nalter table cases add column noted text;',
  )
  const isThere = async () =>
    (await owner`select from pg_attribute where attrelid = 'cases'::regclass and attname = 'noted'`).length >
    0

  let free = () => {}
  let held = () => {}
  const holds = new Promise<void>((resolve) => {
    held = resolve
  })
  const lock = owner.begin(async (sql) => {
    await sql`lock table cases in access share mode`
    held()
    await new Promise<void>((resolve) => {
      free = resolve
    })
  })
  await holds
  const once = applyMigrations(ownerUrl, { folder, attempts: 1 })
  await expect(once).rejects.toThrow(Misconfigured)
  await expect(once).rejects.toThrow(
    / are in use .*\(the oldest transaction began at [\d:]+ UTC: process \d+, /,
  )
  expect(await isThere()).toBe(false)
  expect(await owner`select to_regclass('made_with_it') as it`).toEqual([{ it: null }])

  const patient = applyMigrations(ownerUrl, { folder, pauseMs: 10 })
  free()
  await Promise.all([lock, patient])
  expect(await isThere()).toBe(true)
})

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { describeSchema, schemaFile } from './describe.ts'

const { owner, ownerUrl } = await createTestDatabase()
const file = readFileSync('db/schema.sql', 'utf8')

test('db/schema.sql is what the migrations come to: npm run schema writes it', async () => {
  expect(schemaFile(await describeSchema(owner))).toBe(file)
})

test('a database made of db/schema.sql is the same database', async () => {
  const name = `of_file_${randomBytes(6).toString('hex')}`
  await owner.unsafe(`create database ${name}`)
  const url = new URL(ownerUrl)
  url.pathname = `/${name}`
  const made = postgres(url.href, { max: 1, onnotice: () => {} })
  try {
    await made.unsafe(file)
    expect(schemaFile(await describeSchema(made))).toBe(file)
  } finally {
    await made.end({ timeout: 5 })
    await owner.unsafe(`drop database ${name} with (force)`)
  }
})

test('it says every table, policy, function and trigger there is', async () => {
  const count = async (query: string) => Number((await owner.unsafe(query))[0]?.n)
  const said = (pattern: RegExp) => [...file.matchAll(pattern)].length
  const [tables, policies, functions, triggers, indexes] = [
    await count(`select count(*) as n from pg_tables where schemaname = 'public'`),
    await count(
      `select count(*) as n from pg_policies where schemaname = 'public' and policyname not in ('owner_works', 'worker_proves')`,
    ),
    await count(`select count(*) as n from pg_proc where pronamespace = 'app'::regnamespace`),
    await count(
      `select count(*) as n from pg_trigger where not tgisinternal and tgrelid::regclass::text !~ '\\.'`,
    ),
    await count(`select count(*) as n from pg_indexes i where schemaname = 'public'
      and not exists (select from pg_constraint where conname = i.indexname and contype in ('p', 'u'))`),
  ]
  expect(tables).toBeGreaterThan(35)
  expect([
    said(/^create (unlogged )?table /gm),
    said(/^create policy /gm),
    said(/^create function app\./gm),
    said(/^create trigger /gm),
    said(/^create (unique )?index /gm),
  ]).toEqual([tables, policies, functions, triggers, indexes])
})

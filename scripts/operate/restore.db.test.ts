import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { takeCheckpoint } from '#app/_evidence/take.ts'
import { closeClients } from '#db/client.ts'
import { appDatabaseUrl } from '#db/config.ts'
import { connectAsOwner, makeDatabase, migrate } from '#db/migrate.ts'
import { startDebianServer } from '../testing/debian-server.ts'
import { says } from '../testing/four-centres.ts'
import { makePeople } from '../testing/people.ts'
import { rehearse } from './rehearsal.ts'
import { restore, type Step } from './restored.ts'

const secret = 'of the restoration'
const now = new Date('2026-11-23T10:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'permanence-restore-'))
const file = join(folder, 'dump')
const [here, elsewhere] = [await startDebianServer(), await startDebianServer()]
afterAll(async () => {
  await closeClients()
  await Promise.all([here?.stop(), elsewhere?.stop()])
  rmSync(folder, { recursive: true })
})

/** Who owns a database without being more than that: it may make roles and databases, and is held to every policy. */
async function ownerOf(server: string, name: string): Promise<string> {
  const chief = connectAsOwner(server)
  await chief.unsafe(`create role ${name} login password 'word' createrole createdb`)
  await chief.end()
  return server.replace('chief:', `${name}:`).replace(/\/postgres$/, '/watch')
}

async function steps(run: (tell: (step: Step) => void) => Promise<unknown>): Promise<Step[]> {
  const told: Step[] = []
  await run((step) => told.push(step))
  return told
}
const short = (told: Step[]) => told.map(({ name, ok }) => (ok ? name : `${name} FAILED`))

// Where no PostgreSQL with its tools is installed there is nothing to dump with: the embedded one brings none.
describe.skipIf(!here || !elsewhere)('a backup', () => {
  let url = ''

  beforeAll(async () => {
    url = await ownerOf(here?.url ?? '', 'watch_owner')
    await makeDatabase(url.replace(/\/watch$/, '/postgres'), 'watch')
    await migrate(url, secret)
    process.env.PERMANENCE_OWNER_URL = url
    process.env.PERMANENCE_APP_URL = appDatabaseUrl(url, secret)
    const owner = connectAsOwner(url)
    const people = await makePeople(owner)
    for (const territory of ['59', '62', '80']) await says(people.samu59, territory, now)
    await owner.end()
  })

  test('is rehearsed beside the running service: dumped, restored, proved, and thrown away', async () => {
    const told = await steps((tell) => rehearse({ url, secret, file, tell }))
    expect(told.filter(({ ok }) => !ok)).toEqual([])
    expect(short(told)).toEqual([
      'backup',
      'dump',
      'roles',
      'database',
      'data',
      'policies',
      'owner',
      'schema',
      'stranger',
      'rows',
      'journal',
    ])
    const words = Object.fromEntries(told.map(({ name, words }) => [name, words]))
    expect(words.policies).toMatch(/^(\d{3}) of \1 policies, (\d+) of \2 tables secured, 0 left open$/)
    expect(words.schema).toMatch(/^(\d+) of \1 tables, (\d{3}) of \2 policies, /)
    expect(words.stranger).toMatch(/ sees 0 of [1-9]\d* cases/)
    expect(words.journal).toMatch(
      /^[1-9]\d* lines in [1-9]\d* chains verified; compared with no checkpoints: /,
    )
    const chief = connectAsOwner(here?.url ?? '')
    expect(await chief`select datname from pg_database where datname like '%rehearsal%'`).toEqual([])
    expect(await chief`select rolname from pg_roles where rolname like '%rehearsal%'`).toEqual([])
    await chief.end()
  })

  test('is compared with the checkpoints that were there, and then says so', async () => {
    const checkpoints = join(folder, 'checkpoints')
    await takeCheckpoint(machine('journal'), now, checkpoints, join(folder, 'key'))
    const told = await steps((tell) =>
      rehearse({ url, secret, file: join(folder, 'signed'), checkpoints, tell }),
    )
    expect(told.at(-1)?.words).toMatch(/chains verified; [1-9]\d* of them against checkpoint 1 of /)
  })

  test('is restored where no role is known, by an owner of another name', async () => {
    const there = await ownerOf(elsewhere?.url ?? '', 'other_owner')
    const told = await steps((tell) => restore({ file, url: there, secret, tell }))
    expect(told.filter(({ ok }) => !ok)).toEqual([])
    const words = Object.fromEntries(told.map(({ name, words }) => [name, words]))
    expect(words.roles).toMatch(/^made .*permanence_app.*watch_owner/)
    expect(words.owner).toMatch(/^\d+ tables given to their new owner$/)
    const owner = connectAsOwner(there)
    expect((await owner`select count(*)::int as n from cases`)[0]?.n).toBe(3)
    await owner.end()
  })

  test('is never restored over what is there', async () => {
    const told = await steps((tell) => restore({ file, url, secret, tell }))
    expect(short(told).at(-1)).toBe('database FAILED')
    expect(told.at(-1)?.words).toContain('is not empty')
  })

  test('that is no dump is said to be none', async () => {
    writeFileSync(join(folder, 'letter'), 'Dear Sir')
    const told = await steps((tell) => restore({ file: join(folder, 'letter'), url, secret, tell }))
    expect(short(told)).toEqual(['dump FAILED'])
    expect(told[0]?.words).toMatch(/letter cannot be read as a dump/)
  })

  test.each([
    ['policy that was lost', 'schema', /missing: seen on attachment$/, ['drop policy seen on attachment']],
    [
      'journal that was changed',
      'journal',
      /^BROKEN: /,
      [
        'alter table journal disable trigger user',
        `update journal set at = at + interval '1 hour' where id = (select max(id) from journal)`,
        'alter table journal enable trigger user',
      ],
    ],
  ])('holds no more with a %s', async (_, step, words, changes) => {
    const owner = connectAsOwner(url)
    for (const change of changes) await owner.unsafe(change)
    const definition = 'create policy seen on attachment to permanence_app using (true)'
    const told = await steps((tell) => rehearse({ url, secret, file: join(folder, step), tell }))
    expect(short(told).at(-1)).toBe(`${step} FAILED`)
    expect(told.at(-1)?.words).toMatch(words)
    // The next one breaks something else.
    if (step === 'schema') await owner.unsafe(definition)
    await owner.end()
  })
})

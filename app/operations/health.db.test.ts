import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { closeClients } from '#db/client.ts'
import { aloneOnServer, createTestDatabase } from '#scripts/testing/database.ts'
import { says } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { saidAnew as why } from './health.fixture.ts'
import { readHealth } from './health.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const [{ name } = { name: '' }] = await owner<{ name: string }[]>`select current_database() as name`

const NO_WORKER = 'no worker has ever run: no clock turns'

test('a write is really made, and serves all who ask within a moment', async () => {
  const proofs = async () => owner<{ at: Date }[]>`select at from write_proof`
  expect(await why()).toEqual([NO_WORKER])
  const first = await proofs()
  expect(first).toHaveLength(1)
  await Promise.all([readHealth(), readHealth(), readHealth()])
  expect(await proofs()).toEqual(first)
})

test('the database became read only: said in words', async () => {
  await owner.unsafe(`alter database ${name} set default_transaction_read_only = on`)
  await closeClients()
  await expect.poll(why).toContain('the database is read only')
  await owner.begin('read write', (sql) =>
    sql.unsafe(`alter database ${name} reset default_transaction_read_only`),
  )
  await closeClients()
  await expect.poll(why).toEqual([NO_WORKER])
})

test('the database is away: said in words, and that it is back', async () => {
  const url = process.env.PERMANENCE_APP_URL as string
  vi.stubEnv('PERMANENCE_APP_URL', url.replace(/:\d+\//, ':1/'))
  await closeClients()
  await expect.poll(why).toContain('the database does not answer')
  vi.unstubAllEnvs()
  await closeClients()
  await expect.poll(why).toEqual([NO_WORKER])
})

const disk = smallDisk(160)

// Where nobody may mount one, or PostgreSQL has no account of its own, there is no small disk to fill.
test.skipIf(!disk)(
  'the disk is full: reports are refused, and health names the cause',
  { timeout: 90_000 },
  () =>
    aloneOnServer(async () => {
      const folder = disk as string
      await owner.unsafe(`create tablespace ${name}_small location '${folder}'`)
      await closeClients()
      await moveTables(`${name}_small`)
      await says(people.samu59, '59', new Date())
      await expect.poll(why).toEqual([NO_WORKER])

      fill(folder)
      await expect.poll(why).toContain('disk full: the database cannot write')
      const refused = async () => {
        for (let i = 0; i < 200; i++) await says(people.samu59, '59', new Date())
      }
      await expect(refused()).rejects.toThrow()
      rmSync(join(folder, 'filler'))
      await expect.poll(why).toEqual([NO_WORKER])
      // Nothing of PostgreSQL's is left on a disk that goes away: no checkpoint of the tests beside this one fails for it.
      await moveTables('pg_default')
      await owner.unsafe(`drop tablespace ${name}_small`)
    }),
)

async function moveTables(tablespace: string): Promise<void> {
  for (const table of ['cases', 'journal', 'journal_head', 'write_proof'])
    await owner.unsafe(`alter table ${table} set tablespace ${tablespace}`)
}

/** A disk of a few MB that PostgreSQL may write on, if we may make one. */
function smallDisk(mib: number): string | null {
  if (process.getuid?.() !== 0) return null
  const folder = mkdtempSync(join(tmpdir(), 'permanence-small-'))
  try {
    const id = (flag: string) => execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim()
    const options = `size=${mib}m,uid=${id('-u')},gid=${id('-g')},mode=700`
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    rmSync(folder, { recursive: true })
    return null
  }
  afterAll(async () => {
    execFileSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true })
  })
  return folder
}

function fill(folder: string): void {
  const megabyte = Buffer.alloc(1024 * 1024)
  const kilobytes = Buffer.alloc(4096)
  const file = join(folder, 'filler')
  for (const piece of [megabyte, kilobytes])
    try {
      for (;;) writeFileSync(file, piece, { flag: 'a' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  chmodSync(file, 0o600)
}

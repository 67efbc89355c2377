import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Logger } from 'graphile-worker'
import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { listen } from '#app/_live/listen.ts'
import { embeddedUrl, keptSecret } from '#db/config.ts'
import { type Embedded, startEmbedded, VOLATILE } from '#db/embedded.ts'
import { Pool } from '#db/pool.ts'
import { keepQueue } from './queue.ts'

const folders = ['a', 'b'].map((name) =>
  mkdtempSync(join(tmpdir(), `permanence-test-${process.pid}-${name}-`)),
)
const [a, b] = folders as [string, string]
const ends: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const end of ends.reverse()) await end()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

// As root the server runs as another account, which must walk through.
for (const folder of folders) spawnSync('chmod', ['711', folder])

async function started(folder: string): Promise<Embedded> {
  const server = await startEmbedded(folder, VOLATILE)
  ends.push(() => server.stop())
  return server
}

/** A streaming standby of the server in `from`, by the means every PostgreSQL has. */
async function standbyOf(from: string, to: string): Promise<Embedded> {
  const sql = postgres(embeddedUrl(from, 'postgres'), { max: 1, onnotice: () => {} })
  await sql`select pg_backup_start('standby', true)`
  spawnSync('cp', ['-a', join(from, 'postgres'), join(from, 'postgres.password'), to])
  const [stopped] = await sql`select labelfile from pg_backup_stop()`
  await sql.end()
  spawnSync('cp', ['-a', join(from, 'postgres', 'pg_wal'), join(to, 'postgres')])
  rmSync(join(to, 'postgres', 'postmaster.pid'))
  writeFileSync(join(to, 'postgres', 'backup_label'), stopped?.labelfile)
  writeFileSync(join(to, 'postgres', 'standby.signal'), '')
  spawnSync('chown', [
    `--reference=${join(to, 'postgres', 'PG_VERSION')}`,
    join(to, 'postgres', 'backup_label'),
    join(to, 'postgres', 'standby.signal'),
  ])
  const { port, username } = new URL(embeddedUrl(from, 'postgres'))
  const words = `host=127.0.0.1 port=${port} user=${username} password=${keptSecret(from, 'postgres.password')}`
  appendFileSync(join(to, 'postgres', 'postgresql.auto.conf'), `\nprimary_conninfo = '${words}'\n`)
  return started(to)
}

test('statements, LISTEN and jobs go to the primary of two hosts, and follow when it changes', async () => {
  const primary = await started(a)
  const standby = await standbyOf(a, b)
  const one = new URL(embeddedUrl(a, 'postgres'))
  // The standby first: its place in the list is no reason to speak to it.
  const url = `postgres://${one.username}:${one.password}@127.0.0.1:${standby.port},127.0.0.1:${primary.port}/postgres?target_session_attrs=primary`

  const pool = new Pool(url, 2)
  ends.push(() => pool.end())
  const heard: string[] = []
  const [ups, downs] = [{ n: 0 }, { n: 0 }]
  const deaf = listen(url, 'news', {
    onPayload: (payload) => heard.push(payload),
    onUp: () => ups.n++,
    onDown: () => downs.n++,
  })
  ends.push(deaf)
  const done: unknown[] = []
  const queue = keepQueue(
    url,
    {
      noHandleSignals: true,
      pollInterval: 200,
      taskList: { note: async (payload) => void done.push(payload) },
      logger: new Logger(() => () => {}),
    },
    () => {},
  )
  ends.push(() => queue.stop())

  const say = (word: string) =>
    pool.use(async ({ sql }) => {
      await sql`select pg_notify('news', ${word})`
      await sql`select graphile_worker.add_job('note', to_json(${word}::text))`
      const [where] = await sql`select current_setting('port')::int as port`
      return where?.port as number
    })
  await expect.poll(() => ups.n).toBe(1)
  await expect.poll(() => say('before').catch(() => 0)).toBe(primary.port)
  await expect.poll(() => heard).toContain('before')
  await expect.poll(() => done).toContain('before')

  await primary.stop()
  const promoter = postgres(embeddedUrl(b, 'postgres'), { max: 1, onnotice: () => {} })
  await promoter`select pg_promote()`
  await promoter.end()

  await expect.poll(() => ups.n).toBe(2)
  expect(downs.n).toBe(1)
  await expect.poll(() => say('after').catch(() => 0)).toBe(standby.port)
  await expect.poll(() => heard).toContain('after')
  await expect.poll(() => done).toContain('after')
})

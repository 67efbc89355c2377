import { readFileSync } from 'node:fs'
import postgres from 'postgres'
import { holds, sentence, verifyJournal } from '#app/_journal/verify.ts'
import { addressOf, writeAddress } from '#db/address.ts'
import { appDatabaseUrl, GROUP_ROLE, Misconfigured, WORKER_ROLE } from '#db/config.ts'
import { connectAsOwner, makeDatabase, makeRole, migrate } from '#db/migrate.ts'
import { type Contents, readDump } from './dump.ts'
import { neededTool, runTool } from './tools.ts'

/** One step of a restoration: what it found, in words; whoever gets `ok: false` has no service to start on it. */
export type Step = { name: string; ok: boolean; words: string; seconds: number }

export type Restoration = {
  file: string
  /** The database to make and fill, as its owner. */
  url: string
  secret: string
  /** What was in the source when it was dumped, table by table. */
  rows?: Map<string, number>
  /** The file of signed checkpoints to compare the journal with. */
  checkpoints?: string
  tell: (step: Step) => void
}

/** Makes roles and database, fills it, and proves what is there now; ends at the first step that does not hold. */
export async function restore({ file, url, secret, rows, checkpoints, tell }: Restoration): Promise<boolean> {
  const server = writeAddress({ ...addressOf(url), database: 'postgres' })
  const owner = connectAsOwner(url)
  let contents: Contents = { policies: 0, secured: 0, tables: 0, roles: [] }
  const steps: [string, () => Promise<[boolean, string]>][] = [
    [
      'dump',
      async () => {
        contents = readDump(file)
        return [
          true,
          `${contents.tables} tables with data, ${contents.policies} policies, roles ${contents.roles.join(', ')}`,
        ]
      },
    ],
    ['roles', async () => [true, await withServer(server, (sql) => makeRoles(sql, contents.roles))]],
    [
      'database',
      async () => {
        await makeDatabase(server, addressOf(url).database)
        const [used] =
          await owner`select count(*)::int as n from pg_tables where schemaname in ('public', 'app', 'drizzle')`
        if (used?.n > 0)
          throw new Misconfigured(
            `the database ${addressOf(url).database} is not empty: name another, or drop it first`,
          )
        return [true, `${addressOf(url).database} is there and empty`]
      },
    ],
    [
      'data',
      async () => {
        const [{ version } = { version: 15 }] = await owner<{ version: number }[]>`
          select current_setting('server_version_num')::int / 10000 as version`
        // All of it or nothing: a restoration half done looks like one that is done.
        const args = ['--no-owner', '--exit-on-error', '--single-transaction', file]
        await runTool(neededTool('pg_restore', version), args, url)
        await owner`analyze`
        return [true, 'all of it, in one transaction']
      },
    ],
    ['policies', async () => checkPolicies(owner, contents)],
    ['owner', async () => [true, await giveToOwner(owner)]],
    [
      'schema',
      async () => {
        await migrate(url, secret)
        return checkSchema(owner)
      },
    ],
    ['stranger', async () => checkStranger(owner, appDatabaseUrl(url, secret))],
    ...(rows ? [['rows', async () => checkRows(owner, rows)] as (typeof steps)[number]] : []),
    [
      'journal',
      async () => {
        const verified = await verifyJournal(owner, checkpoints)
        return [holds(verified), sentence(verified) + (checkpoints === undefined ? UNCOMPARED : '')]
      },
    ],
  ]
  try {
    for (const [name, run] of steps) {
      const from = performance.now()
      const [ok, words] = await run().catch((error: Error): [boolean, string] => [false, error.message])
      tell({ name, ok, words, seconds: (performance.now() - from) / 1000 })
      if (!ok) return false
    }
    return true
  } finally {
    await owner.end({ timeout: 5 })
  }
}

async function withServer<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = connectAsOwner(url)
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

// Whoever else the dump names is a former owner: there as a name only, until its policies are given to the new one.
async function makeRoles(sql: postgres.Sql, named: string[]): Promise<string> {
  const known = new Set(
    (await sql<{ name: string }[]>`select rolname as name from pg_roles`).map(({ name }) => name),
  )
  const made = [...new Set([GROUP_ROLE, WORKER_ROLE, ...named])].filter((name) => !known.has(name))
  for (const name of made) await makeRole(sql, name, 'nologin')
  return made.length > 0 ? `made ${made.join(', ')}` : 'all there'
}

/** The policies by which the owner works name the owner of then. */
async function giveToOwner(owner: postgres.Sql): Promise<string> {
  const others = await owner<{ table: string }[]>`
    select polrelid::regclass::text as table from pg_policy
    where polname = 'owner_works' and polroles <> array[current_user::regrole::oid] order by 1`
  for (const { table } of others) await owner.unsafe(`alter policy owner_works on ${table} to current_user`)
  return others.length > 0 ? `${others.length} tables given to their new owner` : 'its own'
}

async function checkPolicies(
  owner: postgres.Sql,
  { policies, secured }: Contents,
): Promise<[boolean, string]> {
  const [found] = await owner<{ policies: number; secured: number; open: number }[]>`
    select (select count(*)::int from pg_policy) as policies,
      (select count(*)::int from pg_class where relrowsecurity) as secured,
      (select count(*)::int from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
        and not (relrowsecurity and relforcerowsecurity)) as open`
  const ok = found?.policies === policies && found.secured === secured && found.open === 0
  return [
    ok,
    `${found?.policies} of ${policies} policies, ${found?.secured} of ${secured} tables secured, ${found?.open} left open`,
  ]
}

/** What db/schema.sql names, and what is not there: of this version, once the migrations since the dump have run. */
async function checkSchema(owner: postgres.Sql): Promise<[boolean, string]> {
  const file = readFileSync(new URL('../../db/schema.sql', import.meta.url), 'utf8')
  const wanted = (pattern: RegExp) => [...file.matchAll(pattern)].map(([, ...names]) => names.join(' on '))
  const found = async (query: string) =>
    new Set((await owner.unsafe<{ name: string }[]>(query)).map(({ name }) => name))
  const kinds: [string, string[], Set<string>][] = [
    [
      'tables',
      wanted(/^create (?:unlogged )?table (\w+)/gm),
      await found(`select tablename as name from pg_tables where schemaname = 'public'`),
    ],
    [
      'policies',
      wanted(/^create policy (\w+) on (\w+)/gm),
      await found(
        `select policyname || ' on ' || tablename as name from pg_policies where schemaname = 'public'`,
      ),
    ],
    [
      'functions',
      wanted(/^create function (app\.\w+)/gm),
      await found(`select 'app.' || proname as name from pg_proc where pronamespace = 'app'::regnamespace`),
    ],
    [
      'triggers',
      wanted(/^create (?:constraint )?trigger (\w+)/gm),
      await found(`select tgname as name from pg_trigger where not tgisinternal`),
    ],
    [
      'indexes',
      wanted(/^create (?:unique )?index (\w+)/gm),
      await found(`select indexname as name from pg_indexes where schemaname = 'public'`),
    ],
  ]
  const missing = kinds.flatMap(([, names, there]) => names.filter((name) => !there.has(name)))
  const counts = kinds.map(([kind, names, there]) => {
    const present = names.filter((name) => there.has(name)).length
    return `${present} of ${names.length} ${kind}`
  })
  return [
    missing.length === 0,
    counts.join(', ') + (missing.length > 0 ? `; missing: ${missing.slice(0, 10).join(', ')}` : ''),
  ]
}

/** The application comes in by its own role, and without anybody signed in sees nothing. */
async function checkStranger(owner: postgres.Sql, appUrl: string): Promise<[boolean, string]> {
  const app = postgres(appUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 })
  try {
    const [seen] = await app<
      { n: number }[]
    >`select (select count(*) from cases)::int + (select count(*) from journal)::int as n`
    const [there] = await owner<
      { n: number }[]
    >`select (select count(*) from cases)::int + (select count(*) from journal)::int as n`
    return [
      seen?.n === 0,
      `the application’s role, nobody signed in, sees ${seen?.n} of ${there?.n} cases and lines of the journal`,
    ]
  } finally {
    await app.end({ timeout: 5 })
  }
}

/** Every row of every table, as the owner sees them. */
export async function countRows(sql: postgres.Sql | postgres.TransactionSql): Promise<Map<string, number>> {
  const tables = await sql<{ name: string }[]>`
    select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables t
    where schemaname in ('public', 'drizzle') order by 1`
  const counts = new Map<string, number>()
  for (const { name } of tables) {
    const [row] = await sql.unsafe<{ n: number }[]>(`select count(*)::int as n from ${name}`)
    counts.set(name, row?.n ?? 0)
  }
  return counts
}

async function checkRows(owner: postgres.Sql, wanted: Map<string, number>): Promise<[boolean, string]> {
  const found = await countRows(owner)
  const other = [...wanted].filter(([table, n]) => !UNLOGGED.has(table) && found.get(table) !== n)
  const total = [...wanted.values()].reduce((sum, n) => sum + n, 0)
  return [
    other.length === 0,
    other.length === 0
      ? `${total} rows of ${wanted.size} tables, as many as there were`
      : `not as many as there were: ${other.map(([table, n]) => `${table} ${found.get(table)} of ${n}`).join(', ')}`,
  ]
}

const UNCOMPARED =
  '; compared with no checkpoints: what the owner of the database made anew would not be seen'

/** Written by whoever looks, and again by the proof itself. */
const UNLOGGED = new Set(['public.write_proof'])

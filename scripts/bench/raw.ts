import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AccountActor } from '#app/_auth/actor.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { appSql, closeClients, hearStatements } from '#db/client.ts'
import { toolsOf } from '../operate/tools.ts'
import type { World } from '../testing/own-service.ts'

type Statement = { text: string; values: unknown[] }

/**
 * The very statements of one report, heard from the driver, run again and again by pgbench without any of our code. What
 * must differ between two reports (submission, number, id) is made by the script. Null where pgbench is not installed.
 */
export async function rawReports(world: World, connections: number, seconds: number) {
  const pgbench = toolsOf('pgbench').at(-1)?.path
  if (!pgbench) return null
  const [sender] = await world.owner<
    { id: number; organisationId: number; territory: string; number: string }[]
  >`
    select a.id::int as id, o.id::int as "organisationId", o.territory_code as territory, s.numbers[1] as number
    from account a join organisation o on o.id = a.organisation_id join site s on s.organisation_id = o.id
    where a.email like 'automate-%' and cardinality(s.numbers) > 0 order by a.id limit 1`
  if (!sender) throw new Error('nobody to report')
  const submissionId = crypto.randomUUID()
  const { statements, caseId, reference } = await record(sender, submissionId)
  const folder = mkdtempSync(join(tmpdir(), 'permanence-bench-'))
  const file = join(folder, 'report.sql')
  writeFileSync(file, script(statements, { submissionId, caseId, reference }))
  const app = new URL(process.env.PERMANENCE_APP_URL as string)
  const ran = spawnSync(
    pgbench,
    [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(connections),
      '-j',
      '2',
      '-T',
      String(seconds),
      '-r',
      '-f',
      file,
      app.pathname.slice(1),
    ],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        PGHOST: app.hostname,
        PGPORT: app.port,
        PGUSER: decodeURIComponent(app.username),
        PGPASSWORD: decodeURIComponent(app.password),
      },
    },
  )
  rmSync(folder, { recursive: true, force: true })
  const perSecond = Number(/^tps = ([\d.]+)/m.exec(ran.stdout)?.[1])
  const failed = Number(/failed transactions: (\d+)/.exec(ran.stdout)?.[1] ?? 0)
  if (!perSecond || ran.status !== 0) throw new Error(`pgbench: ${ran.stderr.slice(0, 2_000)}`)
  return {
    connections,
    perSecond: Math.round(perSecond),
    failed,
    statements: statements.length,
    parts: await partsOf(world, ran.stdout),
  }
}

type Part = { what: string; times: number; ms: number; indexes?: number }

/** Where the time of one report goes in PostgreSQL, by what its statements do (pgbench -r); an insert enters that many indexes. */
async function partsOf({ owner }: World, told: string): Promise<Part[]> {
  const indexes = new Map(
    (
      await owner<{ name: string; n: number }[]>`select relname as name, count(*)::int as n from pg_index
        join pg_class on pg_class.oid = indrelid group by 1`
    ).map(({ name, n }) => [name, n]),
  )
  const parts = new Map<string, Part>()
  for (const [, ms, statement = ''] of told.matchAll(/^ +([\d.]+) +\d+ +(?!\\)(\S.*)$/gm)) {
    const [, table] = /^insert into "?(\w+)/i.exec(statement) ?? []
    const what = table ? `insert into ${table}` : statement.slice(0, 80)
    const part = parts.get(what) ?? { what, times: 0, ms: 0 }
    parts.set(what, {
      ...part,
      times: part.times + 1,
      ms: Math.round((part.ms + Number(ms)) * 1000) / 1000,
      ...(table && { indexes: indexes.get(table) ?? 0 }),
    })
  }
  return [...parts.values()].sort((a, b) => b.ms - a.ms)
}

/** One report through the command, with every statement the driver sent. */
async function record(
  sender: { id: number; organisationId: number; territory: string; number: string },
  submissionId: string,
) {
  const statements: Statement[] = []
  await hearStatements((text, values) => statements.push({ text, values }))
  await appSql()`select 1`
  statements.length = 0
  const actor: AccountActor = {
    kind: 'account',
    accountId: sender.id,
    role: 'reporter',
    name: 'Automate',
    email: 'bench@permanence.example',
    organisationId: sender.organisationId,
    territories: [],
    exerciseId: null,
    locale: 'fr',
  }
  const input = reportInput.parse({
    submissionId,
    channel: 'api',
    numbers: [sender.number],
    symptom: 'INTERMITTENT',
    details: 'Les appels n’aboutissent plus depuis quelques minutes.',
    sinceAt: new Date(Date.now() - 10 * 60_000),
    territoryCode: sender.territory,
    callbackPhone: '+33199001234',
    tests: [{ passed: 3, tried: 5, technology: 'volte' }],
  })
  const made = await reportCase(actor, input, new Date())
  await closeClients()
  if (!made.ok) throw new Error(made.reason.key)
  return { statements, caseId: made.value.id, reference: made.value.reference }
}

/** The recorded statements as a pgbench script, values written in their place. */
function script(
  statements: Statement[],
  once: { submissionId: string; caseId: number; reference: string },
): string {
  const own = new Map<unknown, string>([
    [once.submissionId, `md5(:one::text || '-' || :two::text)::uuid`],
    [once.reference, `('B-' || :one::text || '-' || :two::text)`],
    [`case:${once.caseId}`, `('case:' || :id::text)`],
    [once.caseId, ':id::bigint'],
    [String(once.caseId), ':id::bigint'],
  ])
  const lines = ['\\set one random(1, 2000000000)', '\\set two random(1, 2000000000)']
  for (const { text, values } of statements) {
    const filled = text.replace(/\$(\d+)/g, (_, rank) => {
      const value = values[Number(rank) - 1]
      return own.get(value) ?? literal(value)
    })
    const line = filled.replace(/\s+/g, ' ')
    lines.push(/^insert into "cases"/i.test(line) ? `${line} \\gset` : `${line};`)
  }
  return `${lines.join('\n')}\n`
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString('hex')}'::bytea`
  if (value instanceof Date) return literal(value.toISOString())
  if (Array.isArray(value)) return literal(`{${value.map((one) => JSON.stringify(one)).join(',')}}`)
  if (typeof value === 'object') return literal(JSON.stringify(value))
  const text = String(value).replaceAll("'", "''")
  // pgbench takes what follows a colon for a variable.
  return text.includes(':') ? `U&'${text.replaceAll('\\', '\\\\').replaceAll(':', '\\003A')}'` : `'${text}'`
}

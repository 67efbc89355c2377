import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { AccountActor } from '#app/_auth/actor.ts'
import { sealSession } from '#app/_auth/cookie.ts'
import { ACCOUNT_SCOPES } from '#app/_auth/rules/scopes.ts'
import { DEMO_ACCOUNTS } from '#app/_demo/accounts.ts'
import { makeToken } from '#app/admin/commands/tokens.ts'
import { signIn } from '#app/sign-in/commands/sign-in.ts'
import { databaseEnvironment, readConfig } from '#db/config.ts'
import { freePort } from '#db/embedded.ts'
import { copyDataFolder } from './data-folder.ts'

/** Organisations that report at once during the measures. */
const SENDERS = 60

export type Sender = { token: string; territory: string; numbers: string[]; organisation: string }
export type World = Awaited<ReturnType<typeof openOwnService>>

/** A service of its own on a throw-away database, started and stopped as a person would with npm start: for measures and crashes. */
export async function openOwnService(say: (line: string) => void, more: Record<string, string> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'permanence-world-'))
  const { E2E_DEMONSTRATION: made } = process.env
  if (made) copyDataFolder(made, dataDir)
  const port = await freePort()
  const env = {
    ...process.env,
    PERMANENCE_DATA_DIR: dataDir,
    PORT: String(port),
    DATABASE_URL: '',
    PERMANENCE_BUDGET_FACTOR: '1000',
    ...more,
  }
  const service = { child: null as ChildProcess | null }

  const start = async () => {
    const startedAt = performance.now()
    const child = spawn(process.execPath, ['scripts/start.mjs'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    service.child = child
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk) => String(chunk).includes('is ready on') && resolve())
      child.on('exit', (code) => reject(new Error(`npm start ended with ${code}`)))
    })
    return (performance.now() - startedAt) / 1000
  }
  const stop = async () => {
    const { child } = service
    if (!child || child.exitCode !== null) return
    child.kill('SIGINT')
    await new Promise((resolve) => child.once('exit', resolve))
  }

  say('Starting a service of its own')
  await start()
  const config = readConfig(env)
  Object.assign(process.env, databaseEnvironment(config), { NEXTAUTH_SECRET: config.secret })
  const owner = postgres(process.env.PERMANENCE_OWNER_URL as string, { max: 4, onnotice: () => {} })

  const allSenders = once(() => makeSenders(owner))
  return {
    base: `http://localhost:${port}`,
    port,
    dataDir,
    env,
    owner,
    ownerUrl: process.env.PERMANENCE_OWNER_URL as string,
    start,
    stop,
    pid: () => service.child?.pid as number,
    seed: (cases: number, open: number) => seed(env, cases, open),
    agentCookie: () => sessionOf('agent', config.secret),
    agentToken: () => agentToken(owner),
    senders: allSenders,
    /** Four who answer the 15, each of another territory, none of this one. */
    far: async (from: string) => {
      const found = (await allSenders()).filter((one) => one.territory !== from && one.numbers[0] === '15')
      const [a, b, c, d] = new Map(found.map((one) => [one.territory, one])).values()
      if (!a || !b || !c || !d) throw new Error('not four territories whose centre answers the 15')
      return [a, b, c, d] as const
    },
    close: async () => {
      await owner.end({ timeout: 5 })
      await stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => {
    made ??= make()
    return made
  }
}

async function seed(env: NodeJS.ProcessEnv, cases: number, open: number): Promise<void> {
  const args = ['scripts/run.mjs', 'app/_demo/run.ts', '--cases', String(cases), '--open', String(open)]
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const code = await new Promise((resolve) => child.on('exit', resolve))
  if (code !== 0) throw new Error(`The seed ended with ${code}`)
}

async function sessionOf(role: string, secret: string): Promise<string> {
  const account = DEMO_ACCOUNTS.find((one) => one.role === role)
  if (!account) throw new Error(`no demonstration account of role ${role}`)
  const { email, passphrase } = account
  const signed = await signIn(
    { email, passphrase, browser: randomUUID(), address: null, userAgent: 'measure', secret },
    new Date(),
  )
  if (!signed.ok) throw new Error(signed.reason.key)
  if (signed.value.step !== 'in') throw new Error('a second proof is asked')
  return `next-auth.session-token=${await sealSession(signed.value.sessionId)}`
}

async function agentToken(owner: postgres.Sql): Promise<string> {
  const [agent] =
    await owner`select id::int as id from account where role = 'agent' and active order by id limit 1`
  return tokenFor(agent?.id, owner)
}

/** One automaton an organisation: reports come from many places, as they would. */
export async function makeSenders(owner: postgres.Sql): Promise<Sender[]> {
  const found = await owner<{ id: number; territory: string; numbers: string[]; organisation: string }[]>`
    with chosen as (
      select o.id, o.name, o.territory_code, min(s.id) as site_id from organisation o
      join site s on s.organisation_id = o.id and cardinality(s.numbers) > 0 and s.active
      where o.active and o.kind in ('samu', 'sdis', 'police') group by o.id order by o.id limit ${SENDERS}),
    made as (
      insert into account (email, name, role, organisation_id)
      select 'automate-' || id || '@permanence.example', 'Automate ' || id, 'reporter', id from chosen
      returning id, organisation_id)
    select made.id::int as id, chosen.territory_code as territory, s.numbers, chosen.name as organisation
    from made join chosen on chosen.id = made.organisation_id join site s on s.id = chosen.site_id`
  const made: Sender[] = []
  for (const { id, territory, numbers, organisation } of found) {
    const token = await tokenFor(id, owner)
    made.push({ token, territory, numbers: numbers.slice(0, 1), organisation })
  }
  return made
}

async function tokenFor(accountId: number, owner: postgres.Sql): Promise<string> {
  const [admin] = await owner<{ id: number; name: string; email: string }[]>`
    select id::int as id, name, email from account where role = 'admin' and active limit 1`
  if (!admin) throw new Error('no administrator')
  const { id, name, email } = admin
  const nowhere = { organisationId: null, territories: [], exerciseId: null }
  const actor: AccountActor = {
    kind: 'account',
    accountId: id,
    role: 'admin',
    name,
    email,
    locale: 'fr',
    ...nowhere,
  }
  const made = await makeToken(
    actor,
    // A journey may move its clock by more than a day.
    { accountId, name: 'automate', scopes: [...ACCOUNT_SCOPES], days: 7 },
    new Date(),
  )
  if (!made.ok) throw new Error(made.reason.key)
  return made.value.token
}

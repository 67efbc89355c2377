import { nameOf } from '#app/_auth/site.ts'
import { closeDemonstration } from '#app/_demo/close.ts'
import { seedDemo } from '#app/_demo/demo.ts'
import { messagesOf } from '#app/_i18n/messages.ts'
import { MENDED_AT, notSetUp, type SetupFacts, type SetupKey } from '#app/operations/rules/setup.ts'
import { closeClients } from '#db/client.ts'
import {
  type Config,
  databaseEnvironment,
  EMBEDDED_DATABASE,
  embeddedUrl,
  listenUrl,
  Misconfigured,
  ownerDatabaseUrl,
  readConfig,
} from '#db/config.ts'
import { connectAsOwner, dropDatabase, makeDatabase, migrate, proveWays } from '#db/migrate.ts'

// What npm start does before web and worker: the database brought to the present, and an empty embedded one filled.
try {
  await main()
} catch (error) {
  console.error(error instanceof Misconfigured ? error.message : error)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const config = readConfig()
  refuseNameless()
  const say = (line: string) => console.log(line)
  if (config.database.kind === 'external') {
    await migrate(config.database.ownerUrl, config.secret, say)
    await withoutDemonstration(config.database.ownerUrl, say)
    await sayFirstSteps(config.database.ownerUrl, say)
    await holdHours(config.database.ownerUrl)
    const { PERMANENCE_APP_URL, PERMANENCE_WORKER_URL } = databaseEnvironment(config)
    return proveWays(PERMANENCE_APP_URL, listenUrl(config), PERMANENCE_WORKER_URL)
  }
  const serverUrl = embeddedUrl(config.dataDir, 'postgres')
  await makeDatabase(serverUrl, EMBEDDED_DATABASE)
  await migrate(ownerDatabaseUrl(config), config.secret, say)
  await seedDemonstration(config, serverUrl, say)
  await holdHours(ownerDatabaseUrl(config))
}

/** Without it people would learn at sign-in that no passkey works. */
function refuseNameless(): void {
  const { PASSKEY_ADDRESS: bound, NEXTAUTH_URL: own = 'http://localhost' } = process.env
  if (bound && nameOf(bound, URL.parse(own)?.hostname ?? '') === null)
    throw new Misconfigured(
      `PASSKEY_ADDRESS is no name that a browser binds passkeys to: ${bound}. Write the domain above both addresses, or the address of the first site.`,
    )
}

/** From here on the journal takes no hour but the database's (app.journal_chain); where a journey shifts the clock, it does. */
async function holdHours(ownerUrl: string): Promise<void> {
  if (process.env.PERMANENCE_CLOCK_FILE) return
  const sql = connectAsOwner(ownerUrl)
  try {
    await sql`insert into setting (key, value) values ('journal_hours', '"held"') on conflict (key) do nothing`
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/**
 * A database that was a demonstration, or was filled as one: its passphrases are printed in the source, so they open nothing
 * where DATABASE_URL is set.
 */
async function withoutDemonstration(ownerUrl: string, say: (line: string) => void): Promise<void> {
  const sql = connectAsOwner(ownerUrl)
  try {
    const closed = await closeDemonstration(sql, new Date())
    if (closed > 0) say(`${closed} accounts of the demonstration were closed: their passphrases are public.`)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** What is still to be set before a real report comes, each with its page; /operations says the same. */
async function sayFirstSteps(ownerUrl: string, say: (line: string) => void): Promise<void> {
  const sql = connectAsOwner(ownerUrl)
  try {
    const [row] = await sql<{ facts: SetupFacts }[]>`select app.setup(${new Date()}) as facts`
    const { finding } = messagesOf('en').operations as { finding: Record<SetupKey, { title: string }> }
    for (const key of row ? notSetUp(row.facts) : []) say(`To do: ${finding[key].title} ${MENDED_AT[key]}`)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

// An empty embedded database gets the demonstration. One whose loading was cut short was never shown to anyone: it
// is made again from nothing.
async function seedDemonstration(
  config: Config,
  serverUrl: string,
  say: (line: string) => void,
): Promise<void> {
  const ownerUrl = ownerDatabaseUrl(config)
  const state = await demonstrationState(ownerUrl)
  if (state === 'loaded' || state === 'in use') return
  if (state === 'loading') {
    await dropDatabase(serverUrl, EMBEDDED_DATABASE)
    await makeDatabase(serverUrl, EMBEDDED_DATABASE)
    await migrate(ownerUrl, config.secret)
  }
  say('Loading the demonstration')
  await markDemonstration(ownerUrl, 'loading')
  Object.assign(process.env, databaseEnvironment(config))
  await seedDemo(new Date())
  await closeClients()
  await markDemonstration(ownerUrl, 'loaded')
}

async function demonstrationState(ownerUrl: string): Promise<'empty' | 'loading' | 'loaded' | 'in use'> {
  const sql = connectAsOwner(ownerUrl)
  try {
    const [row] = await sql`select exists (select from account) as used,
      (select value #>> '{}' from setting where key = 'demonstration') as mark`
    return row?.mark ?? (row?.used ? 'in use' : 'empty')
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function markDemonstration(ownerUrl: string, mark: 'loading' | 'loaded'): Promise<void> {
  const sql = connectAsOwner(ownerUrl)
  try {
    await sql`insert into setting (key, value) values ('demonstration', ${sql.json(mark)})
      on conflict (key) do update set value = excluded.value`
    if (mark === 'loaded') await sql`analyze`
  } finally {
    await sql.end({ timeout: 5 })
  }
}

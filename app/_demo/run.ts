import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { closeClients } from '#db/client.ts'
import { Misconfigured } from '#db/config.ts'
import { seedHistory } from './bulk.ts'
import { seedWorld } from './demo.ts'

// npm run seed -- --cases 100000 [--open 10000]: plausible history, for measuring.
const USAGE = 'Usage: npm run seed -- --cases NUMBER [--open NUMBER] [--into-a-database-in-use]'

try {
  await main()
} catch (error) {
  console.error(error instanceof Misconfigured ? error.message : error)
  process.exitCode = 1
} finally {
  await closeClients()
}

async function main(): Promise<void> {
  const { total, open, force } = asked()
  const sql = postgres(process.env.PERMANENCE_OWNER_URL as string, { max: 2, onnotice: () => {} })
  try {
    const [found] =
      await sql`select exists (select from organisation) as directory, exists (select from cases) as cases`
    // A history cannot be taken out again: the journal is append-only.
    if (process.env.DATABASE_URL && found?.cases && !force)
      throw new Misconfigured(
        'This database holds cases already, and invented ones could never be removed. Add --into-a-database-in-use to go on.',
      )
    // A history has hours of its own, until the next start.
    await sql`delete from setting where key = 'journal_hours'`
    const now = new Date()
    if (!found?.directory) await seedWorld(sql, now, false)
    const start = performance.now()
    await seedHistory(sql, total, open, now, (done) => {
      if (done % 10_000 === 0 || done === total)
        console.log(`${done} cases, ${Math.round((performance.now() - start) / 1000)} s`)
    })
  } finally {
    await sql.end({ timeout: 5 })
  }
}

function asked(): { total: number; open: number; force: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        cases: { type: 'string' },
        open: { type: 'string' },
        'into-a-database-in-use': { type: 'boolean' },
      },
    })
    const total = Number(values.cases)
    const open = Number(values.open ?? Math.round(total / 10))
    if (!Number.isSafeInteger(total) || total < 1 || !Number.isSafeInteger(open) || open < 0 || open > total)
      throw new Misconfigured(USAGE)
    return { total, open, force: values['into-a-database-in-use'] ?? false }
  } catch {
    throw new Misconfigured(USAGE)
  }
}

import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { addressOf, writeAddress } from '#db/address.ts'
import { loginRole, workerLogin } from '#db/config.ts'
import { primaryUrl } from '#db/connection.ts'
import { connectAsOwner, dropDatabase } from '#db/migrate.ts'
import { writeDump } from './dump.ts'
import { countRows, type Restoration, restore, type Step } from './restored.ts'

type Rehearsal = Omit<Restoration, 'rows'>

/** Dumps `url` into `file`, restores that into a database beside it, proves it row by row, and leaves nothing behind but the file. */
export async function rehearse({
  url: asked,
  tell,
  ...how
}: Rehearsal): Promise<{ ok: boolean; steps: Step[] }> {
  const url = await primaryUrl(asked)
  const steps: Step[] = []
  const say = (step: Step) => {
    steps.push(step)
    tell(step)
  }
  const address = addressOf(url)
  const copy = writeAddress({
    ...address,
    database: `${address.database}_rehearsal_${randomBytes(3).toString('hex')}`,
  })
  try {
    const rows = await dumped(url, how.file, say)
    return { ok: await restore({ ...how, url: copy, rows, tell: say }), steps }
  } finally {
    const server = writeAddress({ ...address, database: 'postgres' })
    await dropDatabase(server, addressOf(copy).database)
    const sql = connectAsOwner(server)
    for (const role of [loginRole(copy), workerLogin(copy)]) await sql`drop role if exists ${sql(role)}`
    await sql.end({ timeout: 5 })
  }
}

/** The rows are counted in the very picture that is dumped, while the service goes on writing. */
async function dumped(url: string, file: string, tell: (step: Step) => void): Promise<Map<string, number>> {
  const owner = connectAsOwner(url)
  const from = performance.now()
  try {
    const rows = await owner.begin('isolation level repeatable read read only', async (sql) => {
      const [picture] = await sql<{ name: string }[]>`select pg_export_snapshot() as name`
      const other = connectAsOwner(url)
      try {
        await writeDump(other, url, file, picture?.name)
      } finally {
        await other.end({ timeout: 5 })
      }
      return countRows(sql)
    })
    const words = `${(statSync(file).size / 1e6).toFixed(1)} MB, while the service runs`
    tell({ name: 'backup', ok: true, words, seconds: (performance.now() - from) / 1000 })
    return rows as Map<string, number>
  } finally {
    await owner.end({ timeout: 5 })
  }
}

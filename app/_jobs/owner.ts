import type postgres from 'postgres'
import { openConnection } from '#db/connection.ts'

/** Some of the machine's work is the schema owner's: on a connection of its own, cut when its time is over. */
export async function asOwner<T>(signal: AbortSignal, work: (owner: postgres.Sql) => Promise<T>): Promise<T> {
  const url = process.env.PERMANENCE_OWNER_URL
  if (!url) throw new Error('PERMANENCE_OWNER_URL is not set: start with npm start or npm run worker')
  const owner = await openConnection(url, { name: 'permanence worker', patient: true })
  signal.addEventListener('abort', owner.cut)
  try {
    return await work(owner.sql)
  } finally {
    signal.removeEventListener('abort', owner.cut)
    await owner.end()
  }
}

import type postgres from 'postgres'
import { openConnection } from '#db/connection.ts'

/** Some of the machine's work is not the application's: as the worker's own role, on a connection cut when its time is over. */
export async function asWorker<T>(
  signal: AbortSignal,
  work: (worker: postgres.Sql) => Promise<T>,
): Promise<T> {
  const url = process.env.PERMANENCE_WORKER_URL
  if (!url) throw new Error('PERMANENCE_WORKER_URL is not set: start with npm start or npm run worker')
  const worker = await openConnection(url, {
    name: 'permanence worker',
    patient: true,
    // Its role has a job's limits; the walk through the whole journal ends with its clock.
    session: { statement_timeout: '0', idle_in_transaction_session_timeout: '0' },
  })
  signal.addEventListener('abort', worker.cut)
  try {
    return await work(worker.sql)
  } finally {
    signal.removeEventListener('abort', worker.cut)
    await worker.end()
  }
}

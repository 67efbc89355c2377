import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { within } from '#app/_doors/within.ts'
import { codeOf } from '#app/_log/cause.ts'
import { log } from '#app/_log/log.ts'
import { appDb } from '#db/client.ts'
import { type SchemaState, type Standing, standing } from '#db/standing.ts'
import type { WriteState } from './rules/findings.ts'

/** One write serves all who ask in this while; what fails is tried again sooner. */
export const FRESH_MS = 3_000
const FRESH_FAILURE_MS = 1_000
const PATIENCE_MS = 3_000
/** Below one segment of its log the embedded server dies in the middle of a write, and cannot say why. */
const SEGMENT_BYTES = 16 * 1024 * 1024

let last: { until: number; state: Promise<WriteState> } | null = null

/** Whether what is written now lasts: a row really committed, a few times a minute at most, whoever asks. */
export function proveWrite(): Promise<WriteState> {
  const now = performance.now()
  if (last && now < last.until) return last.state
  const proof = { until: now + FRESH_MS, state: write() }
  last = proof
  void proof.state.then((state) => {
    if (state !== 'ok') proof.until = Math.min(proof.until, performance.now() + FRESH_FAILURE_MS)
  })
  return proof.state
}

async function write(): Promise<WriteState> {
  try {
    const [row] = await within(
      PATIENCE_MS,
      appDb().execute<{ state: SchemaState }>(sql`select app.prove_write(), app.schema_state() as state`),
    )
    return row ? STANDING[standing(row.state)] : 'refused'
  } catch (error) {
    const state = await stateOf(error)
    log.error({ state, error }, 'no durable write')
    return state
  }
}

const STANDING: Record<Standing, WriteState> = {
  same: 'ok',
  served: 'ok',
  older: 'schema_older',
  newer: 'schema_newer',
}

async function stateOf(error: unknown): Promise<WriteState> {
  const code = codeOf(error) ?? ''
  if (code === '53100' || (await isDiskFull())) return 'disk_full'
  if (code === '25006') return 'read_only'
  // A function that this version asks for is not there.
  if (code === '42883') return 'schema_older'
  // Refused by a database that answers; whatever else happened, nobody answered.
  return /^(?!08|57|53300)\d[0-9A-Z]{4}$/.test(code) ? 'refused' : 'unreachable'
}

/** Of the embedded server, whose folder is here. */
async function isDiskFull(): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(join(process.env.PERMANENCE_DATA_DIR || '.data', 'postgres'))
    return bavail * bsize < SEGMENT_BYTES
  } catch {
    return false
  }
}

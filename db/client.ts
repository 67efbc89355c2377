import type { SQLWrapper } from 'drizzle-orm'
import type postgres from 'postgres'
import { CutConnection, gaveWay } from './away.ts'
import type { Connection, ConnectionOptions } from './connection.ts'
import { Pool } from './pool.ts'

type Db = Connection['db']
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]
type Row = Record<string, unknown>
const held = globalThis as unknown as { permanencePool?: { url: string; pool: Pool } }

/** Connections to the database as role permanence_app, owner of nothing: statements alone and whole transactions. */
export type Client = ReturnType<typeof clientOf>

/** Those of this process, shared by all who ask. */
export function appDb(): Client {
  return app
}

/** How the connections of this process stand; undefined before the first is asked for. */
export function poolFigures() {
  return held.permanencePool?.pool.figures
}

/** One statement written by hand, on them. */
export function appSql(): Client['sql'] {
  return app.sql
}

/** Connections that nobody else uses; whoever makes them ends them. They are given back when idle for so long. */
export function makeClient(max: number, { idleS = 0 } = {}): Client {
  const own = new Pool(required('PERMANENCE_APP_URL'), max, { idleMs: idleS * 1000 })
  return clientOf(() => own)
}

function clientOf(pool: () => Pool) {
  return {
    execute: <T extends Row>(statement: SQLWrapper) => pool().use(({ db }) => db.execute<T>(statement)),
    /** `first` is sent with its beginning. */
    transaction: <T>(first: SQLWrapper, work: (tx: Tx) => Promise<T>) => transaction(pool(), first, work),
    sql: <T extends readonly Row[]>(
      strings: TemplateStringsArray,
      ...values: postgres.ParameterOrFragment<never>[]
    ): Promise<T> => pool().use(async ({ sql }) => (await sql(strings, ...values)) as unknown as T),
    /** Ends all of it now, whatever it does. */
    cut: () => pool().cut(),
    end: () => pool().end(),
  }
}

/** From here on every statement of this process is heard: for measures. */
export async function hearStatements(debug: NonNullable<ConnectionOptions['debug']>): Promise<void> {
  await closeClients()
  const url = required('PERMANENCE_APP_URL')
  held.permanencePool = { url, pool: new Pool(url, 1, { debug }) }
}

/** Ends every connection of this process: for tests and orderly stops. */
export async function closeClients(): Promise<void> {
  const { permanencePool: known } = held
  held.permanencePool = undefined
  await known?.pool.end()
}

/** How many connections this process works with at most. */
export function poolSize(): number {
  return Number(process.env.PERMANENCE_POOL ?? 6)
}

/**
 * A connection may have been cut while it was idle: as long as nothing was done with it, another is taken. Of two that waited for
 * each other one was undone whole: it is done again, once.
 */
async function transaction<T>(
  pool: Pool,
  first: SQLWrapper,
  work: (tx: Tx) => Promise<T>,
  again = true,
): Promise<T> {
  let begun = false
  try {
    return await pool.use(({ db }) =>
      db.transaction(async (tx) => {
        await tx.execute(first)
        begun = true
        return work(tx)
      }),
    )
  } catch (error) {
    const nothingDone = begun ? gaveWay(error) : error instanceof CutConnection
    if (!again || !nothingDone) throw error
    return transaction(pool, first, work, false)
  }
}

// Kept on globalThis: the web server loads this module once per bundle, and the pool must stay one.
const app = clientOf(pool)

function pool(): Pool {
  const url = required('PERMANENCE_APP_URL')
  if (held.permanencePool?.url !== url) {
    void held.permanencePool?.pool.end()
    held.permanencePool = { url, pool: new Pool(url, poolSize()) }
  }
  return held.permanencePool.pool
}

function required(name: string): string {
  const value = process.env[name]
  if (!value)
    throw new Error(`${name} is not set: start with npm start, or see the settings table of the README`)
  return value
}

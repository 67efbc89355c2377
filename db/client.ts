import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'

type Held = { sql: postgres.Sql; db: ReturnType<typeof makeDb> }
const held = globalThis as unknown as { permanence?: Map<string, Held> }

/** The application's own connections: role permanence_app, owner of nothing. One pool a process. */
export function appDb() {
  return open(required('PERMANENCE_APP_URL'), Number(process.env.PERMANENCE_POOL ?? 6)).db
}

export function appSql(): postgres.Sql {
  return open(required('PERMANENCE_APP_URL'), Number(process.env.PERMANENCE_POOL ?? 6)).sql
}

/** From here on this process speaks to the database through this client: for measures that listen to it. */
export function replaceClient(sql: postgres.Sql): void {
  held.permanence = new Map([[required('PERMANENCE_APP_URL'), { sql, db: makeDb(sql) }]])
}

/** Ends every pool of this process: for tests and orderly stops. */
export async function closeClients(): Promise<void> {
  const all = [...(held.permanence?.values() ?? [])]
  held.permanence?.clear()
  await Promise.all(all.map(({ sql }) => sql.end({ timeout: 5 })))
}

// Kept on globalThis: the web server loads this module once per bundle, and the pool must stay one.
function open(url: string, max: number): Held {
  held.permanence ??= new Map()
  const known = held.permanence.get(url)
  if (known) return known
  const sql = postgres(url, { max, onnotice: () => {}, connection: { application_name: 'permanence' } })
  const made = { sql, db: makeDb(sql) }
  held.permanence.set(url, made)
  return made
}

function makeDb(sql: postgres.Sql) {
  return drizzle(prepared(sql), { casing: 'snake_case' })
}

/**
 * drizzle sends every statement unprepared: parsed and planned again each time, row-level security included, half the cost of
 * a report. Prepared by their text, each connection plans a statement once.
 */
function prepared<T extends object>(client: T): T {
  return new Proxy(client, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (name === 'unsafe') {
        return (text: string, values?: never[]) =>
          (target as unknown as postgres.Sql).unsafe(text, values, { prepare: true })
      }
      if (name === 'begin' || name === 'savepoint') {
        return (work: (inner: object) => unknown) =>
          (value as (run: (inner: object) => unknown) => unknown).call(target, (inner) =>
            work(prepared(inner)),
          )
      }
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function required(name: string): string {
  const value = process.env[name]
  if (!value)
    throw new Error(`${name} is not set: start with npm start, or see the settings table of the README`)
  return value
}

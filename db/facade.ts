import { drizzle } from 'drizzle-orm/postgres-js'
import type postgres from 'postgres'
import { CutConnection } from './away.ts'

type Watch = <T>(ask: () => PromiseLike<T>) => Promise<T>
/** A driver on its socket, and what is known of it. */
type Wire = {
  sql: postgres.Sql
  watched: Watch
  onLost: (tell: () => void) => () => void
  prepares: () => boolean
}

/**
 * What drizzle and the few statements written by hand see of the driver. Statements are prepared by their text where they
 * can be, so that each connection plans them once; a transaction that is over takes no more of them.
 */
export function facade(wire: Wire, isOver: () => boolean = () => false) {
  const { sql, watched, prepares } = wire
  const open = <T>(ask: () => PromiseLike<T>) =>
    isOver() ? Promise.reject<T>(new Error('a statement after the end of its transaction')) : watched(ask)
  let savepoints = 0
  return Object.assign(
    (strings: TemplateStringsArray, ...values: never[]) => open(() => sql(strings, ...values)),
    {
      options: sql.options,
      json: sql.json,
      unsafe(text: string, values?: never[]) {
        const ask = () => sql.unsafe(text, values, { prepare: prepares(), ...KEPT })
        return Object.assign(
          lazily(() => open(ask)),
          { values: () => open(() => ask().values()) },
        )
      },
      begin: <T>(...asked: [Work<T>] | [mode: string, Work<T>]) => {
        const [mode, work] = asked.length === 1 ? ['', asked[0]] : asked
        return scope(wire, { ...BEGIN, begin: `begin ${mode}` }, work)
      },
      savepoint: <T>(work: Work<T>) => scope(wire, savepoint(++savepoints), work),
    },
  )
}

/** The driver sends what bears no values in a way of which no plan is kept; its types leave the option out. */
const KEPT = { simple: false } as object

type Work<T> = (inner: object) => Promise<T>
type Words = { begin: string; commit: string; rollback: string }
const BEGIN: Words = { begin: 'begin', commit: 'commit', rollback: 'rollback' }
function savepoint(rank: number): Words {
  return { begin: `savepoint s${rank}`, commit: `release s${rank}`, rollback: `rollback to s${rank}` }
}

async function scope<T>(wire: Wire, words: Words, work: Work<T>): Promise<T> {
  const run = (text: string) => wire.watched(() => wire.sql.unsafe(text))
  // Not waited for: what follows goes down the line behind it. Were it refused, nobody would be who he says and see anything.
  const begun = run(words.begin)
  begun.catch(() => {})
  let over = false
  let forget = () => {}
  // Whatever the work waits for, it ends with its connection.
  const lost = new Promise<never>((_, reject) => {
    forget = wire.onLost(() => reject(new CutConnection()))
  })
  try {
    const result = await Promise.race([work(facade(wire, () => over)), lost])
    await begun
    over = true
    // A transaction in which a statement failed is not kept, even when nobody minded: PostgreSQL says so without an error.
    if ((await run(words.commit)).command === 'ROLLBACK')
      throw new Error('a statement of the transaction failed: nothing of it was kept')
    return result
  } catch (error) {
    if (!over) {
      over = true
      await run(words.rollback).catch(() => {})
    }
    throw error
  } finally {
    forget()
  }
}

/** Asked when somebody waits for it, as the driver's own statements are. */
function lazily<T>(ask: () => Promise<T>): PromiseLike<T> {
  // biome-ignore lint/suspicious/noThenProperty: drizzle awaits what the driver gives, or asks it for `values()` instead
  return { then: (done, failed) => ask().then(done, failed) }
}

/** Drizzle on it. */
export function makeDb(client: ReturnType<typeof facade>) {
  return drizzle(client as unknown as postgres.Sql, { casing: 'snake_case' })
}

import type { Connection } from './connection.ts'

/** A connection that died without a word (a pulled cable), or whose server is primary no longer, is noticed within these two. */
const EVERY_MS = 10_000
const ANSWER_MS = 5_000

/** For one that waits for others to speak: asked now and then whether it is still the primary's, and cut when it is not. */
export function watchPrimary(connection: Connection): void {
  let timer = setTimeout(ask, EVERY_MS)
  connection.onLost(() => clearTimeout(timer))

  async function ask(): Promise<void> {
    const silent = setTimeout(connection.cut, ANSWER_MS)
    const standby = await connection.sql`select pg_is_in_recovery() as standby`.then(
      ([row]) => row?.standby,
      () => true,
    )
    clearTimeout(silent)
    if (standby) connection.cut()
    else if (!connection.isLost()) timer = setTimeout(ask, EVERY_MS)
  }
}

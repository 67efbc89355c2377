import { sql } from 'drizzle-orm'
import { type Connection, openConnection } from '#db/connection.ts'
import { watchPrimary } from '#db/watch.ts'

export type Ear = {
  onPayload: (payload: string) => void
  /** Listening now; what was announced before was not heard. */
  onUp: () => void
  onDown: () => void
}

const FIRST_RETRY_MS = 100
const LAST_RETRY_MS = 1_000

/**
 * One dedicated connection that listens for ever: LISTEN belongs to its connection, so it is neither pooled nor
 * behind a transaction pooler (setting PERMANENCE_LISTEN_URL when the application's own goes through one).
 */
export function listen(url: string, channel: string, ear: Ear): () => Promise<void> {
  let stopped = false
  let retry = FIRST_RETRY_MS
  let current: Connection | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function connect() {
    try {
      const connection = await openConnection(url, { name: 'permanence live', onNotify: ear.onPayload })
      current = connection
      if (stopped) {
        await connection.end()
        return
      }
      if (connection.pooled) throw new Error('nothing is heard through a pooler')
      await connection.db.execute(sql`listen ${sql.identifier(channel)}`)
      retry = FIRST_RETRY_MS
      ear.onUp()
      connection.onLost(() => {
        ear.onDown()
        connectLater()
      })
      watchPrimary(connection)
    } catch {
      current?.cut()
      connectLater()
    }
  }

  function connectLater() {
    if (stopped) return
    timer = setTimeout(connect, retry)
    retry = Math.min(retry * 2, LAST_RETRY_MS)
  }

  void connect()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await current?.end()
  }
}

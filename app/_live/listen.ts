import postgres from 'postgres'

export type Ear = {
  onPayload: (payload: string) => void
  /** Listening now; what was announced before was not heard. */
  onUp: () => void
  onDown: () => void
}

const FIRST_RETRY_MS = 250
const LAST_RETRY_MS = 5_000
/** A connection that died without a word (a pulled cable) is noticed within these two. */
const PING_EVERY_MS = 15_000
const PING_ANSWER_MS = 5_000

/**
 * One dedicated connection that listens for ever: LISTEN belongs to its connection, so it is neither pooled nor
 * behind a transaction pooler (setting PERMANENCE_LISTEN_URL when the application's own goes through one).
 */
export function listen(url: string, channel: string, ear: Ear): () => Promise<void> {
  let stopped = false
  let retry = FIRST_RETRY_MS
  let current: postgres.Sql | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function connect() {
    let lost = false
    let up = false
    const lose = () => {
      if (lost) return
      lost = true
      clearTimeout(timer)
      if (up) ear.onDown()
      sql.end({ timeout: 0 }).catch(() => {})
      if (stopped) return
      timer = setTimeout(connect, retry)
      retry = Math.min(retry * 2, LAST_RETRY_MS)
    }
    const sql = postgres(url, {
      max: 1,
      idle_timeout: 0,
      max_lifetime: null,
      connect_timeout: 5,
      fetch_types: false,
      onnotice: () => {},
      onclose: lose,
      connection: { application_name: 'permanence live' },
      // postgres.js has it and its types leave it out; `sql.listen` would reconnect by itself and say nothing.
      ...({ onnotify: (_: string, payload: string) => ear.onPayload(payload) } as object),
    })
    current = sql
    const ping = () => {
      timer = setTimeout(async () => {
        if (await answers(sql)) ping()
        else lose()
      }, PING_EVERY_MS)
    }
    try {
      await sql`listen ${sql(channel)}`
      if (lost || stopped) return lose()
      up = true
      retry = FIRST_RETRY_MS
      ear.onUp()
      ping()
    } catch {
      lose()
    }
  }

  connect()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await current?.end({ timeout: 1 })
  }
}

async function answers(sql: postgres.Sql): Promise<boolean> {
  let late: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<boolean>((resolve) => {
    late = setTimeout(() => resolve(false), PING_ANSWER_MS)
  })
  const answer = sql`select 1`.then(
    () => true,
    () => false,
  )
  const answered = await Promise.race([answer, silence])
  clearTimeout(late)
  return answered
}

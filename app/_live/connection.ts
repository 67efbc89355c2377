/** What a tab knows of the live connection. `since` is the browser's time. */
export type LiveState = { status: 'connecting' | 'live' | 'lost' | 'ended'; since: number }

export type Hint = { at: number; cases: string[]; events: string[] }

/** What the tab that holds the stream passes on to the others, and they to it. */
type Word =
  | { say: 'hint'; hint: Hint }
  | { say: 'alive'; last: number }
  | { say: 'state'; status: LiveState['status'] }
  | { say: 'reread' }
  | { say: 'hello' }

export type LiveListener = {
  onHint: (hint: Hint) => void
  /** Something may have been missed: read again. */
  onGap: () => void
  onState: (state: LiveState) => void
}

/** Two heartbeats and a half (the server beats every 4 s): silence this long is a dead line, said within 12 s. */
export const SILENCE_MS = 10_000
const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 30_000

/**
 * The live connection of this tab. One tab of the browser holds the stream (whoever gets the lock) and passes on what it
 * hears; a tab that hears nothing from it opens a stream of its own. Returns what ends it.
 */
export function connect(name: string, readAt: number, listener: LiveListener): () => void {
  const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(name) : null
  let state: LiveState = { status: 'connecting', since: Date.now() }
  let heardAt = Date.now()
  let readUpTo = readAt
  let source: EventSource | null = null
  let retry = FIRST_RETRY_MS
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let letGo: (() => void) | null = null
  const ended = new AbortController()

  function change(status: LiveState['status']) {
    if (state.status === status) return
    const wasLost = state.status === 'lost'
    state = { status, since: Date.now() }
    listener.onState(state)
    if (wasLost && status === 'live') listener.onGap()
  }

  function tell(word: Word) {
    take(word)
    channel?.postMessage(word)
  }

  function take(word: Word) {
    switch (word.say) {
      case 'hint':
        heardAt = Date.now()
        readUpTo = Math.max(readUpTo, word.hint.at)
        listener.onHint(word.hint)
        break
      case 'alive':
        heardAt = Date.now()
        change('live')
        // Drawn before the latest hint, and never told of it.
        if (word.last > readUpTo) {
          readUpTo = word.last
          listener.onGap()
        }
        break
      case 'reread':
        heardAt = Date.now()
        // Coming back from "lost" says it already.
        if (state.status !== 'lost') listener.onGap()
        change('live')
        break
      case 'state':
        heardAt = Date.now()
        change(word.status)
        break
      case 'hello':
        // A tab was opened: whoever holds the stream says how it stands.
        if (source && state.status !== 'connecting') {
          channel?.postMessage({ say: 'state', status: state.status } satisfies Word)
          if (state.status === 'live') channel?.postMessage({ say: 'alive', last: readUpTo } satisfies Word)
        }
    }
  }

  function openStream() {
    if (source || ended.signal.aborted) return
    const opened = new EventSource('/api/live')
    source = opened
    const on = (event: string, act: (data: { at: number; last: number } & Hint) => void) =>
      opened.addEventListener(event, (message) => act(JSON.parse((message as MessageEvent<string>).data)))
    on('ready', ({ last }) => {
      retry = FIRST_RETRY_MS
      tell({ say: 'alive', last })
    })
    on('beat', ({ last }) => tell({ say: 'alive', last }))
    on('hint', ({ at, cases, events }) => tell({ say: 'hint', hint: { at, cases, events } }))
    on('reread', () => tell({ say: 'reread' }))
    on('down', () => tell({ say: 'state', status: 'lost' }))
    on('bye', () => {
      tell({ say: 'state', status: 'ended' })
      openLater()
    })
    opened.onerror = () => {
      tell({ say: 'state', status: 'lost' })
      // Refused for good, or broken: the browser tries again by itself only in the second case.
      if (opened.readyState === EventSource.CLOSED) openLater()
    }
  }

  function closeStream() {
    source?.close()
    source = null
    clearTimeout(retryTimer)
  }

  async function openLater() {
    closeStream()
    const refused = await isRefused()
    if (ended.signal.aborted) return
    if (refused) tell({ say: 'state', status: 'ended' })
    retryTimer = setTimeout(openStream, retry)
    retry = Math.min(retry * 2, LAST_RETRY_MS)
  }

  function watch() {
    if (Date.now() - heardAt < SILENCE_MS || state.status === 'ended') return
    heardAt = Date.now()
    change('lost')
    // Ours is dead, or the tab that held the stream is: either way one of our own.
    closeStream()
    openStream()
  }

  function hold() {
    if (!navigator.locks) return openStream()
    navigator.locks
      .request(name, { signal: ended.signal }, () => {
        openStream()
        return new Promise<void>((resolve) => {
          letGo = resolve
        })
      })
      .catch(() => {})
  }

  if (channel) channel.onmessage = ({ data }: MessageEvent<Word>) => take(data)
  channel?.postMessage({ say: 'hello' } satisfies Word)
  hold()
  // A background tab's timers are slowed down, not its messages: on return it looks at once.
  const timer = setInterval(watch, 1_000)
  const look = () => document.visibilityState === 'visible' && watch()
  document.addEventListener('visibilitychange', look)
  const online = () => {
    if (!source || state.status !== 'lost') return
    closeStream()
    openStream()
  }
  window.addEventListener('online', online)

  return () => {
    ended.abort()
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
    window.removeEventListener('online', online)
    closeStream()
    letGo?.()
    channel?.close()
  }
}

// Only a clear "not signed in" counts: no answer at all is a broken line.
async function isRefused(): Promise<boolean> {
  try {
    return (await fetch('/api/live', { method: 'HEAD', cache: 'no-store' })).status === 401
  } catch {
    return false
  }
}

import { SIDE } from '#app/_auth/rules/roles.ts'
import type { LiveLine } from './lines.ts'
import { reachesInside, seesLine, seesMove, type Viewer } from './visibility.ts'

/** What a stream carries: hints, never data. Times are the server's, in milliseconds. */
export type Message =
  /** Read again: these cases, these events. */
  | { event: 'hint'; at: number; cases: string[]; events: string[] }
  /** Still here; `last` is the time of the latest hint, for whoever missed it. */
  | { event: 'ready' | 'beat'; at: number; last: number }
  /** The server itself no longer hears the database. */
  | { event: 'down'; at: number }
  /** Hears it again: anything may have happened, read again. */
  | { event: 'reread'; at: number }
  /** The session ended. */
  | { event: 'bye'; at: number }

export type Stream = {
  viewer: Viewer
  /** Already framed for the wire: the same bytes for all who see the same. */
  send: (frame: string) => void
  /** Something changed about the account: ask again whether it is signed in. */
  recheck: () => void
}

export type Hub = {
  open: (stream: Stream) => () => void
  /** What the database announced: 'id,id,…' of journal lines, or 'inbox:ACCOUNT,ACCOUNT,…'. */
  hear: (payload: string) => void
  up: () => void
  down: () => void
  beat: () => void
  size: () => number
}

type Load = (ids: number[], worlds: (number | null)[]) => Promise<LiveLine[]>

/** Long enough to make one query of a burst, short enough that nobody notices. */
export const BATCH_MS = 30
/** Beyond, reading the lines costs more than every page reading again. */
const MOST_LINES = 1_000
/** A page drawn this long before its stream opened still learns what it missed. */
const REMEMBER_MS = 120_000
const MOST_REMEMBERED = 1_000

export function makeHub(load: Load, clock: () => number = Date.now): Hub {
  const streams = new Map<Stream, { last: number }>()
  let remembered: { at: number; line: LiveLine }[] = []
  // When something last happened of which nothing is remembered, because nobody was there for whom to read it: a page
  // drawn before, whose stream opens after, reads once more.
  let unread = 0
  let called = new Map<number, number>()
  let pending = new Set<number>()
  let inbox = new Set<number>()
  let waiting = false
  let hearing = true

  function tell(stream: Stream, sent: string) {
    try {
      stream.send(sent)
    } catch {
      // It hears no more: its page sees the silence, and comes back.
      streams.delete(stream)
    }
  }

  function tellAll(message: Message) {
    const sent = frame(message)
    for (const stream of streams.keys()) tell(stream, sent)
  }

  // One batch after the other, in the order in which they came: what is announced while a busy database answers is asked in the
  // next one, however much it is. A batch for each moment would fall ever further behind.
  function soon() {
    if (waiting) return
    waiting = true
    setTimeout(async () => {
      const [ids, accounts] = [[...pending], inbox]
      pending = new Set()
      inbox = new Set()
      try {
        await deliver(ids, accounts)
      } finally {
        waiting = false
        if (pending.size + inbox.size > 0) soon()
      }
    }, BATCH_MS)
  }

  async function deliver(ids: number[], accounts: Set<number>) {
    const at = clock()
    for (const account of accounts) called.set(account, at)
    called = new Map([...called].filter(([, since]) => at - since < REMEMBER_MS))
    if (streams.size === 0) {
      if (ids.length > 0) unread = at
      return
    }
    let lines: LiveLine[] = []
    if (ids.length > 0) {
      // The real world always: what happens there reaches those inside an exercise.
      const worlds = new Set([null, ...[...streams.keys()].map((stream) => stream.viewer.exerciseId)])
      try {
        if (ids.length > MOST_LINES) throw new Error('too many lines')
        lines = await load(ids, [...worlds])
      } catch {
        return rereadAll(at)
      }
    }
    // Of a world nobody looks at here.
    if (lines.length < ids.length) unread = at
    remember(lines, at)
    recheckChanged(lines)
    const frames = new Map<string, string | null>()
    for (const [stream, state] of streams) {
      const inboxed = accounts.has(stream.viewer.accountId)
      const key = `${viewKey(stream.viewer)}|${inboxed}`
      let sent = frames.get(key)
      if (sent === undefined) {
        sent = hintFor(stream.viewer, lines, inboxed, at)
        frames.set(key, sent)
      }
      if (sent === null) continue
      state.last = at
      tell(stream, sent)
    }
  }

  function rereadAll(at: number) {
    unread = at
    for (const state of streams.values()) state.last = at
    tellAll({ event: 'reread', at })
  }

  function remember(lines: LiveLine[], at: number) {
    remembered.push(...lines.map((line) => ({ at, line })))
    remembered = remembered.filter((entry) => at - entry.at < REMEMBER_MS).slice(-MOST_REMEMBERED)
  }

  // Signed out, revoked, deactivated: the streams of that account ask at once, not at the next minute.
  function recheckChanged(lines: LiveLine[]) {
    const changed = new Set(lines.map((line) => line.chain).filter((chain) => chain.startsWith('account:')))
    const directory = lines.some((line) => line.event.startsWith('directory.'))
    if (changed.size === 0 && !directory) return
    for (const stream of streams.keys())
      if (directory || changed.has(`account:${stream.viewer.accountId}`)) stream.recheck()
  }

  return {
    open(stream) {
      const { viewer } = stream
      const seen = remembered.findLast(({ line }) => concerns(viewer, line))?.at ?? 0
      const last = Math.max(seen, unread, called.get(viewer.accountId) ?? 0)
      streams.set(stream, { last })
      stream.send(frame(hearing ? { event: 'ready', at: clock(), last } : { event: 'down', at: clock() }))
      return () => {
        streams.delete(stream)
      }
    },
    hear(payload) {
      const [, box, ids = ''] = /^(inbox:)?([\d,]+)$/.exec(payload) ?? []
      const heard = box ? inbox : pending
      for (const id of ids.split(',')) if (id) heard.add(Number(id))
      soon()
    },
    up() {
      hearing = true
      rereadAll(clock())
    },
    down() {
      hearing = false
      tellAll({ event: 'down', at: clock() })
    },
    beat() {
      const frames = new Map<number, string>()
      const at = clock()
      // A server that no longer hears its database must not look alive.
      if (!hearing) return tellAll({ event: 'down', at })
      for (const [stream, { last }] of streams) {
        const sent = frames.get(last) ?? frame({ event: 'beat', at, last })
        frames.set(last, sent)
        tell(stream, sent)
      }
    },
    size: () => streams.size,
  }
}

export function frame({ event, ...data }: Message): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

function hintFor(viewer: Viewer, lines: LiveLine[], inboxed: boolean, at: number): string | null {
  const seen = lines.filter((line) => concerns(viewer, line))
  const events = new Set(seen.map((line) => line.event))
  if (inboxed) events.add('inbox')
  if (events.size === 0) return null
  const cases = new Set(seen.map((line) => line.reference).filter((reference) => reference !== null))
  return frame({ event: 'hint', at, cases: [...cases], events: [...events] })
}

// Who signs in or out changes no page: sixty people coming on duty are not sixty reasons to read the queue again.
function concerns(viewer: Viewer, line: LiveLine): boolean {
  if (line.event.startsWith('account.')) return false
  return seesLine(viewer, line) || seesMove(viewer, line) || reachesInside(viewer, line)
}

// Those of one role, organisation, territories and world see the same.
function viewKey(viewer: Viewer): string {
  const { role, organisationId, territories, exerciseId } = viewer
  return SIDE[role] === 'reporter'
    ? `${organisationId}|${territories.join()}|${exerciseId}`
    : `cell|${exerciseId}`
}

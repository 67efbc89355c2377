import { endedAmong } from '#app/_auth/lookup.ts'
import { outOfRequest } from '#db/away.ts'
import { Lane } from '#db/lane.ts'
import { type Hub, makeHub } from './hub.ts'
import { loadLines } from './lines.ts'
import { listen } from './listen.ts'
import { makePlaces, type Places } from './places.ts'

/** One hub for the process, made when the first stream opens; the framework loads modules once per bundle. */
export function hub(): Hub {
  held.permanenceHub ??= outOfRequest(start)
  return held.permanenceHub
}

/** Pages that listen to this process now. */
export function openStreams(): number {
  return held.permanenceHub?.size() ?? 0
}

/** The places of this process, of which each session and each account has so many. */
export function streams(): Places {
  held.permanencePlaces ??= makePlaces()
  return held.permanencePlaces
}

/** A black-holed line must be seen within 12 s (SILENCE_MS in connection.ts). */
export const BEAT_MS = 4_000

/** A session that ended, by whatever means, is heard no longer than this: by its line at once, else by this look. */
export const LOOK_MS = 2_500

type OpenStream = { sessionId: string; recheck: () => void }

/** The streams of this process, by what they are of: their sessions are looked at together, in one question. */
export function streamsBySession(): Set<OpenStream> {
  if (!held.permanenceStreams) {
    const open = new Set<OpenStream>()
    held.permanenceStreams = open
    outOfRequest(() => setInterval(() => void closeEnded(open), LOOK_MS).unref())
  }
  return held.permanenceStreams
}

async function closeEnded(open: Set<OpenStream>): Promise<void> {
  try {
    const ended = new Set(await endedAmong([...new Set([...open].map((one) => one.sessionId))], new Date()))
    for (const one of open) if (ended.has(one.sessionId)) one.recheck()
  } catch {
    // The database does not answer: the hub says "down", the next look decides.
  }
}

const held = globalThis as unknown as {
  permanenceHub?: Hub
  permanencePlaces?: Places
  permanenceStreams?: Set<OpenStream>
}

/** Longer, and every page is told to read again. */
const LOAD_MS = 5_000

function start(): Hub {
  // By its own connection: were what is announced to wait behind the pages that read it, a crowd would be told to read everything again.
  const lane = new Lane(LOAD_MS)
  const made = makeHub((ids, worlds) => lane.run(() => loadLines(ids, worlds)))
  const url = process.env.PERMANENCE_LISTEN_URL || process.env.PERMANENCE_APP_URL
  if (!url) throw new Error('PERMANENCE_APP_URL is not set: start with npm start')
  // Nothing is heard before the first LISTEN.
  made.down()
  listen(url, 'permanence', { onPayload: made.hear, onUp: made.up, onDown: made.down })
  setInterval(made.beat, BEAT_MS).unref()
  return made
}

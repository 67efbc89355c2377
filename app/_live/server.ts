import { type Hub, makeHub } from './hub.ts'
import { loadLines } from './lines.ts'
import { listen } from './listen.ts'
import { makePlaces, type Places } from './places.ts'

/** One hub for the process, made when the first stream opens; the framework loads modules once per bundle. */
export function hub(): Hub {
  held.permanenceHub ??= start()
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

const held = globalThis as unknown as { permanenceHub?: Hub; permanencePlaces?: Places }

function start(): Hub {
  const made = makeHub(loadLines)
  const url = process.env.PERMANENCE_LISTEN_URL || process.env.PERMANENCE_APP_URL
  if (!url) throw new Error('PERMANENCE_APP_URL is not set: start with npm start')
  // Nothing is heard before the first LISTEN.
  made.down()
  listen(url, 'permanence', { onPayload: made.hear, onUp: made.up, onDown: made.down })
  setInterval(made.beat, BEAT_MS).unref()
  return made
}

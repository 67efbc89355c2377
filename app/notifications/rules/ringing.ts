/** A person who is called is called by everything he has, and again, until somebody has answered (the duty of the ladder). */

/** Kinds of messages that ring until they are answered. */
export const RINGING: ReadonlySet<string> = new Set(['crisis_called'])

/** In the row of a message whose reader said that he cannot: the next one was called. */
export const CANNOT = 'cannot'

/** Read in a moment by whoever is awake; a telephone that rings at the same second would hide them. */
export const VOICE_AFTER_S = 60
/** And again each minute: a carrier's voicemail picks up within it, and a call lasts less. */
export const RING_AGAIN_S = 60
/** No key within the sentence said three times: a voicemail heard it. It is called again at once, before the next one is. */
export const NO_KEY_AGAIN_S = 5
/** Without a word from the gateway for so long, a call is over. */
export const CALL_LOST_S = 90
/** What is not a duty of the ladder rings so often, and then goes by the next way. */
export const RINGS_OF_OTHERS = 3

export function rings(kind: string): boolean {
  return RINGING.has(kind)
}

type Planned = { channel: string }

/**
 * When each way of a person begins: what is read at once, what rings a minute later; several telephones share that minute, so
 * that one rings while he looks for the other.
 */
export function ringingPlan<W extends Planned>(ways: readonly W[]): { way: W; afterS: number }[] {
  const voices = ways.filter((way) => way.channel === 'voice')
  return ways.map((way) => ({
    way,
    afterS:
      way.channel === 'voice'
        ? VOICE_AFTER_S + Math.floor((voices.indexOf(way) * RING_AGAIN_S) / voices.length)
        : 0,
  }))
}

/** How a call ended. Answered is none of these: that is a key. */
export const CALL_ENDS = ['no_key', 'no_answer', 'busy', 'failed', 'unknown'] as const
export type CallEnd = (typeof CALL_ENDS)[number]

/** When it is dialled again: null, when this way is given up. `calls` counts this one; `began` is when it was dialled. */
export function dialAgain(
  kind: string,
  end: CallEnd,
  calls: number,
  began: number,
  now: number,
): number | null {
  // Whoever asked for a code is there, and asks again.
  if (kind === 'way_code') return null
  if (!rings(kind) && calls >= RINGS_OF_OTHERS) return null
  if (end === 'no_key') return now + NO_KEY_AGAIN_S * 1000
  return Math.max(now + NO_KEY_AGAIN_S * 1000, began + RING_AGAIN_S * 1000)
}

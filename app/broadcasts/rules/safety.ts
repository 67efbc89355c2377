import type { Wave } from '#db/schema/broadcast.ts'

/** Under so much of what was sent delivered after so long, it stops by itself (the issue: 80 % in 60 s). */
export const DELIVERED_SHARE = 0.8
export const DELIVERED_WITHIN_S = 60
/** Over so much failed, it stops by itself: one number in twenty is dead in any list. */
export const FAILED_SHARE = 0.1
/**
 * A share is told from so many on, or from the whole wave when it is smaller: at one dead number in twenty, more than ten of
 * the first hundred fail about once in ninety; of the first twenty more than two would, once in thirteen.
 */
export const ENOUGH = 100

/** What is known of one wave: how many it holds, and what became of them. */
export type Progress = {
  size: number
  sent: number
  delivered: number
  failed: number
  /** Given to a network by a worker that died then: nobody knows. They are called, and prove nothing of the network. */
  unknown: number
  /** Not yet given to the network. */
  waiting: number
  /** Sent longer ago than DELIVERED_WITHIN_S; of those, delivered within it. */
  aged: number
  agedDelivered: number
}

/** A wave that a short list leaves empty. */
export const NOBODY: Progress = {
  ...{ size: 0, sent: 0, delivered: 0, failed: 0, unknown: 0, waiting: 0, aged: 0, agedDelivered: 0 },
}

export type Verdict = { does: 'wait' } | { does: 'ask' } | { does: 'go_on' } | { does: 'stop'; why: string }

/**
 * What becomes of a wave: the pilot waits for a person, who reads what the telephones show; the others go on by themselves.
 * `played`: in an exercise, where nobody is written to and nothing can fail.
 */
export function verdictOn(wave: Wave, now: Progress, played: boolean): Verdict {
  const proves: Verdict = { does: wave === 'pilot' ? 'ask' : 'go_on' }
  if (played) return proves
  const size = now.size - now.unknown
  const enough = Math.min(size, ENOUGH)
  const told = now.delivered + now.failed
  if (now.failed > FAILED_SHARE * Math.max(told, enough))
    return { does: 'stop', why: 'broadcasts.stopped.failed' }
  if (now.aged >= enough && now.agedDelivered < DELIVERED_SHARE * now.aged)
    return { does: 'stop', why: 'broadcasts.stopped.undelivered' }
  const proved = now.waiting === 0 && (told === size || now.aged === size - now.failed)
  return proved ? proves : { does: 'wait' }
}

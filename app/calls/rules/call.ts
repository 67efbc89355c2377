import { CALL_EVENTS, type CallDirection, type CallState, type HeardEvents } from '#db/schema/call.ts'

export type CallNow = {
  state: CallState
  startedAt: number
  answeredAt: number | null
  endedAt: number | null
  user: string | null
  cause: string | null
}

/** A switchboard that loses its end: nobody lets it ring longer, and carriers cut a call after about three minutes [D]. */
export const RINGS_AT_MOST_S = 180
/** Longer than any call of a night; then its end was lost [D]. */
export const TALKS_AT_MOST_S = 6 * 3600
/** A call nobody answered is called back within: the delay of an acknowledgement (DOMAIN §4). */
export const CALL_BACK_WITHIN_S = 5 * 60

/**
 * What is true of a call, from what was heard of it in whatever order, once or ten times: a call told only at its end is the same
 * call. `now` ends those whose end was never told.
 */
export function callNow(heard: HeardEvents, direction: CallDirection, now: number): CallNow {
  const all = CALL_EVENTS.flatMap((event) => heard[event] ?? [])
  const { newCall, answer, hangup } = heard
  const talked = hangup?.duration ? hangup.at - hangup.duration * 1_000 : null
  const answeredAt = hangup?.answeredAt ?? answer?.at ?? talked
  const startedAt = Math.min(
    ...all.map((one) => one.at),
    ...[hangup?.startedAt, answeredAt].filter((at) => typeof at === 'number'),
  )
  const lost = (answeredAt ?? startedAt) + (answeredAt ? TALKS_AT_MOST_S : RINGS_AT_MOST_S) * 1_000
  const endedAt = hangup ? Math.max(hangup.at, startedAt) : now >= lost ? lost : null
  return {
    state: stateOf(answeredAt !== null, endedAt !== null, direction, hangup?.cause ?? null),
    ...{ startedAt, answeredAt, endedAt },
    user: (answer ?? hangup)?.user ?? (answeredAt === null ? null : (newCall?.user ?? null)),
    cause: hangup?.cause ?? null,
  }
}

function stateOf(
  answered: boolean,
  ended: boolean,
  direction: CallDirection,
  cause: string | null,
): CallState {
  if (answered) return ended ? 'ended' : 'talking'
  if (!ended) return 'ringing'
  if (direction === 'out') return 'unanswered'
  // Somebody else's telephone took it: the switchboard tells that one as a call of its own.
  return cause === 'forwarded' ? 'forwarded' : 'missed'
}

/** Seconds the caller waited: until somebody answered, until he gave up, or until now. */
export function waitedS(
  { startedAt, answeredAt, endedAt }: Pick<CallNow, 'startedAt' | 'answeredAt' | 'endedAt'>,
  now: number,
): number {
  return Math.max(0, Math.round(((answeredAt ?? endedAt ?? now) - startedAt) / 1_000))
}

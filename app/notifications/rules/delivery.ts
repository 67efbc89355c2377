import { DELIVERY_STATES, type DeliveryState } from '#db/schema/notification.ts'

/** What each state means: may it still change, and did the message get there? */
export const DELIVERY: Record<
  DeliveryState,
  { over: boolean; arrived: boolean; next: readonly DeliveryState[] }
> = {
  // One that nobody saw go out may be sent again, and its reader may have it all the same.
  queued: { over: false, arrived: false, next: ['sending', 'acknowledged', 'cancelled'] },
  sending: {
    over: false,
    arrived: false,
    next: ['queued', 'sending', 'sent', 'delivered', 'acknowledged', 'failed', 'cancelled'],
  },
  // A telephone that rang in vain is dialled again.
  sent: { over: false, arrived: false, next: ['queued', 'delivered', 'acknowledged', 'failed'] },
  delivered: { over: false, arrived: true, next: ['acknowledged'] },
  acknowledged: { over: true, arrived: true, next: [] },
  // A receipt may come after we have stopped waiting for it.
  failed: { over: true, arrived: false, next: ['delivered', 'acknowledged'] },
  cancelled: { over: true, arrived: false, next: [] },
}

/** The states from which this one may come. */
export function leadingTo(state: DeliveryState): DeliveryState[] {
  return DELIVERY_STATES.filter((from) => DELIVERY[from].next.includes(state))
}

/** In these its reader may have it in his hand. */
export const ANSWERABLE: readonly DeliveryState[] = leadingTo('acknowledged')

/** Seconds before each new try of one channel: four tries in the first minute, for whoever is called in the night. */
export const RETRY_AFTER_S = [2, 8, 20, 60] as const
/** A try that is not over by then has no known end: so long a worker may be dead without anyone waiting for it. */
export const LEASE_S = 60
/** A far side that says nothing is given up, well within the lease. */
export const PATIENCE_S = 20

/**
 * One of many is never written to twice, whatever died: what may have gone out is not sent again, and its reader is called
 * instead. Everybody else is rather told twice than never.
 */
export function isAtMostOnce(toType: string): boolean {
  return toType === 'telephone'
}

export type Tried = 'accepted' | 'retry' | 'never'

export type AfterTry =
  | { state: 'sent' }
  | { state: 'queued'; afterS: number }
  /** This channel is given up: the person's next one takes over. */
  | { state: 'failed' }

/** What follows a try: `attempts` counts it; `ringing`: a telephone of the ladder. */
export function afterTry(tried: Tried, attempts: number, ringing = false): AfterTry {
  switch (tried) {
    case 'accepted':
      return { state: 'sent' }
    case 'never':
      return { state: 'failed' }
    case 'retry': {
      // Who is called is called until somebody answers, whatever the network says meanwhile.
      const afterS = RETRY_AFTER_S[attempts - 1] ?? (ringing ? RETRY_AFTER_S.at(-1) : undefined)
      return afterS === undefined ? { state: 'failed' } : { state: 'queued', afterS }
    }
  }
}

export type WayOut = { toType: string; toId: number; channel: string }

/** The next way of a person that was not yet tried for this message, in the order of the plan. */
export function nextWay<W extends WayOut>(plan: readonly W[], tried: readonly WayOut[]): W | null {
  return (
    plan.find(
      (way) =>
        !tried.some(
          (one) => one.toType === way.toType && one.toId === way.toId && one.channel === way.channel,
        ),
    ) ?? null
  )
}

/** Sent to prove one way: no other stands in for it, and an answer by one says nothing of another. */
const OF_ONE_WAY: ReadonlySet<string> = new Set(['way_code', 'way_test', 'instruction_sent'])

export function isOfOneWay(kind: string): boolean {
  return OF_ONE_WAY.has(kind)
}

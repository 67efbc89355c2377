import { type Minutes, minutesOf } from './together.ts'

/** A drill played once on the practice network: minutes from the beginning of the loss to each proposal, and what was called. */
export type PlayedOnce = {
  probes: number | null
  fused: number | null
  /** Reports said by then. */
  said: number
  /** Test calls a minute during the loss, bursts left out; all of them, and those that failed. */
  perMinute: number
  calls: number
  lost: number
  /** In the quiet minutes before. */
  before: { calls: number; inBursts: number; lost: number }
}

/** What `npm run network -- --drill` writes. */
export type Played = {
  drill: string
  at: string
  share: number
  quietMin: number
  /** Minutes to the proposal where no probe is heard. */
  reports: number | null
  plays: PlayedOnce[]
}

/** What was found by each, over all plays. */
export function foundIn({ plays, reports }: Played): Record<'reports' | 'probes' | 'fused', Minutes> {
  const of = (which: 'probes' | 'fused') => minutesOf(plays.map((one) => one[which]))
  return { reports: minutesOf([reports]), probes: of('probes'), fused: of('fused') }
}

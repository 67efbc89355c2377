import { type ClockValues, clockValues } from './thresholds.ts'

const MINUTE = 60_000

/** Instants in epoch ms; elapsed time only, so neither midnight nor a clock change means anything. */
export type CrisisClock = { start: number; silenceAt: number; endsAt: number }

/**
 * R1. The clock of a group starts with its first qualifying report. There is no pause and no reset: nothing here takes one.
 * Each fault of an ordinary day has a clock of its own, which runs out without effect, because only a crisis proposal
 * that nobody declined, and that chance hardly makes, lets silence activate.
 */
export function clockFrom(firstQualifyingAt: number, values: ClockValues = clockValues()): CrisisClock {
  const endsAt = firstQualifyingAt + values.clockMin * MINUTE
  return { start: firstQualifyingAt, silenceAt: endsAt - values.silenceBeforeEndMin * MINUTE, endsAt }
}

/** Clocks of the same group begin with the earliest: a report that was heard late can only bring the end forward. */
export function earliest(clocks: readonly CrisisClock[]): CrisisClock | null {
  return clocks.reduce<CrisisClock | null>(
    (first, clock) => (first === null || clock.start < first.start ? clock : first),
    null,
  )
}

/** Whole minutes left, counted as one reads a watch: 0 only when over. */
export function minutesLeft(clock: CrisisClock, now: number): number {
  return Math.max(0, Math.ceil((clock.endsAt - now) / MINUTE))
}

/**
 * When silence about a proposal activates. Asked in time: five minutes before the end of the clock. Asked in the last
 * five minutes: one step of the ladder to answer, but never beyond the end. Asked after the end (a slow onset is seen in
 * hours): the promise is already broken, and so many people are called as can answer for one another. What became sure only
 * later (`sureAt`) leaves one step from there: the people have been called since they were asked.
 */
export function silenceActivatesAt(
  clock: CrisisClock,
  askedAt: number,
  values: ClockValues = clockValues(),
  sureAt: number = askedAt,
): number {
  const step = values.ladderStepMin * MINUTE
  const asked =
    askedAt <= clock.silenceAt
      ? clock.silenceAt
      : askedAt < clock.endsAt
        ? Math.min(askedAt + step, clock.endsAt)
        : askedAt + values.lateSteps * step
  return sureAt <= askedAt ? asked : Math.max(asked, sureAt + step)
}

const MINUTE = 60_000
/** A player that does not answer (a restart) must not let the clock run away from what was played. */
export const LONGEST_LEAP_MS = 5_000

export type ExerciseClock = {
  /** Minute 0 of the drill, epoch ms. */
  t0: number
  /** Last minute played, and the wall clock then. */
  minute: number
  tickedAt: number
  /** Drill minutes per real minute; 0 is as fast as it goes. */
  speed: number
  running: boolean
}

/** What the watch shows inside the exercise when it is `wall` outside. It stands still while nobody plays. */
export function exerciseTime(clock: ExerciseClock, wall: number): number {
  return Math.round(clock.t0 + (clock.minute + (clock.running ? minutesSince(clock, wall) : 0)) * MINUTE)
}

/** Minutes of the drill between the last one played and `wall`. */
export function minutesSince({ tickedAt, speed }: ExerciseClock, wall: number): number {
  const elapsed = Math.min(Math.max(wall - tickedAt, 0), LONGEST_LEAP_MS)
  return (elapsed / MINUTE) * speed
}

/** Where the player stops on its way from one minute to another: at every whole minute, and at the end. */
export function stopsBetween(from: number, to: number): number[] {
  const stops: number[] = []
  for (let minute = Math.floor(from) + 1; minute < to; minute += 1) stops.push(minute)
  return to > from ? [...stops, to] : stops
}

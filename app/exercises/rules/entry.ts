/** An exercise as whoever entered it is judged by. */
export type Entered = { id: number; state: string; setAsideAt: Date | null }

/** What a browser keeps of the exercise it enters: which one, and the last setting aside that its reader knew of. */
export function entryOf({ id, setAsideAt }: Entered): string {
  return `${id}.${setAsideAt?.getTime() ?? 0}`
}

/** Which exercise an entry is of; NaN for what is none. */
export function idOf(entry: string): number {
  return Number.parseInt(entry, 10)
}

/**
 * Whether an entry still holds: of an exercise that plays, and was not set aside since. Whoever a real report took out of it stays in
 * the real world, at the case he works, though somebody else lets it go on (DOMAIN §7). No clocks are compared.
 */
export function isInside(entry: string, exercise: Entered): boolean {
  return exercise.state === 'running' && entry === entryOf(exercise)
}

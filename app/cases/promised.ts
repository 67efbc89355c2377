const LONGEST_CHOICE_MIN = 7 * 24 * 60

/** "In thirty minutes" is an hour once it is sent, by the clock of the door. */
export function promised(typed: Record<string, unknown>, now: Date): Record<string, unknown> {
  const minutes = Number(typed.nextContactIn)
  if (typed.nextContactAt || !(minutes > 0 && minutes <= LONGEST_CHOICE_MIN)) return typed
  return { ...typed, nextContactAt: new Date(now.getTime() + minutes * 60_000).toISOString() }
}

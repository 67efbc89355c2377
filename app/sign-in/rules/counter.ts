/**
 * A device may count its signatures. One that says less than it said before is not the one it was: somebody may have made a
 * second of it. Those that never count say nothing.
 */
export function counterWentBack(before: number, now: number): boolean {
  return (before > 0 || now > 0) && now <= before
}

/** A minute of the drill as it is written behind T: +12, −45. */
export function signed(minute: number): string {
  return `${minute < 0 ? '−' : '+'}${Math.abs(minute)}`
}

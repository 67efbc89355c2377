/** Quick answers to "since when", in minutes before sending; `other` uncovers the exact hour. */
export const SINCE_CHOICES = ['0', '15', '60', 'other'] as const
export type SinceChoice = (typeof SINCE_CHOICES)[number]

/** A quick choice wins over an hour typed before it; the exact hour counts when `other` or nothing is chosen. */
export function sinceAt(choice: SinceChoice | null, exact: Date | null, now: Date): Date | null {
  if (choice === null || choice === 'other') return exact
  return new Date(now.getTime() - Number(choice) * 60_000)
}

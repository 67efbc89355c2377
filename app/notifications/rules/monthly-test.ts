/**
 * The monthly test of how people on call are reached: the first Tuesday, in the morning of Paris, when nobody sleeps; the next
 * morning those who lead read who did not answer.
 */
export type TestStep = { step: 'send' | 'report'; month: string }

const [TUESDAY, WEDNESDAY] = ['Tue', 'Wed']
const [FROM_HOUR, TO_HOUR] = [10, 12]

const PARIS = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Paris',
  weekday: 'short',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  hourCycle: 'h23',
})

/** What is to be done now; asked every few minutes, it is done once (the month is its key). */
export function testStep(now: Date): TestStep | null {
  const { weekday, year, month, day, hour } = Object.fromEntries(
    PARIS.formatToParts(now).map(({ type, value }) => [type, value]),
  )
  if (Number(hour) < FROM_HOUR || Number(hour) >= TO_HOUR) return null
  const named = `${year}-${month}`
  if (weekday === TUESDAY && Number(day) <= 7) return { step: 'send', month: named }
  if (weekday === WEDNESDAY && Number(day) >= 2 && Number(day) <= 8) return { step: 'report', month: named }
  return null
}

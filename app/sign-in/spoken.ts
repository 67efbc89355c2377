import type { Reason } from '#app/_doors/result.ts'

/** A wait, with its hour in words: written here once, so that the page is the same with and without JavaScript. */
export function spoken(reason: Reason, now: Date): Reason {
  const until = reason.values?.until
  if (!until) return reason
  const end = new Date(until)
  const hour = new Intl.DateTimeFormat('fr', { timeStyle: 'medium', timeZone: 'Europe/Paris' }).format(end)
  return { ...reason, values: { until: hour, seconds: Math.max(1, Math.ceil((+end - +now) / 1000)) } }
}

import { refusal } from '#app/_doors/refusal.ts'

/** TMF621 event subscription: no callback leaves this server yet; a client reads again, or listens to /api/live. */
export function POST(): Response {
  return refusal(501, { message: 'Event subscriptions are not offered: read the tickets again instead.' })
}

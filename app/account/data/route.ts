import { actorWho, isFreshlyProved } from '#app/_auth/session.ts'
import { overspent } from '#app/_doors/budget.ts'
import { clockNow } from '#app/_doors/clock.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { MOST_OF_A_KIND, takeHeld } from '../commands/held.ts'

export const dynamic = 'force-dynamic'

/** All that is held on whoever asks, to take away; asked by himself alone, who has just shown that it is he. */
export async function GET(): Promise<Response> {
  const actor = await actorWho('account.own')
  if (!actor) return refusal(404, {})
  if (!(await isFreshlyProved(actor)))
    return new Response(null, { status: 303, headers: { location: '/sign-in/again?next=/account' } })
  const over = await overspent(actor, 'export')
  if (over) return refusal(429, {}, { 'retry-after': String(over.reason.values?.seconds) })
  const now = clockNow()
  const held = await takeHeld(actor, now)
  return new Response(JSON.stringify({ takenAt: now, mostOfAKind: MOST_OF_A_KIND, ...held }, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="permanence-${now.toISOString().slice(0, 10)}.json"`,
      'cache-control': 'private, no-store',
    },
  })
}

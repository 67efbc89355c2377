import type { AccountActor } from '#app/_auth/actor.ts'
import type { Capability } from '#app/_auth/rules/roles.ts'
import { actorWho } from '#app/_auth/session.ts'
import { answerTooMany, overspent } from './budget.ts'

/** What is found while somebody types: to whoever may not, there is nothing here. */
export function searchDoor(
  capability: Capability,
  find: (actor: AccountActor, asked: URLSearchParams) => Promise<unknown[]>,
  cache = 'no-store',
): (request: Request) => Promise<Response> {
  return async (request) => {
    const actor = await actorWho(capability)
    if (!actor) return new Response(null, { status: 404 })
    const over = await overspent(actor, 'search')
    if (over) return answerTooMany(over, actor.locale)
    const found = await find(actor, new URL(request.url).searchParams)
    return Response.json(found, { headers: { 'Cache-Control': cache } })
  }
}

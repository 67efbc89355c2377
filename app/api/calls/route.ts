import { actorWho } from '#app/_auth/session.ts'
import { clockNow } from '#app/_doors/clock.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { readPop } from '#app/calls/queries.ts'

/** What pops on the screen of whoever asks: for the pages of the cell. */
export async function GET(): Promise<Response> {
  const actor = await actorWho('cases.work')
  if (!actor) return refusal(401)
  return Response.json(await readPop(actor, clockNow()), { headers: { 'cache-control': 'no-store' } })
}

import { timeOf } from '#app/_auth/lookup.ts'
import { actorWho } from '#app/_auth/session.ts'
import { clockNow } from '#app/_doors/clock.ts'
import { isOwnOrigin } from '#app/_doors/origin.ts'
import { bePresent } from '../../commands/presence.ts'

/** The sign of life of an open page; answers with the others who are there. */
export async function POST(request: Request, { params }: { params: Promise<{ reference: string }> }) {
  const actor = await actorWho('cases.work')
  if (!actor || !isOwnOrigin(request.headers)) return new Response(null, { status: 404 })
  const others = await bePresent(actor, (await params).reference, await timeOf(actor, clockNow()))
  if (!others) return new Response(null, { status: 404 })
  return Response.json(others, { headers: { 'cache-control': 'no-store' } })
}

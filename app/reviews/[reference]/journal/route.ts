import { actorWho } from '#app/_auth/session.ts'
import { answerTooMany, overspent } from '#app/_doors/budget.ts'
import { clockNow } from '#app/_doors/clock.ts'
import { handOut } from '#app/_evidence/hand-out.ts'
import { readProof } from '../../queries.ts'
import { viewing } from '../../viewing.ts'

/** The journal of an incident with its proof, signed: for an inquiry that trusts nobody's word (EVIDENCE.md). */
export async function GET(request: Request, { params }: { params: Promise<{ reference: string }> }) {
  const actor = await actorWho('reviews.export')
  const { reference } = await params
  if (!actor) return new Response(null, { status: 404 })
  const over = await overspent(actor, 'export')
  if (over) return answerTooMany(over, actor.locale)
  const world = viewing(actor, new URL(request.url).searchParams.get('exercise'))
  const proof = await readProof(world, reference)
  if (!proof) return new Response(null, { status: 404 })
  const asked = { of: `incident ${reference}`, whole: proof.whole, name: reference }
  return handOut(actor, asked, proof.rows, clockNow())
}

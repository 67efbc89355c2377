import { actorWho } from '#app/_auth/session.ts'
import { answerTooMany, overspent } from '#app/_doors/budget.ts'
import { rowId } from '#app/_doors/rules/row-id.ts'
import { readCap } from '../../cap.ts'
import { CAP_SCOPES } from '../../rules/cap.ts'

/** The instruction as CAP 1.2, for an authority that relays it: Restricted unless Public is asked for. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  const actor = await actorWho('instructions.read')
  if (!actor) return new Response(null, { status: 404 })
  const over = await overspent(actor, 'export')
  if (over) return answerTooMany(over, actor.locale)
  const { searchParams } = new URL(request.url)
  const scope = CAP_SCOPES.find((one) => one === searchParams.get('scope')) ?? 'Restricted'
  const id = rowId((await params).id)
  const cap = id ? await readCap(actor, id, scope) : null
  if (!cap) return new Response(null, { status: 404 })
  return new Response(cap.xml, {
    headers: {
      'content-type': 'application/cap+xml; charset=utf-8',
      'content-disposition': `attachment; filename="consigne-${cap.number}.cap.xml"`,
      'cache-control': 'no-store',
    },
  })
}

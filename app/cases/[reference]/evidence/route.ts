import { eq, sql } from 'drizzle-orm'
import { actorWho } from '#app/_auth/session.ts'
import { answerTooMany, overspent } from '#app/_doors/budget.ts'
import { clockNow } from '#app/_doors/clock.ts'
import { proofRows } from '#app/_evidence/bundle.ts'
import { handOut } from '#app/_evidence/hand-out.ts'
import { cases } from '#db/schema/cases.ts'
import { asActor } from '#db/transaction.ts'

type Props = { params: Promise<{ reference: string }> }

/** The whole chain of a case with its proof, signed: EVIDENCE.md. To whoever may not take it away, there is nothing here. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const actor = await actorWho('reviews.export')
  const { reference } = await params
  if (!actor) return new Response(null, { status: 404 })
  const over = await overspent(actor, 'export')
  if (over) return answerTooMany(over, actor.locale)
  const rows = await asActor(actor, async (tx) => {
    const [one] = await tx.select({ id: cases.id }).from(cases).where(eq(cases.reference, reference))
    return one ? proofRows(tx, sql`j.chain = ${`case:${one.id}`}`) : []
  })
  const [first] = rows
  if (!first) return new Response(null, { status: 404 })
  return handOut(actor, { of: `case ${reference}`, whole: [first.chain], name: reference }, rows, clockNow())
}

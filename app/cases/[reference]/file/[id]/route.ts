import { and, eq } from 'drizzle-orm'
import { actorWho } from '#app/_auth/session.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { attachment } from '#db/schema/attachment.ts'
import { cases } from '#db/schema/cases.ts'
import { asActor } from '#db/transaction.ts'

type Props = { params: Promise<{ reference: string; id: string }> }

/** A file of a case, to be saved and never run: whoever follows the case or works on it. To the others, and to the wall of the room, there is nothing here. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { reference, id } = await params
  const actor = await actorWho('cases.follow', 'cases.work')
  const wanted = /^\d{1,15}$/.test(id) ? Number(id) : null
  if (!actor || !wanted) return refusal(404, {})
  const [found] = await asActor(actor, (tx) =>
    tx
      .select({ name: attachment.name, kind: attachment.kind, content: attachment.content })
      .from(attachment)
      .innerJoin(cases, eq(cases.id, attachment.caseId))
      .where(and(eq(attachment.id, wanted), eq(cases.reference, reference))),
  )
  if (!found) return refusal(404, {})
  return new Response(new Uint8Array(found.content), {
    headers: {
      'Content-Type': found.kind === 'text/plain' ? 'text/plain; charset=utf-8' : found.kind,
      'Content-Disposition': `attachment; filename="${found.name}"`,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'private, no-store',
    },
  })
}

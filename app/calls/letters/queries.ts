import { desc, eq } from 'drizzle-orm'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { cases } from '#db/schema/cases.ts'
import { incident } from '#db/schema/incidents.ts'
import { inboundMail } from '#db/schema/notification.ts'
import { asActor } from '#db/transaction.ts'

/** More than anybody reads at once; older ones are forgotten in time (app/operations/rules/retention.ts). */
const SHOWN = 100

/** Letters that came in, the newest first, with the case or incident they were about. */
export function readLettersIn(actor: AccountActor) {
  return asActor(actor, async (tx) => {
    if (!may(actor, 'cases.work')) return []
    return tx
      .select({
        id: inboundMail.id,
        at: inboundMail.at,
        fate: inboundMail.fate,
        from: inboundMail.fromAddress,
        subject: inboundMail.subject,
        reason: inboundMail.reason,
        bytes: inboundMail.bytes,
        reference: cases.reference,
        incident: incident.reference,
      })
      .from(inboundMail)
      .leftJoin(cases, eq(cases.id, inboundMail.caseId))
      .leftJoin(incident, eq(incident.id, inboundMail.incidentId))
      .orderBy(desc(inboundMail.at), desc(inboundMail.id))
      .limit(SHOWN)
  })
}
export type LetterIn = Awaited<ReturnType<typeof readLettersIn>>[number]

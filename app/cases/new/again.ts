import { and, eq } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { type FormState, filledForm } from '#app/_doors/form-data.ts'
import { communesByCode } from '#app/directory/communes.ts'
import { showPhone } from '#app/directory/rules/phone.ts'
import { cases } from '#db/schema/cases.ts'
import { asActor } from '#db/transaction.ts'
import { communeOption, packOption } from './options.ts'

/**
 * The form filled with what the same organisation reported before: its hour, its tests and its words are those of that day; the
 * post and the number of a colleague are his, and the form proposes one's own.
 */
export function filledAgain(actor: AccountActor, reference: string): Promise<FormState | null> {
  return asActor(actor, async (tx) => {
    const [row] = await tx
      .select()
      .from(cases)
      .where(and(eq(cases.reference, reference), eq(cases.organisationId, actor.organisationId ?? -1)))
    if (!row) return null
    const communes = await communesByCode(tx, row.communeCodes)
    const plain = {
      reporterName: actor.name,
      ...(row.reporterAccountId === actor.accountId && {
        reporterPost: row.reporterPost,
        callbackPhone: row.callbackPhone && showPhone(row.callbackPhone),
      }),
      siteId: row.siteId && String(row.siteId),
      symptom: row.symptom,
      direction: row.direction,
      pattern: row.pattern,
      territoryCode: row.territoryCode,
      communeText: row.communeCodes.length === 0 ? row.communeWords : null,
      callingTechnology: row.callingTechnology,
      callingOperator: row.callingOperator,
      ownLines: row.ownLines,
    }
    const said = Object.entries(plain).flatMap(([name, value]) => (value ? [[name, value] as const] : []))
    return filledForm({
      ...Object.fromEntries(said),
      numbers: row.numbers,
      communesChosen: communes.map(communeOption).map(packOption),
    })
  })
}

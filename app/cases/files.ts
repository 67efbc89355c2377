import { asc, eq } from 'drizzle-orm'
import { attachment } from '#db/schema/attachment.ts'
import type { Tx } from '#db/transaction.ts'

export type CaseFile = { id: number; name: string; size: number; at: Date }

/** The files of a case, as this transaction may see them; never their content. */
export function filesOf(tx: Tx, caseId: number): Promise<CaseFile[]> {
  return tx
    .select({ id: attachment.id, name: attachment.name, size: attachment.size, at: attachment.at })
    .from(attachment)
    .where(eq(attachment.caseId, caseId))
    .orderBy(asc(attachment.id))
}

import { count, eq } from 'drizzle-orm'
import { type Actor, actorId } from '#app/_auth/actor.ts'
import { type Refusal, type Result, refused } from '#app/_doors/result.ts'
import { attachment } from '#db/schema/attachment.ts'
import { cleanedFile } from '../cleaned-file.ts'
import { fileFault, fileName } from '../rules/attached-file.ts'
import { changeCase } from './change.ts'

export type AttachInput = { reference: string; name: string; bytes: Uint8Array }

/** A photo or a trace joins a case: cleaned before it is stored, seen by whoever sees the case, kept as long as retention says. */
export async function attachFile(
  actor: Actor,
  { reference, name, bytes }: AttachInput,
  now: Date,
): Promise<Result<{ version: number }>> {
  const early = fileFault(bytes, 0)
  if (early) return wrong(early)
  // Drawing anew takes a moment: before the transaction, which holds the case.
  const cleaned = await cleanedFile(bytes)
  if (!cleaned) return wrong('kind')
  return changeCase(actor, { reference }, 'attach_file', now, async ({ row }, tx) => {
    const [already] = await tx.select({ n: count() }).from(attachment).where(eq(attachment.caseId, row.id))
    const fault = fileFault(bytes, already?.n ?? 0)
    if (fault) return wrong(fault)
    const called = fileName(name, cleaned.kind)
    return {
      set: {},
      line: {
        event: 'case.file_attached',
        visibility: 'public',
        certainty: 'reported',
        data: { file: called, bytes: cleaned.content.length },
      },
      also: async (within) => {
        await within.insert(attachment).values({
          caseId: row.id,
          exerciseId: row.exerciseId,
          accountId: actorId(actor) ?? 0,
          name: called,
          kind: cleaned.kind,
          size: cleaned.content.length,
          content: cleaned.content,
          at: now,
        })
      },
      value: {},
    }
  })
}

function wrong(fault: string): Refusal {
  return { ...refused('cases.invalid.form'), fields: { file: { key: `cases.invalid.file_${fault}` } } }
}

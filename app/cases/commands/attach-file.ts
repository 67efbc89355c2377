import { count, eq } from 'drizzle-orm'
import { type Actor, actorId } from '#app/_auth/actor.ts'
import { type Refusal, type Result, refused } from '#app/_doors/result.ts'
import { scan } from '#app/_doors/scan.ts'
import { attachment } from '#db/schema/attachment.ts'
import { cleanedFile } from '../cleaned-file.ts'
import { type FileFault, fileFault, fileName, isFull } from '../rules/attached-file.ts'
import { changeCase } from './change.ts'

export type AttachInput = { reference: string; name: string; bytes: Uint8Array }

/** A photo or a trace joins a case: cleaned before it is stored, seen by whoever sees the case, kept as long as retention says. */
export async function attachFile(
  actor: Actor,
  { reference, name, bytes }: AttachInput,
  now: Date,
): Promise<Result<{ version: number }>> {
  const fault = fileFault(bytes)
  if (fault) return wrong(fault)
  // Before the transaction, which holds the case: until then the file is nowhere but here.
  const found = await scan(bytes)
  if (found === 'infected' || found === 'away') return wrong(found)
  const cleaned = await cleanedFile(bytes)
  if ('fault' in cleaned) return wrong(cleaned.fault)
  return changeCase(actor, { reference }, 'attach_file', now, async ({ row }, tx) => {
    const [already] = await tx.select({ n: count() }).from(attachment).where(eq(attachment.caseId, row.id))
    if (isFull(already?.n ?? 0)) return wrong('too_many')
    const written: Record<string, unknown> = { kind: cleaned.kind, bytes: cleaned.content.length }
    return {
      set: {},
      line: {
        event: 'case.file_attached',
        visibility: 'public',
        certainty: 'reported',
        // Not what it was called: a name may be a person's, and the journal forgets nothing.
        data: written,
      },
      also: async (within) => {
        const [made] = await within
          .insert(attachment)
          .values({
            caseId: row.id,
            exerciseId: row.exerciseId,
            accountId: actorId(actor) ?? 0,
            name: fileName(name, cleaned.kind),
            kind: cleaned.kind,
            size: cleaned.content.length,
            content: cleaned.content,
            at: now,
          })
          .returning({ id: attachment.id })
        written.id = made?.id
      },
      value: {},
    }
  })
}

function wrong(fault: FileFault | 'infected' | 'away'): Refusal {
  return { ...refused('cases.invalid.form'), fields: { file: { key: `cases.invalid.file_${fault}` } } }
}

import { z } from 'zod'
import type { AccountActor } from '#app/_auth/actor.ts'
import { formAction } from './form.ts'
import type { FormState } from './form-data.ts'
import { type Result, refusedField } from './result.ts'
import { beginning } from './rules/cut.ts'
import { scan } from './scan.ts'
import { cleanText } from './text.ts'

export type Upload = { fileName: string; bytes: Uint8Array }

const pasted = z.object({ text: z.string().default('') })
type Options<Value> = Parameters<typeof formAction<typeof pasted, Value>>[2]

/** The door of an `UploadForm`: a file chosen wins over lines pasted, and is nowhere but here until it is known to be harmless. */
export function uploadAction<Value>(
  run: (actor: AccountActor, upload: Upload, now: Date) => Promise<Result<Value>>,
  options: Options<Value>,
) {
  return (before: FormState, form: FormData): Promise<FormState> => {
    const chosen = form.get('file')
    const file = chosen instanceof File && chosen.size > 0 ? chosen : null
    const door = formAction(
      pasted,
      async (actor, { text }, now) => {
        if (!file) return run(actor, { fileName: '', bytes: new TextEncoder().encode(text) }, now)
        const bytes = new Uint8Array(await file.arrayBuffer())
        const found = await scan(bytes)
        if (found === 'infected' || found === 'away')
          return refusedField('file', `cases.invalid.file_${found}`)
        return run(actor, { fileName: beginning(cleanText(file.name), 200), bytes }, now)
      },
      options,
    )
    return door(before, form)
  }
}

/** What is confirmed of a trial: `shown` is of the file and of what it met when it was shown. */
export const confirmedTrial = z.object({
  id: z.coerce.number().int().positive(),
  shown: z.string().length(64),
})

import { z } from 'zod'
import type { Capability } from '#app/_auth/rules/roles.ts'
import { formAction } from '#app/_doors/form.ts'
import type { FormState } from '#app/_doors/form-data.ts'
import { refusedField } from '#app/_doors/result.ts'
import { scan } from '#app/_doors/scan.ts'
import { cleanText } from '#app/_doors/text.ts'
import { keepUpload } from '#app/directory/commands/import.ts'
import type { UploadPurpose } from '#db/schema/upload.ts'

/** A file chosen wins over lines pasted; either is only kept aside, and tried at `path`/its number. */
export function uploadAction(purpose: UploadPurpose, may: Capability, path: string) {
  return (before: FormState, form: FormData): Promise<FormState> => {
    const chosen = form.get('file')
    const file = chosen instanceof File && chosen.size > 0 ? chosen : null
    const door = formAction(
      z.object({ text: z.string().default('') }),
      async (actor, { text }, now) => {
        const bytes = file ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(text)
        // Nowhere but here until it is known to be harmless.
        const found = file ? await scan(bytes) : 'unset'
        if (found === 'infected' || found === 'away')
          return refusedField('file', `cases.invalid.file_${found}`)
        const fileName = cleanText(file?.name ?? '').slice(0, 200)
        return keepUpload(actor, { fileName, bytes }, now, purpose)
      },
      { may, next: ({ id }) => `${path}/${id}` },
    )
    return door(before, form)
  }
}

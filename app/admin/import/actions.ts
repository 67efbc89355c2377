'use server'

import { z } from 'zod'
import { formAction } from '#app/_doors/form.ts'
import type { FormState } from '#app/_doors/form-data.ts'
import { cleanText } from '#app/_doors/text.ts'
import { importDirectory, keepUpload } from '#app/directory/commands/import.ts'

const may = 'directory.keep'
const PATH = '/admin/import'

/** A file chosen wins over lines pasted; either is only kept aside and tried. */
export async function tryImportAction(before: FormState, form: FormData): Promise<FormState> {
  const chosen = form.get('file')
  const file = chosen instanceof File && chosen.size > 0 ? chosen : null
  const door = formAction(
    z.object({ text: z.string().default('') }),
    async (actor, { text }, now) =>
      keepUpload(
        actor,
        {
          fileName: cleanText(file?.name ?? '').slice(0, 200),
          bytes: file ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(text),
        },
        now,
      ),
    { may, next: ({ id }) => `${PATH}/${id}` },
  )
  return door(before, form)
}

export const confirmImportAction = formAction(
  z.object({ id: z.coerce.number().int().positive(), shown: z.string().length(64) }),
  importDirectory,
  { may, next: ({ made, changed }) => `${PATH}?made=${made}&changed=${changed}` },
)

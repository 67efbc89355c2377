'use server'

import { z } from 'zod'
import { formAction } from '#app/_doors/form.ts'
import type { FormState } from '#app/_doors/form-data.ts'
import { importDirectory } from '#app/directory/commands/import.ts'
import { uploadAction } from './upload.ts'

const may = 'directory.keep'
const PATH = '/admin/import'

export async function tryImportAction(before: FormState, form: FormData): Promise<FormState> {
  return uploadAction('directory', may, PATH)(before, form)
}

export const confirmImportAction = formAction(
  z.object({ id: z.coerce.number().int().positive(), shown: z.string().length(64) }),
  importDirectory,
  { may, next: ({ made, changed }) => `${PATH}?made=${made}&changed=${changed}` },
)

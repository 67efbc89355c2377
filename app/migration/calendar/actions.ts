'use server'

import { z } from 'zod'
import { formAction } from '#app/_doors/form.ts'
import type { FormState } from '#app/_doors/form-data.ts'
import { uploadAction } from '#app/admin/import/upload.ts'
import { importCalendar } from '../commands/import-calendar.ts'

const may = 'migration.import'
const PATH = '/migration/calendar'

export async function tryCalendarAction(before: FormState, form: FormData): Promise<FormState> {
  return uploadAction('copper', may, PATH)(before, form)
}

export const confirmCalendarAction = formAction(
  z.object({ id: z.coerce.number().int().positive(), shown: z.string().length(64) }),
  importCalendar,
  { may, next: ({ made, changed, gone }) => `${PATH}?made=${made}&changed=${changed}&gone=${gone}` },
)

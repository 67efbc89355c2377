'use server'

import { formAction } from '#app/_doors/form.ts'
import { confirmedTrial, uploadAction } from '#app/_doors/upload.ts'
import { keepUpload } from '#app/directory/commands/import.ts'
import { importCalendar } from '../commands/import-calendar.ts'

const may = 'migration.import'
const PATH = '/migration/calendar'

export const tryCalendarAction = uploadAction((actor, file, now) => keepUpload(actor, file, now, 'copper'), {
  may,
  next: ({ id }) => `${PATH}/${id}`,
})

export const confirmCalendarAction = formAction(confirmedTrial, importCalendar, {
  may,
  next: ({ made, changed, gone }) => `${PATH}?made=${made}&changed=${changed}&gone=${gone}`,
})

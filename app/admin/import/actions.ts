'use server'

import { formAction } from '#app/_doors/form.ts'
import { confirmedTrial, uploadAction } from '#app/_doors/upload.ts'
import { giveZerosBack, importDirectory, keepUpload } from '#app/directory/commands/import.ts'

const may = 'directory.keep'
const PATH = '/admin/import'

export const tryImportAction = uploadAction((actor, file, now) => keepUpload(actor, file, now, 'directory'), {
  may,
  next: ({ id }) => `${PATH}/${id}`,
})

export const giveZerosBackAction = formAction(confirmedTrial, giveZerosBack, {
  may,
  next: ({ id }) => `${PATH}/${id}`,
})

export const confirmImportAction = formAction(confirmedTrial, importDirectory, {
  may,
  next: ({ made, changed }) => `${PATH}?made=${made}&changed=${changed}`,
})

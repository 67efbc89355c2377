'use server'

import { formAction } from '#app/_doors/form.ts'
import { confirmedTrial, uploadAction } from '#app/_doors/upload.ts'
import { keepUpload } from '#app/directory/commands/import.ts'
import { givePullKey, pullNeighbour, saveNeighbour } from './commands/neighbours.ts'
import { receiveRegister } from './commands/receive.ts'
import { draftCorrection, draftFromIncident, dropDraft, publishDraft, saveDraft } from './commands/write.ts'
import { draftInput, neighbourInput, onNeighbour, onRecord, publishInput, saveDraftInput } from './input.ts'

const may = 'register.keep'
const toRecord = ({ recordId }: { recordId: string }) => `/register/${recordId}`

export const draftAction = formAction(draftInput, draftFromIncident, { may, next: toRecord })
export const correctAction = formAction(onRecord, draftCorrection, { may, next: toRecord })
export const saveDraftAction = formAction(saveDraftInput, saveDraft, {
  may,
  next: () => ({ key: 'register.done.saved' }),
})
export const publishAction = formAction(publishInput, publishDraft, {
  may,
  next: () => ({ key: 'register.done.published' }),
})
export const dropAction = formAction(onRecord, dropDraft, { may, next: () => '/register' })
export const saveNeighbourAction = formAction(neighbourInput, saveNeighbour, {
  may,
  next: () => ({ key: 'register.done.neighbour' }),
})
export const givePullKeyAction = formAction(onNeighbour, givePullKey, {
  may,
  next: ({ key }) => ({ key: 'register.done.key', values: { key } }),
})
export const pullAction = formAction(onNeighbour, pullNeighbour, {
  may,
  next: ({ id }) => `/register/exchange/${id}`,
})
export const confirmReceiveAction = formAction(confirmedTrial, receiveRegister, {
  may,
  next: ({ count }) => `/register?received=${count}`,
})

export const tryRegisterAction = uploadAction(
  (actor, file, now) => keepUpload(actor, file, now, 'register'),
  {
    may,
    next: ({ id }) => `/register/exchange/${id}`,
  },
)

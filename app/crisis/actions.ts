'use server'

import { formAction } from '#app/_doors/form.ts'
import { answerCall } from './commands/ladder.ts'
import { answerInput } from './input.ts'

export const answerAction = formAction(answerInput, answerCall, {
  may: 'crisis.answer',
  next: () => ({ key: 'crisis.done.answered' }),
})

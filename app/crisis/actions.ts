'use server'

import { CELL_ROLES } from '#app/_auth/actor.ts'
import { formAction } from '#app/_doors/form.ts'
import { answerCall } from './commands/ladder.ts'
import { answerInput } from './input.ts'

export const answerAction = formAction(answerInput, answerCall, {
  roles: CELL_ROLES,
  next: () => ({ key: 'crisis.done.answered' }),
})

'use server'

import { formAction } from '#app/_doors/form.ts'
import { logTold, toldInput } from './commands/log-told.ts'

export const toldAction = formAction(toldInput, logTold, {
  may: 'instructions.write',
  next: () => ({ key: 'told.done.logged' }),
})

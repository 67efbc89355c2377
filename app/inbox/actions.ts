'use server'

import { z } from 'zod'
import { formAction } from '#app/_doors/form.ts'
import { markRead } from './commands/mark-read.ts'

export const markReadAction = formAction(
  z.object({
    id: z.coerce
      .number()
      .int()
      .positive()
      .nullish()
      .transform((id) => id ?? null),
  }),
  markRead,
  { may: 'inbox.read' },
)

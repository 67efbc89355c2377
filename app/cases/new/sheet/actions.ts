'use server'

import { z } from 'zod'
import { formAction } from '#app/_doors/form.ts'
import { readInSheet } from './read-in.ts'

export const readInAction = formAction(z.object({ told: z.string().max(60_000) }), readInSheet, {
  may: 'cases.work',
  next: ({ reference }) => `/cases/${reference}`,
})

'use server'

import { z } from 'zod'
import { SHEET_CHARACTERS } from '#app/_doors/body-limits.ts'
import { formAction } from '#app/_doors/form.ts'
import { readInSheet } from './read-in.ts'

export const readInAction = formAction(z.object({ told: z.string().max(SHEET_CHARACTERS) }), readInSheet, {
  may: 'cases.work',
  next: ({ reference }) => `/cases/${reference}`,
})

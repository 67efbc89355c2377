'use server'

import { z } from 'zod'
import { formAction } from '#app/_doors/form.ts'
import type { FormState } from '#app/_doors/form-data.ts'
import { readInSheet } from './read-in.ts'

const read = formAction(z.object({ told: z.string().max(60_000) }), readInSheet, {
  may: 'cases.work',
  next: ({ reference }) => `/cases/${reference}`,
})

export async function readInAction(before: FormState, form: FormData): Promise<FormState> {
  return read(before, form)
}

import type { z } from 'zod'
import { refusal } from './refusal.ts'
import { say } from './say.ts'
import { wrongFields } from './wrong-fields.ts'

/** One fault in a line for a program; what is no object at all has no field to be named by. */
export function faultOf(field: string, text: string): string {
  return field ? `${field}: ${text}` : text
}

/** What a program is answered whose body was not understood: each field with its fault, in English. */
export async function misread(issues: z.core.$ZodIssue[], said: unknown): Promise<Response> {
  const named = await Promise.all(
    Object.entries(wrongFields(issues, said)).map(
      async ([field, reason]) => [field, (await say(reason, 'en')).text] as const,
    ),
  )
  return refusal(422, {
    message: named.map(([field, text]) => faultOf(field, text)).join(' '),
    fields: Object.fromEntries(named),
  })
}

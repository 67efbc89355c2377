import { z } from 'zod'
import { requiredText } from '#app/cases/fields.ts'
import { ORGANISATION_KINDS } from '#db/schema/directory.ts'

const id = z.coerce.number().int().positive()
/** Fifty thousand lines of a number and a name. */
export const LONGEST_LIST = 800_000

export const prepareInput = z
  .object({
    instructionId: id,
    kinds: z.array(z.enum(ORGANISATION_KINDS)).default([]),
    list: z
      .string()
      .max(LONGEST_LIST, 'broadcasts.invalid.list_long')
      .nullish()
      .transform((text) => text ?? ''),
    consented: z.boolean().default(false),
    purpose: requiredText,
    /** Of one part, in cents. */
    price: z.coerce
      .number('broadcasts.invalid.price')
      .min(0, 'broadcasts.invalid.price')
      .max(100, 'broadcasts.invalid.price')
      .default(4.5),
  })
  .refine((given) => given.kinds.length > 0 || given.list.trim() !== '', {
    message: 'broadcasts.invalid.nobody',
    path: ['kinds'],
  })
  .refine((given) => given.list.trim() === '' || given.consented, {
    message: 'broadcasts.invalid.consent',
    path: ['consented'],
  })
export const moveInput = z.object({ broadcastId: id, version: id })
export const stopInput = z.object({ broadcastId: id })
export const calledInput = z.object({ recipientId: id, result: requiredText })
export const pilotsInput = z.object({
  list: z.string().max(20_000, 'broadcasts.invalid.list_long').default(''),
})
export type Input<S extends z.ZodType> = z.output<S>

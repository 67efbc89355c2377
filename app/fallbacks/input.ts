import { z } from 'zod'
import { instant, networkTest, requiredText } from '#app/cases/fields.ts'

const id = z.coerce.number().int().positive()
const needed = (key: string) => z.string({ error: key }).trim().min(1, key)

export const planInput = z.object({
  covers: needed('fallbacks.invalid.covers'),
  territoryCode: needed('fallbacks.invalid.territory'),
  organisationId: z.coerce.number('fallbacks.invalid.owner').int().positive('fallbacks.invalid.owner'),
  /** Kept apart, and never masked into uselessness. */
  phone: needed('fallbacks.invalid.phone'),
  capacity: z.coerce
    .number('fallbacks.invalid.capacity')
    .int('fallbacks.invalid.capacity')
    .min(1, 'fallbacks.invalid.capacity')
    .max(10_000, 'fallbacks.invalid.capacity'),
  reroute: z.boolean().default(false),
  probed: z.boolean().default(false),
  incident: z
    .string()
    .trim()
    .nullish()
    .transform((reference) => reference || null),
})
export const testInput = networkTest.safeExtend({ fallbackId: id })
export const openInput = z.object({ fallbackId: id, version: id, endsAt: instant })
export const moveInput = z.object({ fallbackId: id, version: id })
export const publishInput = moveInput.extend({ where: requiredText })
export const lookInput = z.object({ fallbackId: id })
export type Input<S extends z.ZodType> = z.output<S>

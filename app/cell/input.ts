import { z } from 'zod'
import { instant, optionalText, requiredText } from '#app/cases/fields.ts'
import { ON_CALL_ROLES } from '#db/schema/account.ts'
import { WAYS } from '#db/schema/crisis.ts'

const id = z.coerce.number().int().positive()

export const shiftInput = z
  .object({
    accountId: id,
    role: z.enum(ON_CALL_ROLES),
    rank: z.coerce.number().int().min(1).max(9).default(1),
    fromAt: instant,
    toAt: instant,
  })
  .refine((shift) => shift.toAt > shift.fromAt, { message: 'cell.invalid.shift_ends_before', path: ['toAt'] })
export const cancelShiftInput = z.object({ shiftId: id, reason: requiredText })
/** Without hours, all that is left of the shift changes hands. */
export const swapShiftInput = z.object({
  shiftId: id,
  accountId: id,
  fromAt: instant.nullish().transform((at) => at ?? null),
  toAt: instant.nullish().transform((at) => at ?? null),
  reason: optionalText,
})
export const wayInput = z.object({
  accountId: id,
  kind: z.enum(WAYS),
  /** As typed; the command reads a number as the directory does. */
  value: z.string().trim().min(3, 'cases.invalid.required').max(120),
})
export const sendToWayInput = z.object({ wayId: id, kind: z.enum(['way_code', 'way_test']) })
/** As read aloud: “123 456”. */
export const wayCodeInput = z.object({
  wayId: id,
  code: z
    .string('cases.invalid.required')
    .trim()
    .regex(/^\d{3} ?\d{3}$/, 'cell.invalid.code'),
})
export const verifyWayInput = z.object({ wayId: id })
/** As many as a flood shows; a key is the alarm's, not the reader's. */
export const hearInput = z.object({
  keys: z
    .array(z.string().regex(/^(?:decision|grave|promise):\d+:\d+$/))
    .min(1)
    .max(200),
})
export const signInput = z.object({ handoverId: id, suspected: optionalText })
export type Input<S extends z.ZodType> = z.infer<S>

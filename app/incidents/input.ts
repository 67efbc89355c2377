import { z } from 'zod'
import { instant, optionalText, requiredText } from '#app/cases/fields.ts'
import { maskLongNumbers } from '#app/cases/rules/masking.ts'
import { CAUSES } from '#db/reference/vocabulary.ts'
import { OUTSIDE_CAUSES } from '#db/schema/incidents.ts'

const id = z.coerce.number().int().positive()
const version = id.nullish().transform((n) => n ?? null)

export const decisionInput = z.object({
  proposalId: id,
  version,
  decision: z.enum(['accepted', 'declined', 'outside']),
  reason: optionalText,
  /** With 'outside': what explains it. */
  outsideCause: z.enum(['', ...OUTSIDE_CAUSES], 'cases.invalid.required').nullish(),
  outsideReason: optionalText.optional(),
  /** Attach to this incident instead of the one the rule chose. */
  incidentReference: z
    .string()
    .trim()
    .nullish()
    .transform((value) => value || null),
})
export const attachInput = z.object({
  incident: z.string().trim().min(1),
  case: z.string().trim().min(1, 'cases.invalid.required'),
  reason: optionalText,
})
export const declareInput = z.object({ case: z.string().trim().min(1), reason: requiredText })
export const detachInput = z.object({
  incident: z.string().trim().min(1),
  case: z.string().trim().min(1),
  reason: requiredText,
  cause: z
    .enum(CAUSES, 'cases.invalid.cause')
    .nullish()
    .transform((c) => c ?? null),
})
/** Read at a glance, in a row. */
export const MOST_OF_A_NAME = 80
export const nameInput = z.object({
  incident: z.string().trim().min(1),
  version,
  name: z
    .string()
    .trim()
    .max(MOST_OF_A_NAME, 'cases.invalid.too_long')
    .transform((text) => maskLongNumbers(text) || null)
    .nullish()
    .transform((text) => text ?? null),
})
export const mergeInput = z.object({
  incident: z.string().trim().min(1),
  into: z.string().trim().min(1, 'cases.invalid.required'),
  reason: requiredText,
})
export const splitInput = z.object({
  incident: z.string().trim().min(1),
  cases: z.array(z.string()).min(1, 'cases.invalid.required').max(500),
  /** None: an incident of their own. */
  into: z
    .string()
    .trim()
    .nullish()
    .transform((value) => value || null),
  reason: requiredText,
})
export const incidentStateInput = z.object({
  incident: z.string().trim().min(1),
  version,
  to: z.enum(['confirmed', 'restored', 'residual', 'closed']),
  text: requiredText,
  cause: z
    .enum(CAUSES)
    .nullish()
    .transform((c) => c ?? null),
  nextContactAt: instant.nullish().transform((at) => at ?? null),
})
export const incidentUpdateInput = z.object({
  incident: z.string().trim().min(1),
  text: requiredText,
  nextContactAt: instant,
})
export const residualTakenInput = z.object({
  incident: z.string().trim().min(1),
  cases: z.array(z.string()).min(1, 'cases.invalid.required'),
})
export const incidentLevelInput = z.object({
  incident: z.string().trim().min(1),
  version,
  level: z.coerce.number().int().min(1).max(4),
  reason: optionalText,
})
export type Input<S extends z.ZodType> = z.infer<S>

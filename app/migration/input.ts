import { z } from 'zod'
import { instant, optionalText, requiredText, shortOptional } from '#app/cases/fields.ts'
import { SYMPTOM_CODES } from '#db/reference/symptoms.ts'
import {
  CHECK_ANSWERS,
  CHECK_ITEMS,
  LINE_KINDS,
  LINE_POWERS,
  LINE_STAGES,
  STEP_KINDS,
  TEST_MOMENTS,
} from '#db/schema/migration.ts'

const id = z.coerce.number().int().positive()
const name = z
  .string({ error: 'migration.invalid.required' })
  .trim()
  .min(1, 'migration.invalid.required')
  .max(120, 'migration.invalid.too_long')
/** A day of the calendar, as a date field gives it; 30 February is none. */
const day = z.iso
  .date('migration.invalid.day')
  .refine((said) => said > '2000' && said < '2100', 'migration.invalid.day')
const optionalDay = day.nullish().transform((said) => said ?? null)
const count = z.coerce
  .number('migration.invalid.count')
  .int('migration.invalid.count')
  .min(0, 'migration.invalid.count')
  .max(10_000, 'migration.invalid.count')
/** The next contact; without one, what was promised stands, or the latest that the pace allows. */
const next = instant.nullish().transform((at) => at ?? null)
const onSite = z.object({ siteId: id })

export const lineInput = onSite.extend({
  id: id.nullish().transform((n) => n ?? null),
  seen: z.string().max(40).optional(),
  kind: z.enum(LINE_KINDS, 'migration.invalid.required'),
  stage: z.enum(LINE_STAGES, 'migration.invalid.required'),
  operator: shortOptional,
  path: shortOptional,
  exchange: shortOptional,
  channels: count.nullish().transform((n) => n ?? null),
  power: z.enum(LINE_POWERS).default('unknown'),
  contract: shortOptional,
  endsOn: optionalDay,
  lastTestAt: next,
})

export const moveInput = onSite.extend({
  target: requiredText,
  targetOn: optionalDay,
  ownerName: name,
  nextContactAt: next,
})

export const contactInput = onSite.extend({ said: requiredText, nextContactAt: instant })

export const stepInput = onSite
  .extend({
    id: id.nullish().transform((n) => n ?? null),
    version: id.nullish().transform((n) => n ?? null),
    kind: z.enum(STEP_KINDS, 'migration.invalid.required'),
    startsAt: instant,
    endsAt: instant,
    ownerName: name,
    wayBack: optionalText,
  })
  .refine((step) => step.endsAt > step.startsAt, { message: 'migration.invalid.order', path: ['endsAt'] })
  .refine((step) => step.kind !== 'cut_over' || step.wayBack !== null, {
    message: 'migration.invalid.way_back',
    path: ['wayBack'],
  })

const onStep = onSite.extend({ stepId: id, version: id, nextContactAt: next })
export const stepMovedInput = onStep.extend({
  to: z.enum(['under_way', 'done', 'cancelled'], 'migration.invalid.required'),
  outcome: optionalText,
})
export const stepFailedInput = onStep.extend({
  symptom: z.enum(SYMPTOM_CODES, 'migration.invalid.required'),
  outcome: requiredText,
})

export const moveTestInput = onSite
  .extend({
    stepId: id,
    moment: z.enum(TEST_MOMENTS, 'migration.invalid.required'),
    number: z.string({ error: 'migration.invalid.required' }).trim().min(1).max(12),
    network: name,
    passed: count,
    tried: count.min(1, 'migration.invalid.tried'),
    at: next,
    note: optionalText,
  })
  .refine((test) => test.passed <= test.tried, { message: 'migration.invalid.passed', path: ['passed'] })

export const blockInput = onSite.extend({ what: requiredText, waitsFor: shortOptional })
export const liftInput = onSite.extend({ blockerId: id })

export const checkInput = onSite
  .extend({
    item: z.enum(CHECK_ITEMS),
    answer: z.enum(CHECK_ANSWERS, 'migration.invalid.required'),
    proof: optionalText,
    provedOn: optionalDay,
  })
  .refine((check) => check.provedOn === null || check.proof !== null, {
    message: 'migration.invalid.proof',
    path: ['proof'],
  })

export type Input<Schema extends z.ZodType> = z.output<Schema>

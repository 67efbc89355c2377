import { z } from 'zod'
import { CAUSES, DIRECTIONS, SITE_ACCESS, TECHNOLOGIES } from '#db/reference/vocabulary.ts'
import { CHANNELS, FALLBACKS, LONG_NUMBER, PATTERNS } from '#db/schema/cases.ts'
import { CERTAINTIES } from '#db/schema/journal.ts'
import {
  codeOptional,
  instant,
  optionalCount,
  optionalText,
  requiredText,
  shortOptional,
  someTests,
  testRows,
  threeWay,
} from './fields.ts'

/** DOMAIN §3: the ten questions. Enough to send after the fifth; the rest may come later ("complete"). */
export const laterFacts = z.object({
  callingTechnology: z
    .enum(TECHNOLOGIES)
    .nullish()
    .transform((value) => value ?? null),
  callingOperator: shortOptional,
  ownLines: threeWay,
  tests: testRows.default([]),
  flowNow: optionalCount,
  flowNormal: optionalCount,
  flowWindowMin: optionalCount,
  longNumberOk: z
    .enum(LONG_NUMBER)
    .nullish()
    .transform((value) => value ?? null),
  fallback: z
    .enum(FALLBACKS)
    .nullish()
    .transform((value) => value ?? null),
  fallbackCapacity: optionalCount,
  told: optionalText,
  details: optionalText,
  victimsKnown: z.boolean().default(false),
  majorEvent: z.boolean().default(false),
  announcedWorks: z.boolean().default(false),
})

/** A report may name no number only when none is the point: nothing works, long numbers too, nothing known, all clear. */
const NUMBERLESS = ['LONG_NUMBERS_ALSO', 'SITE_ALL_DOWN', 'UNKNOWN', 'NONE']

// In the order of the questions: what is wrong is told in it.
const reportFields = z.object({
  submissionId: z.uuid('cases.invalid.submission'),
  channel: z.enum(CHANNELS).default('portal'),
  externalId: codeOptional,
  /** Telephone: whom the directory knows; null for a member of the public, a journalist, an unknown caller. */
  organisationId: z.coerce
    .number()
    .int()
    .positive()
    .nullish()
    .transform((id) => id ?? null),
  reporterKind: codeOptional,
  reporterName: shortOptional,
  reporterPost: shortOptional,
  /** As it was said, outside the failing network; the command reads it as they write in the territory. */
  callbackPhone: z
    .string()
    .trim()
    .max(60, 'cases.invalid.too_long')
    .nullish()
    .transform((typed) => typed || null),
  calledBack: z.boolean().default(false),
  heardAt: instant.nullish().transform((at) => at ?? null),
  numbers: z.array(z.string().trim().min(1).max(12)).max(20).default([]),
  symptom: z.string({ error: 'cases.invalid.symptom' }).trim().min(1, 'cases.invalid.symptom').max(40),
  symptomWords: optionalText,
  direction: z
    .enum(DIRECTIONS)
    .nullish()
    .transform((value) => value ?? null),
  sinceAt: instant.nullish().transform((at) => at ?? null),
  pattern: z
    .enum(PATTERNS)
    .nullish()
    .transform((value) => value ?? null),
  territoryCode: z
    .string({ error: 'cases.invalid.territory' })
    .trim()
    .min(1, 'cases.invalid.territory')
    .max(40),
  communeCodes: z
    .array(
      z
        .string()
        .trim()
        .regex(/^[0-9AB]{5}$/, 'cases.invalid.commune'),
    )
    .max(200)
    .default([]),
  /** As they were typed, whatever the list made of them. */
  communeWords: optionalText,
  neighbourTouched: threeWay,
  neighbourNote: optionalText,
  siteId: z.coerce
    .number()
    .int()
    .positive()
    .nullish()
    .transform((id) => id ?? null),
  siteAccess: z
    .enum(SITE_ACCESS)
    .nullish()
    .transform((value) => value ?? null),
  /** A closed case of the same organisation that this one continues (re-opened too late to keep its number). */
  reopenedFrom: codeOptional,
  ...laterFacts.shape,
})

export const reportInput = reportFields.refine(
  ({ numbers, symptom }) => numbers.length > 0 || NUMBERLESS.includes(symptom),
  {
    message: 'cases.invalid.numbers',
    path: ['numbers'],
    // Told with the other faults, not after they are mended.
    when: ({ value }) => Array.isArray((value as { numbers?: unknown } | undefined)?.numbers),
  },
)
export type ReportInput = z.infer<typeof reportInput>
export type ReportDraft = z.input<typeof reportInput>

/** The version its author had on the screen; absent where nothing could be overtaken. */
const version = z.coerce
  .number()
  .int()
  .positive()
  .nullish()
  .transform((n) => n ?? null)
const onCase = z.object({ reference: z.string().trim().min(1), version })

export const acknowledgeInput = onCase.extend({
  nextContactAt: instant.nullish().transform((at) => at ?? null),
})
export const assignInput = onCase.extend({
  teamId: z.coerce
    .number()
    .int()
    .positive()
    .nullish()
    .transform((id) => id ?? null),
  assigneeId: z.coerce
    .number()
    .int()
    .positive()
    .nullish()
    .transform((id) => id ?? null),
  reason: optionalText,
})
export const claimInput = onCase.extend({ takeOver: z.boolean().default(false) })
export const levelInput = onCase.extend({
  level: z.coerce.number().int().min(1).max(4),
  reason: optionalText,
})
export const testsInput = onCase.extend({
  tests: someTests,
  text: optionalText,
  factAt: instant.nullish().transform((at) => at ?? null),
})
export const diagnoseInput = onCase.extend({ text: requiredText })
export const workaroundInput = onCase.extend({
  text: requiredText,
  fallback: z.enum(FALLBACKS).default('active'),
  nextContactAt: instant,
})
/** Public words and the hour of the next contact: both required, an update without a promise is no update. */
export const updateInput = onCase.extend({ text: requiredText, nextContactAt: instant })
export const noteInput = onCase.extend({
  text: requiredText,
  certainty: z
    .enum(CERTAINTIES)
    .nullish()
    .transform((c) => c ?? null),
})
export const completeInput = onCase.extend({ facts: laterFacts })
export const answerInput = onCase.extend({ text: requiredText })
/** Read as they write in the territory of the case, by the command. */
export const requiredPhone = z
  .string({ error: 'cases.invalid.callback' })
  .trim()
  .min(1, 'cases.invalid.callback')
  .max(60, 'cases.invalid.too_long')
export const callbackInput = onCase.extend({ callbackPhone: requiredPhone })
export const neighbourInput = onCase.extend({ touched: z.enum(['yes', 'no', 'unknown']), text: requiredText })
export const attachInput = onCase
/** An authority's: words, tests, or both. */
export const observeInput = onCase
  .extend({ text: optionalText, tests: testRows.default([]) })
  .refine(({ text, tests }) => text !== null || tests.length > 0, {
    message: 'cases.invalid.required',
    path: ['text'],
  })
export const duplicateInput = onCase.extend({
  of: z.string().trim().min(1, 'cases.invalid.required'),
  reason: requiredText,
})
export const detachInput = onCase.extend({ reason: requiredText })
export const waitInput = onCase.extend({ text: requiredText, nextContactAt: instant })
export const restoreInput = onCase.extend({
  text: requiredText,
  restoredAt: instant.nullish().transform((at) => at ?? null),
  nextContactAt: instant,
})
export const confirmInput = onCase.extend({ tests: someTests, text: optionalText, saidBy: shortOptional })
export const stillFailingInput = onCase.extend({ text: requiredText, tests: testRows.default([]) })
export const attemptInput = onCase.extend({ text: requiredText, nextContactAt: instant })
export const closeInput = onCase.extend({ cause: z.enum(CAUSES, 'cases.invalid.cause'), text: optionalText })
export const reopenInput = onCase.extend({
  reason: requiredText,
  nextContactAt: instant.nullish().transform((at) => at ?? null),
})
export const outOfScopeInput = onCase.extend({ reason: requiredText })
export const verifyInput = onCase.extend({ text: optionalText })
export const releaseInput = onCase

export type Input<S extends z.ZodType> = z.infer<S>

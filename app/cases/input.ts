import { z } from 'zod'
import { CHANNELS, FALLBACKS } from '#db/schema/cases.ts'
import { maskLongNumbers } from './rules/masking.ts'

/** Messages are keys (cases.invalid.*): the form puts them in the reader's language. */
const LONGEST_TEXT = 4000

export const freeText = z
  .string()
  .trim()
  .max(LONGEST_TEXT, 'cases.invalid.too_long')
  .transform(maskLongNumbers)
export const optionalText = freeText
  .transform((text) => text || null)
  .nullish()
  .transform((text) => text ?? null)
export const requiredText = z
  .string({ error: 'cases.invalid.required' })
  .trim()
  .min(1, 'cases.invalid.required')
  .max(LONGEST_TEXT, 'cases.invalid.too_long')
  .transform(maskLongNumbers)

const shortText = z.string().trim().max(200, 'cases.invalid.too_long')
const shortOptional = shortText
  .transform((text) => text || null)
  .nullish()
  .transform((text) => text ?? null)
const count = z.coerce
  .number('cases.invalid.number')
  .int('cases.invalid.number')
  .min(0, 'cases.invalid.number')
  .max(100_000, 'cases.invalid.number')
const optionalCount = count.nullish().transform((n) => n ?? null)
export const instant = z.coerce.date('cases.invalid.date')
const threeWay = z
  .enum(['yes', 'no', 'unknown'])
  .nullish()
  .transform((value) => value ?? null)

/** Digits only, 10 of them (or an international number): the number to call back, outside the failing network. */
export const phoneNumber = z
  .string()
  .trim()
  .transform((typed) =>
    typed
      .replace(/[\s.\-()/]/g, '')
      .replace(/^\+33/, '0')
      .replace(/^0033/, '0'),
  )
  .pipe(z.string().regex(/^(0[1-9]\d{8}|\+\d{8,15}|\d{2,6})$/, 'cases.invalid.phone'))

export const TECHNOLOGIES = ['copper', 'box', 'volte', '3g', '2g', 'trunk', 'satellite', 'unknown'] as const
export const SITE_ACCESS = ['rtc', 'sip', 'mixed', 'unknown'] as const
export const DIRECTIONS = ['into_centre', 'out_of_caller', 'out_of_centre'] as const

export const testRow = z
  .object({
    passed: count,
    tried: count.min(1, 'cases.invalid.tried'),
    windowMin: optionalCount,
    number: shortOptional,
    technology: z
      .enum(TECHNOLOGIES)
      .nullish()
      .transform((value) => value ?? null),
    operator: shortOptional,
    at: instant.nullish().transform((at) => at ?? null),
  })
  .refine((test) => test.passed <= test.tried, {
    message: 'cases.invalid.passed_over_tried',
    path: ['passed'],
  })
export type TestRow = z.infer<typeof testRow>

export const testRows = z.array(testRow).max(50, 'cases.invalid.too_many')
export const someTests = testRows.min(1, 'cases.invalid.tests_needed')

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
    .enum(['yes', 'no', 'not_tried'])
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
export type LaterFacts = z.infer<typeof laterFacts>

export const reportInput = laterFacts.extend({
  submissionId: z.uuid('cases.invalid.submission'),
  channel: z.enum(CHANNELS).default('portal'),
  /** Telephone: whom the directory knows; null for a member of the public, a journalist, an unknown caller. */
  organisationId: z.coerce
    .number()
    .int()
    .positive()
    .nullish()
    .transform((id) => id ?? null),
  reporterKind: shortOptional,
  reporterName: shortOptional,
  reporterPost: shortOptional,
  callbackPhone: phoneNumber.nullish().transform((value) => value ?? null),
  calledBack: z.boolean().default(false),
  heardAt: instant.nullish().transform((at) => at ?? null),
  numbers: z.array(z.string().trim().min(1).max(12)).min(1, 'cases.invalid.numbers').max(20),
  symptom: z.string({ error: 'cases.invalid.symptom' }).trim().min(1, 'cases.invalid.symptom').max(40),
  symptomWords: optionalText,
  direction: z
    .enum(DIRECTIONS)
    .nullish()
    .transform((value) => value ?? null),
  sinceAt: instant.nullish().transform((at) => at ?? null),
  pattern: z
    .enum(['continuous', 'random', 'unknown'])
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
  reopenedFrom: shortOptional,
})
export type ReportInput = z.infer<typeof reportInput>
export type ReportDraft = z.input<typeof reportInput>

import { z } from 'zod'
import { TECHNOLOGIES } from '#db/reference/vocabulary.ts'
import { maskLongNumbers } from './rules/masking.ts'

/** Messages are keys (cases.invalid.*): the form puts them in the reader's language. */
const LONGEST_TEXT = 4000

const freeText = z.string().trim().max(LONGEST_TEXT, 'cases.invalid.too_long').transform(maskLongNumbers)
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
/** A name, a post, an operator: whoever has no other place for a number writes it there. */
export const shortOptional = shortText
  .transform((text) => maskLongNumbers(text) || null)
  .nullish()
  .transform((text) => text ?? null)
/** A code of somebody's own: never read as a number to dial. */
export const codeOptional = shortText
  .transform((text) => text || null)
  .nullish()
  .transform((text) => text ?? null)
const count = z.coerce
  .number('cases.invalid.number')
  .int('cases.invalid.number')
  .min(0, 'cases.invalid.number')
  .max(100_000, 'cases.invalid.number')
export const optionalCount = count.nullish().transform((n) => n ?? null)

/** No failure is older than the service's memory, none is promised for the next century: outside, a year was mistyped. */
const FIRST_HOUR = new Date('2000-01-01T00:00:00Z')
const LAST_HOUR = new Date('2100-01-01T00:00:00Z')

export function isSane(hour: Date): boolean {
  return hour >= FIRST_HOUR && hour < LAST_HOUR
}

/** `new Date` would take 30 February for 2 March, and an hour without its zone for one of the server. */
const written = z.iso.datetime({ offset: true })

export const instant = z.preprocess(
  (said) => (written.safeParse(said).success ? new Date(String(said)) : said),
  z.date('cases.invalid.date').refine(isSane, 'cases.invalid.date_far'),
)
export const threeWay = z
  .enum(['yes', 'no', 'unknown'])
  .nullish()
  .transform((value) => value ?? null)

const isPossible = (test: { passed: number; tried: number }) => test.passed <= test.tried
const OVER_TRIED = { message: 'cases.invalid.passed_over_tried', path: ['passed'] }

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
  .refine(isPossible, OVER_TRIED)
export type TestRow = z.infer<typeof testRow>

/** Calls from one network, named as whoever tried it calls it. */
export const networkTest = z
  .object({
    network: requiredText.pipe(z.string().max(80, 'cases.invalid.too_long')),
    passed: count,
    tried: count.min(1, 'cases.invalid.tried').max(1_000, 'cases.invalid.number'),
  })
  .refine(isPossible, OVER_TRIED)

export const testRows = z.array(testRow).max(50, 'cases.invalid.too_many')
export const someTests = testRows.min(1, 'cases.invalid.tests_needed')

import { z } from 'zod'
import { NUMBERS } from '#db/reference/numbers.ts'
import { TECHNOLOGIES } from '#db/reference/vocabulary.ts'
import { LEAST_EVERY_S, MOST_EVERY_S, MOST_PER_HOUR } from './rules/agreement.ts'

const text = (most: number) =>
  z
    .string('supervision.invalid.missing')
    .trim()
    .min(1, 'supervision.invalid.missing')
    .max(most, 'supervision.invalid.too_long')
const optional = (most: number) =>
  z
    .string()
    .trim()
    .max(most, 'supervision.invalid.too_long')
    .nullish()
    .transform((said) => said || null)
const id = z.coerce
  .number('supervision.invalid.choose')
  .int('supervision.invalid.choose')
  .positive('supervision.invalid.choose')
const hour = z.coerce
  .number('supervision.invalid.hour')
  .int('supervision.invalid.hour')
  .min(0, 'supervision.invalid.hour')
  .max(23, 'supervision.invalid.hour')
const day = z.iso.date('supervision.invalid.day')
const box = z
  .enum(['true', 'on'])
  .optional()
  .transform((said) => said !== undefined)
const number = z.enum(NUMBERS.map((one) => one.number) as [string, ...string[]], 'supervision.invalid.choose')

export const PROBE_NAME = /^[a-z0-9][a-z0-9._-]{1,39}$/

export const probeInput = z.object({
  name: z
    .string('supervision.invalid.missing')
    .trim()
    .toLowerCase()
    .regex(PROBE_NAME, 'supervision.invalid.probe_name'),
  territoryCode: text(12),
  operator: text(60),
  technology: z.enum(TECHNOLOGIES, 'supervision.invalid.choose'),
})

/** A SIP address or a number in international form: what sipp can dial. */
const DESTINATION = /^(?:sips?:)?[\w.+~*-]{1,64}(?:@[\w.-]{1,120}(?::\d{1,5})?)?$/

export const agreementInput = z.object({
  organisationId: id,
  number,
  destination: z
    .string('supervision.invalid.missing')
    .trim()
    .regex(DESTINATION, 'supervision.invalid.destination'),
  emergencyItself: box,
  agreedBy: text(120),
  agreedOn: day,
  writtenAs: optional(120),
  until: z
    .string()
    .refine((said) => said === '' || day.safeParse(said).success, 'supervision.invalid.day')
    .optional()
    .transform((said) => said || null),
  fromHour: hour.default(0),
  toHour: hour.default(0),
  contact: text(200),
  mostPerHour: z.coerce
    .number('supervision.invalid.per_hour')
    .int('supervision.invalid.per_hour')
    .min(1, 'supervision.invalid.per_hour')
    .max(MOST_PER_HOUR, 'supervision.invalid.per_hour'),
})
export const agreementIdInput = z.object({ agreementId: id })

export const planInput = z.object({
  agreementId: id,
  probeId: id,
  everyMin: z.coerce
    .number('supervision.invalid.every')
    .int('supervision.invalid.every')
    .min(LEAST_EVERY_S / 60, 'supervision.invalid.every')
    .max(MOST_EVERY_S / 60, 'supervision.invalid.every'),
})
export const unplanInput = z.object({ agreementId: id, probeId: id })
export const probeIdInput = z.object({ probeId: id })

/** How many calls a batch may tell of. */
export const MOST_RESULTS = 50_000

/** `POST /api/v1/probes/results`. Each line is judged by itself (rules/result-line.ts): here only that there are lines. */
export const batchInput = z.object({
  probe: z
    .string('supervision.line.probe')
    .trim()
    .min(1, 'supervision.line.probe')
    .max(40, 'supervision.line.probe'),
  results: z.array(z.unknown(), 'supervision.line.results').max(MOST_RESULTS, 'supervision.line.too_many'),
  /** All of them or none; else the good ones are kept. */
  allOrNone: z.boolean('supervision.line.all_or_none').default(false),
  /** What the runner cannot do, in its words; absent: it can. */
  trouble: z
    .string()
    .trim()
    .max(300)
    .nullish()
    .transform((said) => said || null),
})

export const runnerInput = z.object({ probe: batchInput.shape.probe })
export type Input<Schema extends z.ZodType> = z.output<Schema>

export const COUNT_COLUMNS = [
  'source',
  'number',
  'territory',
  'from',
  'to',
  'attempts',
  'seizures',
  'answers',
] as const
/** `POST /api/v1/probes/counts`; each line is judged by itself (rules/count-line.ts). */
export const countsInput = z.object({
  counts: z.array(z.unknown(), 'supervision.line.results').max(MOST_RESULTS, 'supervision.line.too_many'),
  allOrNone: batchInput.shape.allOrNone,
})

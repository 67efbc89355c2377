import { z } from 'zod'
import { LABELS } from '#db/schema/register.ts'
import { ANONYMITY_FIELDS } from './rules/anonymity.ts'
import { KEY } from './rules/envelope.ts'
import {
  CIRAS,
  CONFIDENCES,
  DETECTORS,
  EXTENTS,
  FAMILIES,
  HELD,
  NETWORKS,
  PRECISIONS,
  ROLES,
  WORKS,
} from './rules/record.ts'

const id = z.coerce.number().int().positive()
const recordId = z.string().trim().min(1).max(100)
const words = z
  .string()
  .trim()
  .max(2000, 'register.invalid.too_long')
  .nullish()
  .transform((said) => said || null)
const minutes = z.coerce
  .number('register.invalid.minutes')
  .int('register.invalid.minutes')
  .min(0, 'register.invalid.minutes')
  .max(527_040, 'register.invalid.minutes')
  .nullish()
  .transform((n) => n ?? null)
const count = z.coerce
  .number('register.invalid.count')
  .int('register.invalid.count')
  .min(0, 'register.invalid.count')
  .max(1e9, 'register.invalid.count')
  .nullish()
  .transform((n) => n ?? null)
/** One a line. */
const lines = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split('\n')
      .map((one) => one.trim())
      .filter(Boolean),
  )
const moment = z.object({
  at: z
    .string()
    .trim()
    .nullish()
    .transform((said) => said || null),
  precision: z.enum(PRECISIONS),
})

export const draftInput = z.object({ reference: z.string().trim().min(1).max(40) })
export const onRecord = z.object({ recordId })
export const publishInput = z.object({ recordId, edits: id })

export const saveDraftInput = z.object({
  recordId,
  edits: id,
  tlp: z.enum(LABELS, 'register.invalid.required'),
  anonymised: z.array(z.enum(ANONYMITY_FIELDS)).default([]),
  incidentReference: z.string().nullish(),
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, 'register.invalid.country'),
  operator: z.object({ name: words, role: z.enum(ROLES) }),
  numbers: z
    .string({ error: 'register.invalid.numbers' })
    .transform((text) => [...new Set(text.split(/[\s,;·]+/).filter(Boolean))])
    .pipe(
      z
        .array(z.string().regex(/^[0-9]{2,6}$/, 'register.invalid.numbers'))
        .min(1, 'register.invalid.numbers')
        .max(20),
    ),
  territory: z.object({ words, extent: z.enum(EXTENTS), zone: words }),
  networks: z.array(z.enum(NETWORKS)).default([]),
  times: z.object({ began: moment, ended: moment }),
  durationMin: minutes,
  // A part of which nothing was filled in does not come at all.
  impact: z
    .object({
      failedCalls: count,
      sharePct: z.coerce
        .number('register.invalid.share')
        .min(0)
        .max(100, 'register.invalid.share')
        .nullish()
        .transform((n) => n ?? null),
      people: count,
      words,
    })
    .prefault({}),
  detection: z.object({ by: z.enum(DETECTORS), afterMin: minutes, words }),
  authorities: z.object({ informedAfterMin: minutes, words }).prefault({}),
  works: z.enum(WORKS),
  cause: z.object({
    family: z.enum(FAMILIES),
    ciras: z.enum(CIRAS),
    thirdParty: z.boolean().default(false),
    words,
  }),
  fallback: z.object({ held: z.enum(HELD), words }),
  consequence: words,
  learned: words,
  confidence: z.enum(CONFIDENCES),
  /** `impact.failedCalls : pourquoi`, one a line. */
  doubts: lines.pipe(
    z.array(
      z.string().transform((said, context) => {
        const [, field, why] = /^([\w.]{1,60})\s*:\s*(.+)$/.exec(said) ?? []
        if (field && why) return { field, why }
        context.addIssue({ code: 'custom', message: 'register.invalid.doubt' })
        return z.NEVER
      }),
    ),
  ),
  sources: lines,
})

export const neighbourInput = z.object({
  id: id.nullish().transform((n) => n ?? null),
  name: z.string({ error: 'register.invalid.required' }).trim().min(1, 'register.invalid.required').max(120),
  publicKey: z.string({ error: 'register.invalid.required' }).trim().regex(KEY, 'register.invalid.key'),
  pullAddress: z
    .string()
    .trim()
    .max(500)
    .nullish()
    .transform((said) => said || null),
  active: z.boolean().default(false),
})
export const onNeighbour = z.object({ id })
export type Input<Schema extends z.ZodType> = z.output<Schema>

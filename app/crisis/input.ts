import { z } from 'zod'
import { instant, optionalText, requiredText } from '#app/cases/fields.ts'
import { AUDIENCES } from './rules/audiences.ts'

const id = z.coerce.number().int().positive()
const version = id.nullish().transform((n) => n ?? null)

export const answerInput = z.object({ callId: id })
export const cellStateInput = z.object({
  to: z.enum(['permanent_watch', 'heightened_watch', 'crisis', 'leaving_crisis', 'stand_by']),
  why: requiredText,
  toldTo: z.array(requiredText).default([]),
})
/** Numbers meant to be dialled: masking them, as everywhere else, would leave the reader without any. */
const dialled = z
  .string()
  .trim()
  .max(4000, 'cases.invalid.too_long')
  .transform((text) => text || null)
  .nullish()
  .transform((text) => text ?? null)

const noticeBody = z.object({
  changes: optionalText,
  causeStatus: z.enum(['known', 'supposed', 'unknown']).default('unknown'),
  cause: optionalText,
  action: optionalText,
  instruction: dialled,
  fallback: dialled,
  estimate: optionalText,
  contact: dialled,
  text: optionalText,
  annexes: z.record(z.string(), z.string()).default({}),
  audiences: z
    .partialRecord(z.enum(AUDIENCES), z.string().trim().max(4000, 'cases.invalid.too_long'))
    .optional(),
  services: z.boolean().optional(),
})
export const draftInput = z.object({
  kind: z.enum(['authority_notice', 'situation_report']),
  incident: z.string().trim().min(1),
})
export const issueInput = z.object({
  noticeId: id,
  version,
  body: noticeBody,
  nextAt: instant,
  organisationIds: z.array(id).min(1, 'crisis.invalid.recipients'),
})
/** What was checked is one version: without it there is nothing to send. */
export const sendInput = z.object({ noticeId: id, version: id })
export const acknowledgeNoticeInput = z.object({ noticeId: id })
export const callInput = z.object({
  /** Of a call task (queries.ts). */
  who: z.string().regex(/^(?:organisation|account):[1-9]\d{0,14}$/),
  reached: z.boolean(),
  result: optionalText,
  by: optionalText,
})
export type Input<S extends z.ZodType> = z.infer<S>

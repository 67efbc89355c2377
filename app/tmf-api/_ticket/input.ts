import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isSane, requiredText, testRows } from '#app/cases/fields.ts'
import { readFilters } from './filters.ts'
import { STATUSES } from './status.ts'

/** Longest list of tickets in one answer. */
export const MOST = 200

/** Of a role that we know it says which number fails where; any other is kept and given back. */
const entity = z.object({
  id: z.string().trim().min(1).max(40),
  role: z.string().max(40),
  name: z.string().max(200).optional(),
  '@referredType': z.string().max(80).optional(),
})
const note = z.object({ text: requiredText })
const hour = z.iso
  .datetime({ offset: true, error: 'cases.invalid.date' })
  .transform((at) => new Date(at))
  .refine(isSane, 'cases.invalid.date_far')

/** TroubleTicket_Create, with what our own @type adds: the symptom, the hour, the tests. */
export const createInput = z.object({
  description: z.string({ error: 'cases.invalid.required' }),
  // Required by the contract; the level of a case is computed from its facts, never from what is asked.
  severity: z.string({ error: 'cases.invalid.required' }).max(40),
  ticketType: z.string({ error: 'cases.invalid.required' }).max(80),
  externalId: z.string().trim().min(1).max(120).nullish(),
  relatedEntity: z.array(entity).max(250).default([]),
  note: z.array(note).max(20).default([]),
  symptom: z.string().max(40).default('UNKNOWN'),
  failingSince: hour.nullish(),
  callbackPhone: z.string().max(30).nullish(),
  test: testRows.default([]),
})
export type CreateInput = z.output<typeof createInput>

/** TroubleTicket_Update: words, a status that its author may ask for, tests, and (the cell) the next contact. */
export const updateInput = z
  .object({
    note: z.array(note).max(20).default([]),
    status: z.enum(STATUSES).nullish(),
    statusChangeReason: z.string().nullish(),
    nextContactDate: hour.nullish(),
    test: testRows.default([]),
  })
  .strict()
export type UpdateInput = z.output<typeof updateInput>

/** EventSubscriptionInput: where, and of what (asked.ts). */
export const hubInput = z.object({
  callback: z.string({ error: 'cases.invalid.required' }).trim().min(1, 'cases.invalid.required').max(500),
  query: z
    .string()
    .max(1000)
    .nullish()
    .transform((query) => query ?? ''),
})
export type HubInput = z.output<typeof hubInput>

const page = z.object({
  fields: z.string().max(400).optional(),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(MOST).default(50),
  sort: z.enum(['creationDate', '-creationDate'], 'cases.invalid.tmf_sort').default('-creationDate'),
})

/** TMF630: a page of the list, and any attribute of a ticket as a condition. One that cannot be asked is refused by name. */
export const listInput = page.catchall(z.string().max(400)).transform((asked, context) => {
  const { fields, offset, limit, sort, ...conditions } = asked
  const { filters, wrong } = readFilters(conditions as Record<string, string>)
  for (const { name, key } of wrong) context.addIssue({ code: 'custom', message: key, path: [name] })
  return { fields, offset, limit, sort, filters }
})
export const oneInput = z.object({ fields: z.string().max(400).optional() })

/** The same externalId of the same account is the same submission: sent twice, it makes one case (invariant 1). */
export function submissionOf(accountId: number, externalId: string | null | undefined): string {
  if (!externalId) return crypto.randomUUID()
  const hex = createHash('sha256').update(`${accountId}:${externalId}`).digest('hex')
  // RFC 9562, version 8: bits of our own choosing.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

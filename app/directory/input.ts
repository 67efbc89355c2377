import { z } from 'zod'
import { ORGANISATION_KINDS } from '#db/schema/directory.ts'

export const SITE_ACCESSES = ['rtc', 'sip', 'mixed', 'unknown'] as const

const id = z.coerce.number('directory.invalid.choice').int().positive()
const name = z.string().trim().min(1, 'forms.required').max(200)
/** What the page showed: somebody else's change in between is a conflict, never overwritten (invariant 4). */
const seen = z.string().max(40).optional()
/** As typed: the command reads it as they write in the organisation's territory. */
const phone = z
  .string()
  .trim()
  .max(60)
  .optional()
  .transform((text) => text || null)

export const organisationInput = z.object({
  id: id.optional(),
  seen,
  name,
  kind: z.enum(ORGANISATION_KINDS, 'directory.invalid.kind'),
  territoryCode: z.string('forms.required').trim().max(12),
  /** Codes whose cases it sees as an authority, as a person types them: “59 62”. */
  sees: z
    .string()
    .max(2000)
    .default('')
    .transform((text) => [...new Set(text.split(/[\s,;|]+/).filter(Boolean))]),
})

export const postInput = z.object({ id: id.optional(), seen, organisationId: id, name })

export const contactInput = z.object({
  id: id.optional(),
  seen,
  organisationId: id,
  postId: id.optional().transform((value) => value ?? null),
  name,
  phone,
  email: z
    .email('directory.invalid.email')
    .max(254)
    .optional()
    .transform((value) => value?.toLowerCase() ?? null),
  callBack: z.boolean().default(false),
})

export const siteInput = z.object({
  id: id.optional(),
  seen,
  organisationId: id,
  name,
  territoryCode: z.string('forms.required').trim().max(12),
  /** As typed: a name, a postcode, an Insee code; the command finds which. */
  communeCode: z
    .string()
    .trim()
    .max(120)
    .optional()
    .transform((value) => value || null),
  access: z.enum(SITE_ACCESSES, 'directory.invalid.access'),
  operator: z
    .string()
    .trim()
    .max(120)
    .optional()
    .transform((value) => value || null),
  numbers: z.array(z.string().max(12)).max(30).default([]),
})

export const activeInput = z.object({
  kind: z.enum(['organisation', 'post', 'contact', 'site']),
  id,
  active: z.enum(['true', 'false']).transform((text) => text === 'true'),
})

export type Input<Schema extends z.ZodType> = z.output<Schema>

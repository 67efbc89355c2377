import { z } from 'zod'
import { requiredText } from '#app/cases/fields.ts'
import { draftInput, issueInput } from '#app/crisis/input.ts'
import { INCIDENT_KINDS } from './kinds.ts'

export const draftForm = draftInput.extend({ kind: z.enum(INCIDENT_KINDS) })

/** Annexes come as rows, a territory and its text each: a code is no name of a field. */
const annexRows = z
  .array(z.object({ code: z.string().max(80), text: z.string().trim().max(4000).nullish() }))
  .default([])
  .transform((rows) =>
    Object.fromEntries(rows.flatMap(({ code, text }) => (text ? [[code, text] as const] : []))),
  )

/** The sentence that is read first: without it nothing is sent. */
const essential = z
  .string({ error: 'sitreps.invalid.text' })
  .trim()
  .min(1, 'sitreps.invalid.text')
  .pipe(requiredText)

export const issueForm = z.object({
  ...issueInput.shape,
  organisationIds: z.array(z.coerce.number().int().positive()).default([]),
  body: z.object({
    ...issueInput.shape.body.shape,
    text: essential,
    annexes: annexRows,
    services: z.boolean().default(false),
  }),
})

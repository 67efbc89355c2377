import { z } from 'zod'
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

export const issueForm = z.object({
  ...issueInput.shape,
  organisationIds: z.array(z.coerce.number().int().positive()).default([]),
  body: z.object({ ...issueInput.shape.body.shape, annexes: annexRows }),
})

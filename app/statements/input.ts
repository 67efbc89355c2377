import { z } from 'zod'
import { instant, requiredText } from '#app/cases/fields.ts'
import { STATEMENT_AUDIENCES } from '#db/schema/statement.ts'

const id = z.coerce.number().int().positive()

export const draftInput = z.object({
  incident: z.string().trim().min(1),
  audience: z.enum(STATEMENT_AUDIENCES, 'statements.invalid.audience'),
  territoryCode: z
    .string({ error: 'instructions.invalid.territory' })
    .trim()
    .min(1, 'instructions.invalid.territory'),
  text: requiredText,
  nextAt: instant,
  embargoUntil: instant.nullish().transform((at) => at ?? null),
})
export const moveInput = z.object({ statementId: id, version: id })
/** Who said it to whom. */
export const givenInput = z.object({ statementId: id, by: requiredText, to: requiredText })
export const pageInput = z.object({ incident: z.string().trim().min(1) })
export type Input<S extends z.ZodType> = z.output<S>

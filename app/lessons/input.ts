import { z } from 'zod'
import { codeOptional, optionalText, requiredText } from '#app/cases/fields.ts'

const id = z.coerce.number().int().positive()
const optionalId = id.nullish().transform((n) => n ?? null)

export const lessonInput = z.object({
  id: optionalId,
  version: optionalId,
  recommendation: requiredText,
  ownerName: z
    .string({ error: 'lessons.invalid.required' })
    .trim()
    .min(1, 'lessons.invalid.required')
    .max(120),
  dueOn: z.iso
    .date('lessons.invalid.day')
    .refine((day) => day > '2000' && day < '2100', 'lessons.invalid.day'),
  incidentReference: codeOptional,
  recordId: codeOptional,
  drillId: codeOptional,
})
export const proveInput = z.object({ id, version: id, proof: optionalText, exerciseId: optionalId })
export const closeInput = z.object({ id, version: id, to: z.enum(['closed', 'open']) })
export type Input<Schema extends z.ZodType> = z.output<Schema>

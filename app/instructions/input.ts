import { z } from 'zod'
import { instant, networkTest, requiredText, shortOptional } from '#app/cases/fields.ts'
import { CALLERS } from '#db/schema/instruction.ts'

const id = z.coerce.number().int().positive()
const MOST_OF_A_SLOT = 600
/** Words for the public: a number in them is meant to be dialled, and is not masked. What is blank is refused by the rule. */
const words = z
  .string()
  .nullish()
  .transform((text) => (text ?? '').trim().replace(/\s+/g, ' '))
  .pipe(z.string().max(MOST_OF_A_SLOT, 'instructions.invalid.slot_long'))

const scope = {
  failing: z.string({ error: 'instructions.invalid.number' }).trim().min(1, 'instructions.invalid.number'),
  callers: z.enum(CALLERS, 'instructions.invalid.callers'),
  operator: shortOptional,
  territoryCode: z
    .string({ error: 'instructions.invalid.territory' })
    .trim()
    .min(1, 'instructions.invalid.territory'),
}
const text = {
  slots: z.preprocess(
    (given) => given ?? {},
    z.object({ who: words, fails: words, where: words, todo: words, until: words }),
  ),
  allClear: words,
  endsAt: instant,
}

export const draftInput = z.object({
  ...scope,
  ...text,
  incident: z
    .string()
    .trim()
    .nullish()
    .transform((reference) => reference || null),
})
export const reviseInput = z.object({ instructionId: id, version: id, ...text })
export const testInput = networkTest.safeExtend({ instructionId: id })
export const askInput = z.object({
  instructionId: id,
  version: id,
  actors: z.array(id).default([]),
  authorities: z.array(id).default([]),
})
export const answerInput = z
  .object({
    instructionId: id,
    textVersion: id,
    answer: z.enum(['agreed', 'refused'], 'instructions.invalid.answer'),
    reason: shortOptional,
  })
  .refine((said) => said.answer === 'agreed' || said.reason !== null, {
    message: 'instructions.invalid.reason',
    path: ['reason'],
  })
/** Said on the telephone: who said it, and that he was called back on the number of the directory. */
export const callInput = z
  .object({
    askedId: id,
    result: requiredText,
    answer: z
      .enum(['agreed', 'refused', 'none'], 'instructions.invalid.answer')
      .transform((said) => (said === 'none' ? null : said)),
    by: shortOptional,
    calledBack: z.boolean().default(false),
  })
  .refine((said) => said.answer === null || said.by !== null, {
    message: 'instructions.invalid.by',
    path: ['by'],
  })
  .refine((said) => said.answer === null || said.calledBack, {
    message: 'instructions.invalid.called_back',
    path: ['calledBack'],
  })
export const moveInput = z.object({ instructionId: id, version: id })
export const endInput = moveInput.extend({ reason: requiredText })
export type Input<S extends z.ZodType> = z.output<S>

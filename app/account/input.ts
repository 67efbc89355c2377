import { z } from 'zod'

export const profileInput = z.object({
  name: z.string('forms.required').trim().min(1, 'forms.required').max(120, 'cases.invalid.too_long'),
  postId: z.coerce
    .number()
    .int()
    .positive()
    .nullish()
    .transform((id) => id ?? null),
  /** As they write it where the organisation is; the command reads it. */
  phone: z
    .string()
    .trim()
    .max(60, 'cases.invalid.too_long')
    .nullish()
    .transform((typed) => typed || null),
  locale: z.enum(['fr', 'en']),
})
export type ProfileInput = z.infer<typeof profileInput>

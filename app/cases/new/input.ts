import { z } from 'zod'
import { reportInput } from '../input.ts'
import { SINCE_CHOICES } from './since.ts'

/** The report as the form sends it: with the quick answers to "since when", and who calls when the directory knows nobody. */
export const reportForm = reportInput.and(
  z.object({
    since: z
      .enum(SINCE_CHOICES)
      .nullish()
      .transform((choice) => choice ?? null),
  }),
)

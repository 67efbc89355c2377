import { z } from 'zod'
import { optionalText } from '../fields.ts'
import { reportInput, requiredPhone } from '../input.ts'
import { SINCE_CHOICES } from './since.ts'

/** What the form has more than the report: the quick answers to "since when", and communes typed, not picked. */
const asTyped = {
  since: z
    .enum(SINCE_CHOICES)
    .nullish()
    .transform((choice) => choice ?? null),
  communeText: optionalText,
  /** Seen that the list has none of that name: the words alone are sent. */
  communeAsSaid: z.boolean().default(false),
}

/** The report as the form sends it: nobody is left without a number to be called back at. */
export const reportForm = reportInput.safeExtend({ ...asTyped, callbackPhone: requiredPhone })

/** Member of the public, journalist, unknown caller: told what to do, and never called back. */
export const redirectedForm = reportInput.safeExtend({
  ...asTyped,
  reporterKind: z.enum(['citizen', 'media', 'unknown_caller']),
})

import { z } from 'zod'
import { readFilters } from '#app/cases/_queue/filters.ts'
import { isSane } from '#app/cases/fields.ts'
import { DELIVERY_STATES } from '#db/schema/notification.ts'

const format = z.enum(['csv', 'jsonl']).default('csv')
const word = z.string().trim().max(120).optional()
const hour = z.iso
  .datetime({ offset: true, error: 'cases.invalid.date' })
  .transform((at) => new Date(at))
  .refine(isSane, 'cases.invalid.date_far')
  .optional()
const span = { from: hour, until: hour }

/** The filters of /cases, by the names they have in its address; what the page passes over in silence is refused here. */
export const casesExport = z
  .strictObject({
    format,
    ...{ q: word, level: word, state: word, number: word, territory: word, organisation: word, team: word },
    ...{ overdue: word, mine: word, unassigned: word, residual: word, closed: word },
  })
  .transform(({ format, ...asked }, context) => {
    const filters = readFilters(asked)
    for (const [name, typed] of Object.entries(asked))
      if (typed && !['0', 'false'].includes(typed) && !filters[name as keyof typeof filters])
        context.addIssue({ code: 'custom', message: 'cases.invalid.export_filter', path: [name] })
    return { format, filters }
  })
/** Tests of the cases that the same filters mean. */
export const testsExport = casesExport
export const messagesExport = z.strictObject({
  format,
  reference: word,
  channel: word,
  state: z.enum(DELIVERY_STATES).optional(),
  ...span,
})
export const journalExport = z.strictObject({ format, reference: word, event: word, ...span })

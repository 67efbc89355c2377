import { z } from 'zod'
import { LONGEST_NAME, MOST_FIELDS, readForm } from '#app/_doors/form-data.ts'
import { done, type Result } from '#app/_doors/result.ts'
import { understood } from '#app/_doors/wrong-fields.ts'
import { fromLocalInput } from '#app/_i18n/time.ts'
import { writtenHour } from '../rules/written-hour.ts'
import { reportForm } from './input.ts'

/** A report that waited on a device for a way to come (public/service-worker.js): by itself, or on a sheet that is read in. */
export const keptReport = z.object({
  /** The name of this sending: whatever way it comes, and however often, it is one case. */
  id: z.uuid(),
  /** Whose it is and in which world it was written (`ownerKey`). */
  owner: z.string().regex(/^\d{1,15}(:\d{1,15})?$/),
  writtenAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  /** The form as it was filled in: as much as it could have sent itself, and what is too long in it is said beside its field. */
  entries: z.array(z.tuple([z.string().max(LONGEST_NAME), z.string()])).max(MOST_FIELDS),
})

type Answers = { answers: z.output<typeof reportForm>; writtenAt: Date }

/** The answers as the form's own door would have read them; and when they were written. */
export function answersOf(
  { id, writtenAt, entries }: z.output<typeof keptReport>,
  now: Date,
): Result<Answers> {
  const hour = writtenHour(writtenAt, now)
  if (!hour.ok) return hour
  const form = new FormData()
  for (const [name, value] of entries) if (name !== 'submissionId') form.append(name, value)
  form.append('submissionId', id)
  const { input } = readForm(form, fromLocalInput)
  const read = understood(reportForm, input)
  return read.ok ? done({ answers: read.value, writtenAt: hour.value }) : read
}

'use server'

import { z } from 'zod'
import { formAction } from '#app/_doors/form.ts'
import { queuePath, readFilters } from './_queue/filters.ts'
import { acknowledgeCase } from './commands/acknowledge.ts'
import { claimCase } from './commands/claim.ts'
import { deleteView, saveView } from './commands/saved-view.ts'

/** A button of a row: 'acknowledge:2026-000012-3:4', the version being the one on the screen. */
const rowAct = z.object({
  act: z
    .string()
    .regex(/^(acknowledge|claim):[\w-]+:\d+$/)
    .transform((text) => {
      const [what, reference = '', version] = text.split(':')
      return { what: what as 'acknowledge' | 'claim', reference, version: Number(version) }
    }),
})

export const actFromQueue = formAction(
  rowAct,
  async (actor, { act: { what, reference, version } }, now) =>
    what === 'claim'
      ? claimCase(actor, { reference, version: null, takeOver: false }, now)
      : acknowledgeCase(actor, { reference, version, nextContactAt: null }, now),
  {
    may: 'cases.work',
    next: (_, { act }) => ({ key: `queue.done.${act.what}`, values: { reference: act.reference } }),
  },
)

export const saveViewAction = formAction(
  z.object({
    name: z.string({ error: 'queue.views.name_needed' }).trim().min(1, 'queue.views.name_needed').max(60),
    query: z.string().max(500).default(''),
  }),
  saveView,
  {
    may: 'cases.work',
    next: (_, { query }) => queuePath(readFilters(Object.fromEntries(new URLSearchParams(query)))),
  },
)

export const deleteViewAction = formAction(z.object({ id: z.coerce.number().int().positive() }), deleteView, {
  may: 'cases.work',
  next: () => '/cases',
})

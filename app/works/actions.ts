'use server'

import { z } from 'zod'
import { readCsv } from '#app/_doors/csv.ts'
import { formAction } from '#app/_doors/form.ts'
import { refusedField } from '#app/_doors/result.ts'
import { uploadAction } from '#app/_doors/upload.ts'
import { announceOne, announceWorks, cancelWorks } from './commands/announce.ts'
import { CSV_COLUMNS, linesOfCsv, MOST_LINES, worksForm } from './input.ts'

const may = 'works.announce'

export const announceAction = formAction(worksForm, announceOne, {
  may,
  next: () => ({ key: 'works.done.announced' }),
})

export const cancelWorksAction = formAction(
  z.object({ worksId: z.coerce.number().int().positive() }),
  cancelWorks,
  {
    may,
    next: () => ({ key: 'works.done.cancelled' }),
  },
)

export const importWorksAction = uploadAction(
  async (actor, { bytes }, now) => {
    const read = readCsv(bytes, CSV_COLUMNS, MOST_LINES)
    if (!read.ok) return refusedField('text', read.key, { line: read.line })
    const told = await announceWorks(actor, linesOfCsv(read.rows), now)
    const [first] = told.ok ? told.value.refused : []
    if (told.ok && first && told.value.announced + told.value.changed + told.value.known === 0)
      return refusedField('text', 'works.csv.first_wrong', {
        line: first.line,
        field: first.field,
        count: told.value.refused.length,
      })
    return told
  },
  {
    may,
    next: ({ announced, changed, known, refused }) => ({
      key: 'works.done.imported',
      values: {
        announced,
        changed,
        known,
        refused: refused.length,
        lines: refused.map(({ line, field }) => `${line} (${field})`).join(', ') || '–',
      },
    }),
  },
)

import type { z } from 'zod'
import { type AccountActor, sideOf } from '#app/_auth/actor.ts'
import { budgetOf } from '#app/_doors/budget.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { type Reported, reportCase } from '../commands/report.ts'
import type { reportForm } from './input.ts'
import { placesSaid } from './places-said.ts'
import { sinceAt } from './since.ts'

/**
 * The ten questions as a person answered them, made into a report. `writtenAt`: when they were answered, where that is not
 * when they arrive (kept on a device without a network): "for ten minutes" is counted from there. `sheetOf`: whose sending it is
 * that the cell reads in.
 */
export async function sendAnswers(
  actor: AccountActor,
  { since, communeText, communeAsSaid, ...input }: z.output<typeof reportForm>,
  now: Date,
  { writtenAt = null, sheetOf = null }: { writtenAt?: Date | null; sheetOf?: number | null } = {},
): Promise<Result<Reported>> {
  const said = communeText ? await placesSaid(actor, communeText, input.territoryCode) : null
  // Nobody is there to choose among homonyms when it comes by itself: the words are kept.
  if (said?.fault && !communeAsSaid && !writtenAt)
    return { ...refused('cases.invalid.form'), fields: { communeCodes: said.fault } }
  return reportCase(
    actor,
    // Who signs in is the portal, who answers calls is the telephone: never what the form says.
    {
      ...input,
      communeCodes: [...new Set([...input.communeCodes, ...(said?.codes ?? [])])],
      communeWords: communeText,
      channel: sideOf(actor) === 'cell' ? 'phone' : 'portal',
      sinceAt: sinceAt(since, input.sinceAt, writtenAt ?? now),
      heardAt: writtenAt ?? input.heardAt,
      content: { ...input, since, communeText, submissionId: null },
      // Not in its content: read in or sent by its device, it says the same.
      ...(sheetOf !== null && { sheetOf, organisationId: sheetOf, calledBack: false }),
      budget: sideOf(actor) === 'cell' ? [] : await budgetOf(actor, 'report_on_web'),
    },
    now,
  )
}

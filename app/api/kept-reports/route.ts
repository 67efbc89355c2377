import { ownerKey } from '#app/_auth/actor.ts'
import { apiDoor } from '#app/_doors/api.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { answersOf, keptReport } from '#app/cases/new/kept.ts'
import { sendAnswers } from '#app/cases/new/send.ts'

/** What waited on a device, when a way is back. An exercise's report never becomes a real one. */
export const POST = apiDoor(
  keptReport,
  async (actor, kept, now): Promise<Result<{ reference: string }>> => {
    if (kept.owner !== ownerKey(actor)) return refused('offline.refused.world')
    const read = answersOf(kept, now)
    if (!read.ok) return read
    const sent = await sendAnswers(actor, read.value.answers, now, read.value)
    return sent.ok ? done({ reference: sent.value.reference }) : sent
  },
  { may: 'cases.report', scope: 'report', session: true },
)

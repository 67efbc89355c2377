import { type Actor, exerciseOf } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { asActor } from '#db/transaction.ts'
import { changeHeld, see, type Target } from './change.ts'
import { releaseAttached } from './release-attached.ts'

/**
 * A case of an exercise is taken back, whatever came of it: out of scope from there on, those attached to it go on by themselves,
 * and its lines stay with one that says so, since no line of the journal is ever taken away. A real case is never taken back.
 */
export function withdrawCase(actor: Actor, { reference }: Target, now: Date): Promise<Result<null>> {
  return asActor(actor, async (tx) => {
    const seen = await see(tx, actor, reference, now, 'to_change')
    if (!seen) return refused('cases.refused.absent')
    if (exerciseOf(actor) === null) return refused('cases.refused.never_deleted')
    if (!seen.viewer.works) return refused('cases.refused.cell_only')
    await changeHeld(tx, actor, seen.row, 'out_of_scope', now, {
      // Said again under the same key, it is a new case, at once.
      set: { claimedById: null, claimedUntil: null, duplicateOfId: null, submissionContent: 'withdrawn' },
      line: { event: 'case.withdrawn', visibility: 'public', data: { was: seen.row.state } },
    })
    await releaseAttached(tx, actor, seen.row, 'out_of_scope', now)
    return done(null)
  })
}

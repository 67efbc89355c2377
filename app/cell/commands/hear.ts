import { type Actor, exerciseOf, may } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { alarmHeard } from '#db/schema/crisis.ts'
import { asActor } from '#db/transaction.ts'
import type { hearInput, Input } from '../input.ts'

/** Somebody of the room has heard: these alarms sound no more, in any browser. It answers none of what they are about. */
export function hearAlarms(
  actor: Actor,
  input: Input<typeof hearInput>,
  now: Date,
): Promise<Result<{ heard: number }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind !== 'account' || !may(actor, 'cases.work')) return refused('cell.refused.absent')
    const made = { exerciseId: exerciseOf(actor), at: now, byId: actor.accountId, byName: actor.name }
    const heard = await tx
      .insert(alarmHeard)
      .values(input.keys.map((key) => ({ ...made, key })))
      .onConflictDoNothing()
      .returning({ key: alarmHeard.key })
    if (heard.length > 0)
      await append(tx, actor, {
        chain: 'alarms',
        at: now,
        event: 'alarm.heard',
        visibility: 'internal',
        data: { count: heard.length, keys: heard.map(({ key }) => key) },
      })
    return { ok: true, value: { heard: heard.length } }
  })
}

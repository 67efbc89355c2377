import type { AccountActor } from '#app/_auth/actor.ts'
import { done, type Result } from '#app/_doors/result.ts'
import { notificationChoice } from '#db/schema/notification.ts'
import { inReality } from '#db/transaction.ts'
import { CHOSEN_TOPICS, type ChosenTopic } from '../rules/choice.ts'

/** What a person wants to be told, of what may be left out. His own matter alone, so no journal line. */
export function chooseTold(
  actor: AccountActor,
  { told }: { told: ChosenTopic[] },
): Promise<Result<{ quiet: number }>> {
  const quiet = CHOSEN_TOPICS.filter((topic) => !told.includes(topic))
  return inReality(actor, async (tx) => {
    await tx
      .insert(notificationChoice)
      .values({ accountId: actor.accountId, quiet })
      .onConflictDoUpdate({ target: notificationChoice.accountId, set: { quiet } })
    return done({ quiet: quiet.length })
  })
}

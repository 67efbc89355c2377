import { sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { changedFields } from '#app/directory/commands/administer.ts'
import { phoneReason, readPhone } from '#app/directory/rules/phone.ts'
import { asOneself } from '#app/sign-in/oneself.ts'
import type { ProfileInput } from '../input.ts'
import { readProfile } from '../queries.ts'

/** One's own name, post, number and language; role and organisation stay the administrator's. The journal says which, not what. */
export async function changeProfile(
  actor: AccountActor,
  input: ProfileInput,
  now: Date,
): Promise<Result<{ changed: number }>> {
  const before = await readProfile(actor)
  if (!before) return refused('directory.refused.absent')
  const { phone = null, fault } = input.phone ? readPhone(input.phone, before.territoryCode) : {}
  if (fault) return { ...refused('forms.to_correct'), fields: { phone: phoneReason(fault) } }
  const after = { ...input, phone }
  const changed = changedFields(before, after)
  if (changed.length === 0) return done({ changed: 0 })
  return asOneself(actor, now, async (tx, write) => {
    await tx.execute(
      sql`select app.change_own(${after.name}, ${after.postId}::bigint, ${after.phone}, ${after.locale})`,
    )
    await write('account.changed', { by: 'oneself', fields: changed })
    return done({ changed: changed.length })
  })
}

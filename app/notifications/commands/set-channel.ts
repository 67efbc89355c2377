import { eq } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { machine } from '#app/_auth/actor.ts'
import { done, type Result } from '#app/_doors/result.ts'
import { administer, writeDown } from '#app/directory/commands/administer.ts'
import { channelProof } from '#db/schema/notification.ts'
import { setting } from '#db/schema/reference.ts'
import { asActor } from '#db/transaction.ts'
import { type ChannelName, type ChannelSettings, isBlank } from '../channels/settings.ts'

/**
 * How a channel leaves the house, or that it does not: a channel of which nothing is set is none. The journal holds that it was
 * changed and why, never an address of the network; what it failed by before says nothing of what it is now.
 */
export async function setChannel<Name extends ChannelName>(
  actor: Actor,
  name: Name,
  { settings, reason }: { settings: ChannelSettings[Name]; reason: string },
  now: Date,
): Promise<Result<{ set: boolean }>> {
  const key = `channel.${name}`
  const set = !isBlank(settings)
  const result = await administer(actor, 'settings.keep', async (tx, admin) => {
    if (set)
      await tx
        .insert(setting)
        .values({ key, value: settings })
        .onConflictDoUpdate({ target: setting.key, set: { value: settings } })
    else await tx.delete(setting).where(eq(setting.key, key))
    await writeDown(tx, admin, 'settings', 'setting.changed', { key, to: set, reason }, now)
    return done({ set })
  })
  if (result.ok)
    await asActor(machine('settings'), (tx) =>
      tx.update(channelProof).set({ error: null, failures: 0 }).where(eq(channelProof.channel, name)),
    )
  return result
}

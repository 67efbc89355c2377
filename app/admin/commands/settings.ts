import { inArray } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { done, type Result } from '#app/_doors/result.ts'
import { SETTING_DEFAULTS, type SettingKey } from '#app/cell/settings.ts'
import { administer, writeDown } from '#app/directory/commands/administer.ts'
import { setting } from '#db/schema/reference.ts'
import type { Input, settingsInput } from '../input.ts'

/** The number on every page and the name of the house: what is said aloud, so each change is written down with both values and why. */
export function changeSettings(
  actor: Actor,
  { reason, ...input }: Input<typeof settingsInput>,
  now: Date,
): Promise<Result<{ changed: number }>> {
  return administer(actor, 'settings.keep', async (tx, admin) => {
    const keys = Object.keys(SETTING_DEFAULTS) as SettingKey[]
    const rows = await tx.select().from(setting).where(inArray(setting.key, keys))
    const before = new Map(rows.map((row) => [row.key, row.value]))
    const changed = keys.filter((key) => (before.get(key) ?? SETTING_DEFAULTS[key]) !== input[key])
    for (const key of changed) {
      await tx
        .insert(setting)
        .values({ key, value: input[key] })
        .onConflictDoUpdate({ target: setting.key, set: { value: input[key] } })
      const from = before.get(key) ?? SETTING_DEFAULTS[key]
      await writeDown(tx, admin, 'settings', 'setting.changed', { key, from, to: input[key], reason }, now)
    }
    return done({ changed: changed.length })
  })
}

import { eq, inArray } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { HOTLINE_CALLED, type HotlineCall, SETTING_DEFAULTS, type SettingKey } from '#app/cell/settings.ts'
import { administer, writeDown } from '#app/directory/commands/administer.ts'
import { setting } from '#db/schema/reference.ts'
import type { hotlineCalledInput, Input, settingsInput } from '../input.ts'

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

/** Somebody called the number and the cell answered: until then, and after each change, it is only a number that was typed. */
export function confirmHotline(
  actor: Actor,
  { number }: Input<typeof hotlineCalledInput>,
  now: Date,
): Promise<Result<null>> {
  return administer(actor, 'settings.keep', async (tx, admin) => {
    const [row] = await tx.select().from(setting).where(eq(setting.key, 'hotline_phone')).for('share')
    if (number !== (row?.value ?? SETTING_DEFAULTS.hotline_phone))
      return refused('accounts.refused.hotline_other')
    const name = admin.kind === 'account' ? admin.name : admin.kind
    const value: HotlineCall = { number, at: now.toISOString(), name }
    await tx
      .insert(setting)
      .values({ key: HOTLINE_CALLED, value })
      .onConflictDoUpdate({ target: setting.key, set: { value } })
    await writeDown(tx, admin, 'settings', 'setting.hotline_called', { number }, now)
    return done(null)
  })
}

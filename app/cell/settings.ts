import { sql } from 'drizzle-orm'
import { cache } from 'react'
import { within } from '#app/_doors/within.ts'
import { FIRST_HOTLINE, keepHotline, lastHotline } from '#app/_shell/last-hotline.ts'
import { appDb } from '#db/client.ts'

/** What an administrator sets for the whole house. */
export const SETTING_DEFAULTS = {
  /** The hotline's telephone number, as it is read aloud: on every page of a reporter. Fictional range until it is set. */
  hotline_phone: FIRST_HOTLINE,
  operator_name: 'Opérateur de démonstration',
} as const
/** Which number was called and answered, when and by whom: another number since then is not confirmed. */
export const HOTLINE_CALLED = 'hotline_called'
export type HotlineCall = { number: string; at: string; name: string }

export type SettingKey = keyof typeof SETTING_DEFAULTS

/** A page without its number is worse than a page with the number of yesterday. */
const PATIENCE_MS = 2_000
const lastKnown = new Map<SettingKey, string>()

/** Read once per request; a database that does not answer, or hangs, must not hide the number to call: the last one read. */
export const getSetting = cache(async (key: SettingKey): Promise<string> => {
  try {
    // Open to everybody, so no actor: one statement on every page, not a transaction.
    const [row] = await within(
      PATIENCE_MS,
      appDb().execute<{ value: unknown }>(sql`select value from setting where key = ${key}`),
    )
    const value = typeof row?.value === 'string' ? row.value : SETTING_DEFAULTS[key]
    lastKnown.set(key, value)
    if (key === 'hotline_phone') keepHotline(value)
    return value
  } catch {
    if (key === 'hotline_phone') return lastHotline()
    return lastKnown.get(key) ?? SETTING_DEFAULTS[key]
  }
})

export function getHotlinePhone(): Promise<string> {
  return getSetting('hotline_phone')
}

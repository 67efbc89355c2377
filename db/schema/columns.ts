import { bigint, timestamp } from 'drizzle-orm/pg-core'

/** Internal identity: never shown, never in a URL of a case. */
export const identity = () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

export const reference = () => bigint({ mode: 'number' })

/** UTC instant. Local time is a matter of display (app/_i18n/time.ts). */
export const instant = () => timestamp({ withTimezone: true, mode: 'date' })

/** Invariant 9: which exercise made the row; null is the real world. */
export const exerciseId = () => bigint({ mode: 'number' })

import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { session } from '#db/schema/account.ts'
import { asActor } from '#db/transaction.ts'

export type OwnSession = {
  id: string
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
  userAgent: string | null
}

/** One's own sessions that are still good, the latest seen first. */
export function ownSessions(actor: AccountActor, now: Date): Promise<OwnSession[]> {
  return asActor(actor, (tx) =>
    tx
      .select({
        id: session.id,
        createdAt: session.createdAt,
        lastSeenAt: session.lastSeenAt,
        expiresAt: session.expiresAt,
        userAgent: session.userAgent,
      })
      .from(session)
      .where(
        and(
          eq(session.accountId, actor.accountId),
          isNull(session.revokedAt),
          sql`${session.expiresAt} > ${now.toISOString()}::timestamptz`,
        ),
      )
      .orderBy(desc(session.lastSeenAt)),
  )
}

/** 'Firefox, Linux' from what the browser says of itself; null when it says nothing known. */
export function deviceName(userAgent: string | null): string | null {
  const find = (names: [RegExp, string][]) => names.find(([sign]) => sign.test(userAgent ?? ''))?.[1]
  const browser = find(BROWSERS)
  const system = find(SYSTEMS)
  return [browser, system].filter(Boolean).join(', ') || null
}

// The order matters: each of the later ones is also claimed by the earlier.
const BROWSERS: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'macOS'],
  [/Linux|X11/, 'Linux'],
]

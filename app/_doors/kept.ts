import { and, eq, sql } from 'drizzle-orm'
import { decode, encode } from 'next-auth/jwt'
import { cookieName, secret } from '#app/_auth/cookie.ts'
import { keptForm, session } from '#db/schema/account.ts'
import { asActor } from '#db/transaction.ts'
import { KEPT_MS } from './forget-kept.ts'
import type { Typed } from './form-data.ts'

/**
 * What was typed in a form whose session ended, without JavaScript: the page cannot be drawn any more, so the server
 * keeps it an hour for the next sign-in of the same person in the same browser. Whichever process answers finds it; nobody
 * reads it in the database, where it was not yet masked as a report is.
 */
export type Kept = { path: string; form: string; values: Typed }

/** Says that this browser has something kept: the others are not asked about at every form. */
export const keptCookieName = () => cookieName('kept')
/** The largest form of ours (body-limits.ts): nothing that could be sent is lost. */
const LARGEST = 1_048_576
const DOOR = { kind: 'door' } as const

/** `sessionId` is known to its browser alone, whether the session still lives or not. False when there is nothing to keep it by. */
export async function keep(sessionId: string, { path, form, values }: Kept, now: Date): Promise<boolean> {
  if (JSON.stringify(values).length > LARGEST) return false
  const typed = { path, form, typed: await sealTyped(values), keptAt: now }
  return asActor(DOOR, async (tx) => {
    const [known] = await tx.select({ id: session.id }).from(session).where(eq(session.id, sessionId))
    if (!known) return false
    await tx
      .insert(keptForm)
      .values({ sessionId, ...typed })
      .onConflictDoUpdate({ target: keptForm.sessionId, set: typed })
    return true
  })
}

/** From the session that ended to the one just opened, when both are one person's; otherwise it is forgotten. */
export async function handOver(from: string, to: string): Promise<void> {
  if (from === to) return
  await asActor(DOOR, async (tx) => {
    const [kept] = await tx.delete(keptForm).where(eq(keptForm.sessionId, from)).returning()
    if (!kept) return
    const holders = await tx
      .selectDistinct({ accountId: session.accountId })
      .from(session)
      .where(sql`${session.id} in (${from}, ${to})`)
    if (holders.length === 1) await tx.insert(keptForm).values({ ...kept, sessionId: to })
  })
}

/** Given back once, to the form it was typed in. */
export async function takeBack(
  sessionId: string,
  { path, form }: Omit<Kept, 'values'>,
  now: Date,
): Promise<Typed | null> {
  const own = and(eq(keptForm.sessionId, sessionId), eq(keptForm.path, path), eq(keptForm.form, form))
  const [taken] = await asActor(DOOR, (tx) => tx.delete(keptForm).where(own).returning())
  return taken && now.getTime() - taken.keptAt.getTime() <= KEPT_MS ? unsealTyped(taken.typed) : null
}

// Its own salt: what is sealed here opens no session.
const SALT = 'kept form'

function sealTyped(values: Typed): Promise<string> {
  return encode({ token: { values }, secret: secret(), salt: SALT, maxAge: (2 * KEPT_MS) / 1000 })
}

async function unsealTyped(sealed: string): Promise<Typed | null> {
  try {
    return ((await decode({ token: sealed, secret: secret(), salt: SALT }))?.values as Typed) ?? null
  } catch {
    // Sealed by another secret.
    return null
  }
}

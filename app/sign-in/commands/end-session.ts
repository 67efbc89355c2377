import { and, eq, isNull, ne, type SQL } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import type { EventName } from '#app/_journal/events.ts'
import { session } from '#db/schema/account.ts'
import { asOneself } from '../oneself.ts'

/** Signs out: ends the session that asks. Already ended is as good. */
export async function signOut(
  actor: AccountActor,
  input: { sessionId: string },
  now: Date,
): Promise<Result<number>> {
  return end(actor, eq(session.id, input.sessionId), 'account.signed_out', now)
}

/** Ends one session of one's own, on another machine for instance. */
export async function revokeSession(
  actor: AccountActor,
  input: { sessionId: string },
  now: Date,
): Promise<Result<number>> {
  const ended = await end(actor, eq(session.id, input.sessionId), 'account.session_revoked', now)
  return ended.ok && ended.value === 0 ? refused('auth.sessions.gone') : ended
}

/** Ends every session of one's own but the one that asks. */
export async function revokeOtherSessions(
  actor: AccountActor,
  input: { sessionId: string },
  now: Date,
): Promise<Result<number>> {
  return end(actor, ne(session.id, input.sessionId), 'account.session_revoked', now)
}

async function end(actor: AccountActor, which: SQL, event: EventName, now: Date): Promise<Result<number>> {
  return asOneself(actor, now, async (tx, write) => {
    const ended = await tx
      .update(session)
      .set({ revokedAt: now })
      .where(and(eq(session.accountId, actor.accountId), isNull(session.revokedAt), which))
      .returning({ id: session.id })
    if (ended.length > 0) await write(event, { sessions: ended.length })
    return done(ended.length)
  })
}

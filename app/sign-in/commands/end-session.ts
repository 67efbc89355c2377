import { and, eq, isNull, ne, type SQL } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import type { EventName } from '#app/_journal/events.ts'
import { session } from '#db/schema/account.ts'
import { asActor } from '#db/transaction.ts'

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
  // One's account is of the real world, whatever exercise is open in the browser.
  const self: AccountActor = { ...actor, exerciseId: null }
  return asActor(self, async (tx) => {
    const ended = await tx
      .update(session)
      .set({ revokedAt: now })
      .where(and(eq(session.accountId, self.accountId), isNull(session.revokedAt), which))
      .returning({ id: session.id })
    if (ended.length > 0)
      await append(tx, self, {
        chain: `account:${self.accountId}`,
        event,
        visibility: 'internal',
        at: now,
        data: { sessions: ended.length },
      })
    return done(ended.length)
  })
}

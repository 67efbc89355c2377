import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { checkNothing, checkPassphrase, hashPassphrase } from '#app/_auth/passphrase.ts'
import { foldPassphrase } from '#app/_auth/rules/fold-passphrase.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { account, passphrase, session } from '#db/schema/account.ts'
import { asActor } from '#db/transaction.ts'
import { admit, forgive, keyOfChange } from '../attempts.ts'
import { guessesOf } from '../guesses.ts'
import { findHolder, holderOf } from '../holder.ts'
import { passphraseVerdict } from '../rules/passphrase.ts'
import { isStrongAsked } from '../rules/strength.ts'
import { ownLine } from './passkeys.ts'

/** The first one of whoever was invited: none is asked before it. It is enough for whoever is asked nothing stronger. */
export async function choosePassphrase(
  actor: AccountActor,
  { wanted: typed, sessionId }: { wanted: string; sessionId: string },
  now: Date,
): Promise<Result<null>> {
  const self: AccountActor = { ...actor, exerciseId: null }
  const [wanted, about] = [foldPassphrase(typed), [self.email, self.name]]
  const verdict = passphraseVerdict(wanted, about, guessesOf(wanted, about))
  if (verdict) return { ...refused('auth.passphrase.refused'), fields: { wanted_passphrase: verdict } }
  const made = await hashPassphrase(typed)
  return asActor(self, async (tx) => {
    const mine = and(
      eq(session.id, sessionId),
      eq(session.accountId, self.accountId),
      eq(session.method, 'invitation'),
      isNull(session.revokedAt),
    )
    if ((await tx.$count(session, mine)) === 0) return refused('auth.forbidden')
    await tx.execute(sql`select app.set_passphrase(${self.accountId}, ${made}, ${now.toISOString()})`)
    await append(tx, self, ownLine(self, 'account.passphrase_set', { by: 'oneself' }, now))
    const who = await findHolder(tx, eq(account.id, self.accountId))
    if (who && !isStrongAsked(holderOf(who))) await tx.update(session).set({ confined: false }).where(mine)
    return done(null)
  })
}

export type ChangePassphraseInput = {
  present: string
  wanted: string
  /** The session that asks stays open; the others end. */
  sessionId: string
  secret: string
}

/** Changes one's own passphrase; the present one is asked, and guessing it is held like a sign-in. */
export async function changePassphrase(
  actor: AccountActor,
  input: ChangePassphraseInput,
  now: Date,
): Promise<Result<null>> {
  const self: AccountActor = { ...actor, exerciseId: null }
  const [wanted, about] = [foldPassphrase(input.wanted), [self.email, self.name]]
  const verdict = passphraseVerdict(wanted, about, guessesOf(wanted, about))
  if (verdict) return { ...refused('auth.passphrase.refused'), fields: { wanted_passphrase: verdict } }

  const keys = [keyOfChange(self.accountId, input.secret)]
  const { until, hash } = await asActor({ kind: 'door' }, async (tx) => {
    const [row] = await tx.select().from(passphrase).where(eq(passphrase.accountId, self.accountId))
    return { ...(await admit(tx, keys, now)), hash: row?.hash }
  })
  if (until) return refused('auth.wait', { until: until.toISOString() })
  const right = hash ? await checkPassphrase(hash, input.present) : await checkNothing(input.present)
  if (!right) return refusedField('present_passphrase', 'auth.passphrase.wrong')

  const made = await hashPassphrase(input.wanted)
  await asActor({ kind: 'door' }, (tx) => forgive(tx, keys, now))
  return asActor(self, async (tx) => {
    await tx.execute(sql`select app.set_passphrase(${self.accountId}, ${made}, ${now.toISOString()})`)
    await tx
      .update(session)
      .set({ revokedAt: now })
      .where(
        and(
          eq(session.accountId, self.accountId),
          isNull(session.revokedAt),
          ne(session.id, input.sessionId),
        ),
      )
    await append(tx, self, {
      chain: `account:${self.accountId}`,
      event: 'account.passphrase_set',
      visibility: 'internal',
      at: now,
      data: { by: 'oneself' },
    })
    return done(null)
  })
}

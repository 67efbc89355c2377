import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { checkNothing, checkPassphrase, hashPassphrase } from '#app/_auth/passphrase.ts'
import { foldPassphrase } from '#app/_auth/rules/fold-passphrase.ts'
import { done, type Refusal, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { account, passphrase, session } from '#db/schema/account.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { admit, forgive, keyOfChange } from '../attempts.ts'
import { guessesOf } from '../guesses.ts'
import { findHolder, holderOf } from '../holder.ts'
import { asOneself } from '../oneself.ts'
import { passphraseVerdict } from '../rules/passphrase.ts'
import { isStrongAsked } from '../rules/strength.ts'

/** The first one of whoever was invited: none is asked before it. It is enough for whoever is asked nothing stronger. */
export async function choosePassphrase(
  actor: AccountActor,
  { wanted, sessionId }: { wanted: string; sessionId: string },
  now: Date,
): Promise<Result<null>> {
  const wrong = judge(wanted, actor)
  if (wrong) return wrong
  const hash = await hashPassphrase(wanted)
  const { accountId } = actor
  return asOneself(actor, now, async (tx, write) => {
    const mine = and(
      eq(session.id, sessionId),
      eq(session.accountId, accountId),
      eq(session.method, 'invitation'),
      isNull(session.revokedAt),
    )
    if ((await tx.$count(session, mine)) === 0) return refused('auth.forbidden')
    await setPassphrase(tx, accountId, hash, now)
    await write('account.passphrase_set', { by: 'oneself' })
    const who = await findHolder(tx, eq(account.id, accountId))
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
  { present, wanted, sessionId, secret }: ChangePassphraseInput,
  now: Date,
): Promise<Result<null>> {
  const wrong = judge(wanted, actor)
  if (wrong) return wrong

  const { accountId } = actor
  const keys = [keyOfChange(accountId, secret)]
  const { until, hash } = await asActor({ kind: 'door' }, async (tx) => {
    const [row] = await tx.select().from(passphrase).where(eq(passphrase.accountId, accountId))
    return { ...(await admit(tx, keys, now)), hash: row?.hash }
  })
  if (until) return refused('auth.wait', { until: until.toISOString() })
  const right = hash ? await checkPassphrase(hash, present) : await checkNothing(present)
  if (!right) return refusedField('present_passphrase', 'auth.passphrase.wrong')

  const made = await hashPassphrase(wanted)
  await asActor({ kind: 'door' }, (tx) => forgive(tx, keys, now))
  return asOneself(actor, now, async (tx, write) => {
    await setPassphrase(tx, accountId, made, now)
    const others = and(eq(session.accountId, accountId), isNull(session.revokedAt), ne(session.id, sessionId))
    await tx.update(session).set({ revokedAt: now }).where(others)
    await write('account.passphrase_set', { by: 'oneself' })
    return done(null)
  })
}

function judge(typed: string, { email, name }: AccountActor): Refusal | null {
  const [wanted, about] = [foldPassphrase(typed), [email, name]]
  const verdict = passphraseVerdict(wanted, about, guessesOf(wanted, about))
  return verdict && { ...refused('auth.passphrase.refused'), fields: { wanted_passphrase: verdict } }
}

async function setPassphrase(tx: Tx, accountId: number, hash: string, now: Date): Promise<void> {
  await tx.execute(sql`select app.set_passphrase(${accountId}, ${hash}, ${now.toISOString()})`)
}

import { eq, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { hashPassphrase, makePassphrase } from '#app/_auth/passphrase.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { account } from '#db/schema/account.ts'
import { asActor } from '#db/transaction.ts'

/**
 * The administrator whom nobody could invite: made at the command line of the machine itself. The passphrase is
 * returned once and kept nowhere but as its hash.
 */
export async function createAdministrator(
  actor: MachineActor,
  input: { email: string },
  now: Date,
): Promise<Result<{ accountId: number; passphrase: string }>> {
  const email = input.email.trim().toLowerCase()
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) return refused('admin.account.email_invalid')
  const passphrase = makePassphrase()
  const hash = await hashPassphrase(passphrase)
  return asActor(actor, async (tx) => {
    const [known] = await tx.select({ id: account.id }).from(account).where(eq(account.email, email))
    if (known) return refused('admin.account.email_taken')
    const [made] = await tx
      .insert(account)
      .values({ email, name: email, role: 'admin', createdAt: now })
      .onConflictDoNothing()
      .returning({ id: account.id })
    if (!made) return refused('admin.account.email_taken')
    await tx.execute(sql`select app.set_passphrase(${made.id}, ${hash}, ${now.toISOString()})`)
    await append(tx, actor, {
      chain: `account:${made.id}`,
      event: 'account.created',
      visibility: 'internal',
      at: now,
      data: { accountId: made.id, role: 'admin' },
    })
    return done({ accountId: made.id, passphrase })
  })
}

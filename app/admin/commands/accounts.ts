import { and, eq, ne, sql } from 'drizzle-orm'
import { type Actor, actorId } from '#app/_auth/actor.ts'
import { hashPassphrase, makePassphrase } from '#app/_auth/passphrase.ts'
import { roleMay } from '#app/_auth/rules/roles.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { administer, asSeen, changedFields, missed, writeDown } from '#app/directory/commands/administer.ts'
import { exists } from '#app/directory/commands/save-post.ts'
import { account } from '#db/schema/account.ts'
import { post } from '#db/schema/directory.ts'
import type { Tx } from '#db/transaction.ts'
import type { accountActiveInput, accountIdInput, accountInput, Input, newAccountInput } from '../input.ts'
import { type AccountFacts, belongs, mayBecome } from '../rules/administrators.ts'
import { endKeysOf } from './end-keys.ts'
import { handOver } from './hand-over.ts'
import { endSessionsOf } from './sessions.ts'

export type Handed = { id: number; passphrase: string }

/** Makes an account with a passphrase that is told once, to be read aloud to its holder. */
export async function createAccount(
  actor: Actor,
  input: Input<typeof newAccountInput>,
  now: Date,
): Promise<Result<Handed>> {
  const wrong = belongs(input)
  if (wrong) return refusedField('organisationId', wrong.key)
  const passphrase = makePassphrase()
  const hash = await hashPassphrase(passphrase)
  return administer(
    actor,
    'accounts.keep',
    async (tx, admin) => {
      if (input.organisationId && !(await exists(tx, input.organisationId)))
        return refusedField('organisationId', 'directory.invalid.choice')
      const [made] = await tx
        .insert(account)
        .values({ ...input, createdAt: now })
        .returning({ id: account.id })
      if (!made) return refused('directory.refused.absent')
      await tx.execute(sql`select app.set_passphrase(${made.id}, ${hash}, ${now.toISOString()})`)
      const { role, organisationId } = input
      await writeDown(tx, admin, `account:${made.id}`, 'account.created', { role, organisationId }, now)
      return done({ id: made.id, passphrase })
    },
    refusedField('email', 'admin.refused.email_taken'),
  )
}

/** Changes name, role, organisation or post. Whoever loses a role loses the sessions and keys that had it. */
export function changeAccount(
  actor: Actor,
  { id, seen, ...wanted }: Input<typeof accountInput>,
  now: Date,
): Promise<Result<{ id: number }>> {
  return administer(actor, 'accounts.keep', async (tx, admin) => {
    const before = await see(tx, id)
    if (!before) return refused('directory.refused.absent')
    const reason = mayBecome(
      before,
      { ...before, ...wanted },
      actorId(actor),
      await otherAdministrators(tx, id),
    )
    if (reason) return { ok: false, reason }
    if (wanted.organisationId && !(await exists(tx, wanted.organisationId)))
      return refusedField('organisationId', 'directory.invalid.choice')
    if (wanted.postId && !(await isPostOf(tx, wanted.postId, wanted.organisationId)))
      return refusedField('postId', 'directory.invalid.choice')

    const [saved] = await tx
      .update(account)
      .set(wanted)
      .where(asSeen(account, id, seen))
      .returning()
    if (!saved) return missed(tx, account, id)
    const rights = changedFields(before, { role: wanted.role, organisationId: wanted.organisationId })
    if (rights.length > 0) {
      await endSessionsOf(tx, id, now)
      await endKeysOf(tx, admin, id, 'speaking', now)
    }
    // Whoever leaves the cell leaves what he held there to his team.
    if (roleMay(before.role, 'cases.work') && !roleMay(wanted.role, 'cases.work'))
      await handOver(tx, admin, id, null, now)
    await writeDown(
      tx,
      admin,
      `account:${id}`,
      'account.changed',
      {
        fields: changedFields(before, wanted),
        ...(before.role === wanted.role ? {} : { from: before.role, to: wanted.role }),
      },
      now,
    )
    return done({ id })
  })
}

/**
 * Out of use: nobody signs in with it, its sessions end at once, what its holder had in hand goes to who is named, or back to
 * the team. Never deleted: its lines of the journal remain.
 */
export function setAccountActive(
  actor: Actor,
  { id, active, handTo }: Input<typeof accountActiveInput>,
  now: Date,
): Promise<Result<{ active: boolean; cases: number; shifts: number; holes: number }>> {
  const nothing = { cases: 0, shifts: 0, holes: 0 }
  return administer(actor, 'accounts.keep', async (tx, admin) => {
    const before = await see(tx, id)
    if (!before) return refused('directory.refused.absent')
    const reason = mayBecome(before, { ...before, active }, actorId(actor), await otherAdministrators(tx, id))
    if (reason) return { ok: false, reason }
    if (!active && handTo && !(await mayTakeOver(tx, id, handTo)))
      return refusedField('handTo', 'cell.refused.no_such_person')
    const changed = await tx
      .update(account)
      .set({ active })
      .where(and(eq(account.id, id), ne(account.active, active)))
      .returning({ id: account.id })
    if (changed.length === 0) return done({ active, ...nothing })
    const sessions = active ? 0 : await endSessionsOf(tx, id, now)
    const handed = active ? nothing : await handOver(tx, admin, id, handTo, now)
    await writeDown(
      tx,
      admin,
      `account:${id}`,
      'account.changed',
      { active, sessions, ...(active ? {} : { ...handed, handTo }) },
      now,
    )
    return done({ active, ...handed })
  })
}

/** A new passphrase, told once; the former one and the open sessions end. */
export async function renewPassphrase(
  actor: Actor,
  { id }: Input<typeof accountIdInput>,
  now: Date,
): Promise<Result<Handed>> {
  const passphrase = makePassphrase()
  const hash = await hashPassphrase(passphrase)
  return administer(actor, 'accounts.keep', async (tx, admin) => {
    if (!(await see(tx, id))) return refused('directory.refused.absent')
    // One's own is changed on one's own page, where the present one is asked.
    if (id === actorId(actor)) return refused('admin.refused.own_passphrase')
    await tx.execute(sql`select app.set_passphrase(${id}, ${hash}, ${now.toISOString()})`)
    const sessions = await endSessionsOf(tx, id, now)
    await writeDown(
      tx,
      admin,
      `account:${id}`,
      'account.passphrase_set',
      { by: 'administrator', sessions },
      now,
    )
    return done({ id, passphrase })
  })
}

async function see(
  tx: Tx,
  id: number,
): Promise<(AccountFacts & { name: string; postId: number | null }) | null> {
  const [row] = await tx.select().from(account).where(eq(account.id, id)).for('update')
  return row ?? null
}

// Locked: two administrators who put each other out at the same instant must not both succeed.
async function otherAdministrators(tx: Tx, id: number): Promise<number> {
  const rows = await tx
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.role, 'admin'), eq(account.active, true), ne(account.id, id)))
    .orderBy(account.id)
    .for('update')
  return rows.length
}

async function mayTakeOver(tx: Tx, id: number, handTo: number): Promise<boolean> {
  const [to] = await tx.select().from(account).where(eq(account.id, handTo))
  return to?.active === true && roleMay(to.role, 'cases.work') && to.id !== id
}

async function isPostOf(tx: Tx, postId: number, organisationId: number | null): Promise<boolean> {
  if (organisationId === null) return false
  const rows = await tx
    .select({ id: post.id })
    .from(post)
    .where(and(eq(post.id, postId), eq(post.organisationId, organisationId)))
  return rows.length > 0
}

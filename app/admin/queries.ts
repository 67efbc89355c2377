import { and, desc, eq, gt, inArray, isNull, ne, sql } from 'drizzle-orm'
import { cache } from 'react'
import type { Actor } from '#app/_auth/actor.ts'
import { roleMay, rolesWith } from '#app/_auth/rules/roles.ts'
import { HOTLINE_CALLED, type HotlineCall } from '#app/cell/settings.ts'
import { afterFolded, type Cursor, folded, pageOf, SIZE } from '#app/directory/keyset.ts'
import { searchable } from '#db/reference/searchable.ts'
import { account, apiToken, type Role, session } from '#db/schema/account.ts'
import { organisation, post } from '#db/schema/directory.ts'
import { externalIdentity, passkey, recoveryCode, totp, unboundIdentity } from '#db/schema/identity.ts'
import { journal } from '#db/schema/journal.ts'
import { setting } from '#db/schema/reference.ts'
import { inReality, inRealityRead, type Tx } from '#db/transaction.ts'
import { heldBy } from './commands/hand-over.ts'

export type AccountFilter = { q: string; role?: string; inactive: boolean }

export function listAccounts(actor: Actor, filter: AccountFilter, cursor: Cursor | null) {
  return inReality(actor, async (tx) => {
    const text = sql`lower(unaccent(${account.name} || ' ' || ${account.email} || ' ' || coalesce(${organisation.name}, '')))`
    const words = searchable(filter.q).split(' ').filter(Boolean).slice(0, 6)
    const rows = await tx
      .select({
        id: account.id,
        name: account.name,
        email: account.email,
        role: account.role,
        active: account.active,
        organisation: organisation.name,
        lastSeenAt: sql<
          string | null
        >`(select max(${session.lastSeenAt}) from ${session} where ${session.accountId} = ${account.id})`,
      })
      .from(account)
      .leftJoin(organisation, eq(organisation.id, account.organisationId))
      .where(
        and(
          eq(account.active, !filter.inactive),
          filter.role ? eq(account.role, filter.role as Role) : undefined,
          ...words.map((word) => sql`${text} like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`),
          afterFolded(cursor, account.name, account.id),
        ),
      )
      .orderBy(folded(account.name), account.id)
      .limit(SIZE + 1)
    return pageOf(rows)
  })
}

/** An account with its open sessions and the posts it may hold. */
export function readAccount(actor: Actor, id: number, now: Date) {
  return inReality(actor, async (tx) => {
    const [row] = await tx
      .select({
        id: account.id,
        name: account.name,
        email: account.email,
        role: account.role,
        active: account.active,
        organisationId: account.organisationId,
        organisation: organisation.name,
        sees: organisation.sees,
        postId: account.postId,
        createdAt: account.createdAt,
        version: sql<string>`${account}.xmin::text`,
      })
      .from(account)
      .leftJoin(organisation, eq(organisation.id, account.organisationId))
      .where(eq(account.id, id))
    if (!row) return null
    const sessions = await tx
      .select()
      .from(session)
      .where(and(eq(session.accountId, id), isNull(session.revokedAt), gt(session.expiresAt, now)))
      .orderBy(desc(session.lastSeenAt))
    const posts = row.organisationId
      ? await tx
          .select({ id: post.id, name: post.name })
          .from(post)
          .where(and(eq(post.organisationId, row.organisationId), eq(post.active, true)))
          .orderBy(post.name)
      : []
    const held = roleMay(row.role, 'cases.work') ? await heldBy(tx, id, now) : null
    const takers = held
      ? await tx
          .select({ id: account.id, name: account.name, role: account.role })
          .from(account)
          .where(
            and(inArray(account.role, rolesWith('cases.work')), ne(account.id, id), eq(account.active, true)),
          )
          .orderBy(account.name)
      : []
    return { ...row, sessions, posts, held, takers, ways: await waysOf(tx, id) }
  })
}

/** Whether more than a passphrase is asked of everybody of an organisation. */
export async function isStrongAskedOf(actor: Actor, organisationId: number): Promise<boolean> {
  const [row] = await inReality(actor, (tx) =>
    tx
      .select({ asked: organisation.strongSignIn })
      .from(organisation)
      .where(eq(organisation.id, organisationId)),
  )
  return row?.asked ?? false
}

/** What an account has to sign in with, and who came from the provider and is bound to nobody. */
async function waysOf(tx: Tx, id: number) {
  const [passkeys, apps, codes] = [
    await tx.$count(passkey, eq(passkey.accountId, id)),
    await tx.$count(totp, eq(totp.accountId, id)),
    await tx.$count(recoveryCode, and(eq(recoveryCode.accountId, id), isNull(recoveryCode.usedAt))),
  ]
  const identities = await tx.select().from(externalIdentity).where(eq(externalIdentity.accountId, id))
  const unbound = await tx.select().from(unboundIdentity).orderBy(desc(unboundIdentity.lastAt)).limit(50)
  return { passkeys, totp: apps > 0, codes, identities, unbound }
}

/** Who signs in, or did, for this organisation. */
export function accountsOf(actor: Actor, organisationId: number) {
  return inReality(actor, (tx) =>
    tx
      .select({ id: account.id, name: account.name, email: account.email, active: account.active })
      .from(account)
      .where(eq(account.organisationId, organisationId))
      .orderBy(desc(account.active), folded(account.name)),
  )
}

/** People of the cell: those a team holds and a rule proposes. */
export function cellPeople(actor: Actor) {
  return inReality(actor, (tx) =>
    tx
      .select({ id: account.id, name: account.name, role: account.role, active: account.active })
      .from(account)
      .where(inArray(account.role, rolesWith('cases.work')))
      .orderBy(account.name),
  )
}

/** Keys of machines, those that open first; with whom each speaks for. */
export function listTokens(actor: Actor) {
  return inReality(actor, (tx) =>
    tx
      .select({
        id: apiToken.id,
        name: apiToken.name,
        scopes: apiToken.scopes,
        expiresAt: apiToken.expiresAt,
        lastUsedAt: apiToken.lastUsedAt,
        createdAt: apiToken.createdAt,
        revokedAt: apiToken.revokedAt,
        accountId: apiToken.accountId,
        account: account.name,
        accountActive: account.active,
        organisation: organisation.name,
      })
      .from(apiToken)
      .innerJoin(account, eq(account.id, apiToken.accountId))
      .leftJoin(organisation, eq(organisation.id, account.organisationId))
      .orderBy(sql`${apiToken.revokedAt} is not null`, desc(apiToken.createdAt)),
  )
}

/** Who changed it last, and when: the last line of its chain of the journal that says so. */
export function lastChangeIn(actor: Actor, chain: string, events: string[]) {
  return inReality(actor, async (tx) => {
    const [line] = await tx
      .select({ name: journal.actorName, at: journal.at })
      .from(journal)
      .where(and(eq(journal.chain, chain), inArray(journal.event, events)))
      .orderBy(desc(journal.seq))
      .limit(1)
    return line ?? null
  })
}

/** When the hotline's number was last called and answered, if it was this one. */
export function hotlineCall(actor: Actor, number: string): Promise<HotlineCall | null> {
  return inReality(actor, async (tx) => {
    const [row] = await tx.select().from(setting).where(eq(setting.key, HOTLINE_CALLED))
    const call = row?.value as HotlineCall | undefined
    return call?.number === number ? call : null
  })
}

/** The last changes of the settings: which, from what to what, by whom and why. */
export function settingChanges(actor: Actor) {
  return inReality(actor, (tx) =>
    tx
      .select({ id: journal.id, name: journal.actorName, at: journal.at, data: journal.data })
      .from(journal)
      .where(and(eq(journal.chain, 'settings'), eq(journal.event, 'setting.changed')))
      .orderBy(desc(journal.seq))
      .limit(10),
  )
}

/** Somebody who asked for a passphrase, with the numbers at which the directory says that his organisation is called. */
type Waiting = { id: number; name: string; organisation: string | null; at: string; phones: string[] }

/** Who asked for a passphrase and was given none since; older than two weeks, he has found another way. */
const SHOWN_DAYS = 14

export const readForgotten = cache((actor: Actor, now: Date): Promise<Waiting[]> => {
  const since = new Date(now.getTime() - SHOWN_DAYS * 24 * 3_600_000).toISOString()
  return inRealityRead(actor, async (tx) => [
    ...(await tx.execute<Waiting>(sql`select a.id::int, a.name, o.name as organisation, f.at,
        array(select c.phone from contact c where c.organisation_id = a.organisation_id and c.call_back and c.active
          and c.phone is not null order by c.name limit 3) as phones
      from (select chain, max(id) as id, max(at) as at from journal
          where event = 'account.passphrase_forgotten' and at > ${since}::timestamptz group by chain) f
        join account a on f.chain = 'account:' || a.id left join organisation o on o.id = a.organisation_id
      where a.active and not exists (select from journal s where s.chain = f.chain and s.id > f.id
        and s.event in ('account.passphrase_set', 'account.signed_in'))
      order by f.at limit 50`)),
  ])
})

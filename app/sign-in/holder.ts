import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { roleMay } from '#app/_auth/rules/roles.ts'
import { DEMO_ACCOUNTS } from '#app/_demo/accounts.ts'
import { account } from '#db/schema/account.ts'
import { organisation } from '#db/schema/directory.ts'
import { passkey } from '#db/schema/identity.ts'
import type { Tx } from '#db/transaction.ts'
import type { Holder, Ways } from './rules/strength.ts'

const DEMO = new Set(DEMO_ACCOUNTS.map(({ email }) => email))

/** What the sign-in door knows of an account: who holds it, and what he has to sign in with. `usable`: it opens at all. */
export const HOLDER = {
  id: account.id,
  email: account.email,
  name: account.name,
  role: account.role,
  locale: account.locale,
  usable: sql<boolean>`${account.active} and coalesce(${organisation.active}, true)`,
  organisationAsks: sql<boolean>`coalesce(${organisation.strongSignIn}, false)`,
  demonstration: sql<boolean>`exists (select from setting where key = 'demonstration')`,
  passkeys: sql<number>`(select count(*)::int from passkey k where k.account_id = ${account.id} and k.suspended_at is null)`,
  totp: sql<boolean>`exists (select from totp where totp.account_id = ${account.id})`,
  codesLeft: sql<number>`(select count(*)::int from recovery_code c where c.account_id = ${account.id} and c.used_at is null)`,
  codesMade: sql<boolean>`exists (select from recovery_code c where c.account_id = ${account.id})`,
}

export type Known = Awaited<ReturnType<typeof findHolder>> & {}

/** The door may ask of anybody, others of themselves. */
export async function findHolder(tx: Tx, which: SQL) {
  const [row] = await tx
    .select(HOLDER)
    .from(account)
    .leftJoin(organisation, eq(organisation.id, account.organisationId))
    .where(which)
  return row
    ? {
        ...row,
        worksAtTheCell: roleMay(row.role, 'cases.work'),
        demoAccount: row.demonstration && DEMO.has(row.email),
      }
    : null
}

export function holderOf(known: Pick<Known, keyof Holder>): Holder {
  const { worksAtTheCell, organisationAsks, demonstration, demoAccount } = known
  return { worksAtTheCell, organisationAsks, demonstration, demoAccount }
}

export function waysOf({ passkeys, totp, codesLeft, codesMade }: Pick<Known, keyof Ways>): Ways {
  return { passkeys, totp, codesLeft, codesMade }
}

/** The passkey that a device calls so, while it opens anything. */
export async function findPasskey(tx: Tx, credentialId: string) {
  const [row] = await tx
    .select()
    .from(passkey)
    .where(and(eq(passkey.credentialId, credentialId), isNull(passkey.suspendedAt)))
    .for('update')
  return row ?? null
}

import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Actor } from '#app/_auth/actor.ts'
import { folded } from '#app/directory/keyset.ts'
import type { FoundOrganisation } from '#app/directory/search.ts'
import { searchable } from '#db/reference/searchable.ts'
import { account } from '#db/schema/account.ts'
import { organisation } from '#db/schema/directory.ts'
import { inReality } from '#db/transaction.ts'

const MOST_FOUND = 20

export function readOrganisationName(actor: Actor, id: number): Promise<FoundOrganisation | null> {
  return inReality(actor, async (tx) => {
    const [found] = await tx.select(FOUND).from(organisation).where(eq(organisation.id, id))
    return found ?? null
  })
}

const FOUND = {
  id: organisation.id,
  name: organisation.name,
  kind: organisation.kind,
  territory: organisation.territoryCode,
}

export type FoundHolder = { id: number; name: string; organisation: string }

/** Accounts in use a machine may speak as, those of organisations, by any word of either name or of the address. */
export function searchHolders(actor: Actor, typed: string): Promise<FoundHolder[]> {
  const words = wordsOf(typed)
  if (words.length === 0) return Promise.resolve([])
  const text = sql`${organisation.search} || ' ' || lower(unaccent(${account.name} || ' ' || ${account.email}))`
  return inReality(actor, (tx) =>
    tx
      .select(HOLDER)
      .from(account)
      .innerJoin(organisation, eq(organisation.id, account.organisationId))
      .where(and(MAY_HOLD, ...bears(text, words)))
      .orderBy(
        sql`(${organisation.name} || ' · ' || ${account.name} = ${typed.trim()}) desc`,
        folded(organisation.name),
        folded(account.name),
      )
      .limit(MOST_FOUND),
  )
}

export function readHolder(actor: Actor, id: number): Promise<FoundHolder | null> {
  return inReality(actor, async (tx) => {
    const [found] = await tx
      .select(HOLDER)
      .from(account)
      .innerJoin(organisation, eq(organisation.id, account.organisationId))
      .where(and(MAY_HOLD, eq(account.id, id)))
    return found ?? null
  })
}

const HOLDER = { id: account.id, name: account.name, organisation: organisation.name }
const MAY_HOLD = and(eq(account.active, true), eq(organisation.active, true), isNull(organisation.exerciseId))

function wordsOf(typed: string): string[] {
  return searchable(typed)
    .split(' ')
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, 8)
}

function bears(text: PgColumn | SQL, words: string[]): SQL[] {
  return words.map((word) => sql`${text} like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`)
}

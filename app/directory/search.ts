import { sql } from 'drizzle-orm'
import { searchable } from '#db/reference/searchable.ts'
import type { OrganisationKind } from '#db/schema/directory.ts'
import type { Tx } from '#db/transaction.ts'
import { searchedDigits } from './rules/phone.ts'

/** One line of the directory: an organisation, or a person or post of it. */
export type FoundReporter = {
  organisationId: number
  contactId: number | null
  organisation: string
  kind: OrganisationKind
  territory: string
  contact: string | null
  post: string | null
}

const MOST = 12

/** Reporter found while typing: organisation, post, person or telephone number. Each word must be somewhere in the line. */
export async function searchDirectory(tx: Tx, typed: string): Promise<FoundReporter[]> {
  const words = termsOf(typed)
  if (words.length === 0) return []
  const everyWord = sql.join(
    words.map((word) => {
      const like = `%${word.replace(/[\\%_]/g, '\\$&')}%`
      const names = sql`o.search like ${like} or c.search like ${like} or lower(unaccent(p.name)) like ${like}`
      // '37' is a département: half the telephone numbers hold two digits like these.
      return /^\d{4,}$/.test(word) ? sql`(${names} or c.search like ${like})` : sql`(${names})`
    }),
    sql` and `,
  )
  // « samu 33 » : the one of that name stands before those whose people only hold these signs somewhere.
  const named = sql.join(
    words.map((word) => sql`(lower(unaccent(o.name)) ~ ${`\\m${word.replace(/[^\p{L}\d]/gu, '.')}`})::int`),
    sql` + `,
  )
  return tx.execute<FoundReporter>(sql`
    select o.id::int as "organisationId", c.id::int as "contactId", o.name as organisation, o.kind,
      o.territory_code as territory, c.name as contact, p.name as post
    from organisation o
      left join contact c on c.organisation_id = o.id and c.active
      left join post p on p.id = c.post_id
    where o.active and o.kind <> 'cell' and ${everyWord}
    order by ${named} desc, (o.search like ${`${words[0]}%`}) desc, o.name, c.call_back desc nulls last, c.name limit ${MOST}`)
}

// A number dictated in pairs is one word; '06 1' and 'samu 59' stay what they are.
function termsOf(typed: string): string[] {
  const digits = searchedDigits(typed)
  if (digits) return [digits]
  return searchable(typed)
    .split(' ')
    .filter((word) => word.length > 1)
    .slice(0, 6)
}

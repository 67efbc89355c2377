import { sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { asActor } from '#db/transaction.ts'

/** A page sends its sign of life every twenty seconds: three missed, and nobody is there. */
export const PRESENT_S = 60

/**
 * "I have this case open": technical and short-lived, so no line in the journal. Answers with the names of the others;
 * null when the case does not exist for this person.
 */
export async function bePresent(actor: AccountActor, reference: string, now: Date): Promise<string[] | null> {
  const since = new Date(now.getTime() - PRESENT_S * 1000).toISOString()
  return asActor(actor, async (tx) => {
    const told = await tx.execute(sql`insert into case_presence (case_id, account_id, seen_at)
      select id, ${actor.accountId}, ${now.toISOString()}::timestamptz from cases where reference = ${reference}
      on conflict (case_id, account_id) do update set seen_at = excluded.seen_at returning case_id`)
    const id = told[0]?.case_id
    if (!id) return null
    const others = await tx.execute<{ name: string }>(sql`select a.name from case_presence p
      join account a on a.id = p.account_id
      where p.case_id = ${id as number} and p.account_id <> ${actor.accountId} and p.seen_at > ${since}::timestamptz
      order by a.name`)
    return others.map((one) => one.name)
  })
}

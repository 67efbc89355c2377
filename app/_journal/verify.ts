import type postgres from 'postgres'

export type Verdict = {
  lines: number
  chains: number
  /** The first line that is not what was written, or the chain whose end is missing. */
  broken: { chain: string; seq: number; why: 'altered' | 'missing' | 'cut' } | null
}

/**
 * Reads the whole main courante as the owner and recomputes every hash: a line changed, taken out or cut off the
 * end is named (invariant 2).
 */
export async function verifyJournal(owner: postgres.Sql): Promise<Verdict> {
  const [size] = await owner`select count(*)::int as lines, count(distinct chain)::int as chains from journal`
  const [broken] = await owner<NonNullable<Verdict['broken']>[]>`
    with line as (
      select id, chain, seq, hash, prev_hash, app.journal_digest(journal, prev_hash) as due,
        lag(seq, 1, 0) over before as seq_before,
        lag(hash, 1, sha256(convert_to(chain, 'UTF8'))) over before as hash_before
      from journal
      window before as (partition by chain order by seq)
    )
    select chain, seq, case when seq <> seq_before + 1 then 'missing' else 'altered' end as why
    from line
    where seq <> seq_before + 1 or prev_hash <> hash_before or hash <> due
    order by id
    limit 1`
  const [cut] = await owner<NonNullable<Verdict['broken']>[]>`
    select head.chain, head.seq, 'cut' as why
    from journal_head head
    left join lateral (
      select seq, hash from journal where journal.chain = head.chain order by seq desc limit 1
    ) last on true
    where head.seq > 0 and (last.seq, last.hash) is distinct from (head.seq, head.hash)
    order by head.chain
    limit 1`
  return { lines: size?.lines ?? 0, chains: size?.chains ?? 0, broken: broken ?? cut ?? null }
}

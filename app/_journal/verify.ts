import type postgres from 'postgres'

export type Broken = {
  chain: string
  seq: number
  id: number | null
  at: Date | null
  why: 'altered' | 'link' | 'gap' | 'cut' | 'headless' | 'emptied'
}
export type Verified = { lines: number; chains: number; broken: Broken | null }

/**
 * Walks every chain of the main courante from its first line: each digest is computed anew from what the line says, each
 * line names the one before, none is missing, and the last is the one the head remembers. Reads as the owner, a batch at a
 * time: memory does not grow with the journal.
 */
export async function verifyJournal(owner: postgres.Sql): Promise<Verified> {
  // One picture of the journal, whatever is written meanwhile.
  return owner.begin('isolation level repeatable read read only', async (sql) => {
    const [total] = await sql<{ lines: number; chains: number }[]>`
      select (select count(*)::int from journal) as lines, (select count(*)::int from journal_head) as chains`
    const broken = (await firstBrokenLine(sql)) ?? (await firstBrokenEnd(sql))
    return { lines: total?.lines ?? 0, chains: total?.chains ?? 0, broken }
  })
}

/** What the database cannot say of itself in a sentence: one for a person, one for a log. */
export function sentence({ lines, chains, broken }: Verified): string {
  if (!broken) return `${lines} lines in ${chains} chains verified`
  const { chain, seq, id, at, why } = broken
  const where = `chain ${chain}, seq ${seq}, id ${id ?? 'none'}, at ${at?.toISOString() ?? 'unknown'}`
  return `BROKEN: ${where}: ${WORDS[why]}`
}

const WORDS: Record<Broken['why'], string> = {
  altered: 'the line does not say what it said when it was written',
  link: 'the line does not follow from the one before',
  gap: 'a line before this one is missing',
  cut: 'the end of the chain was cut off',
  headless: 'the chain has lines and no head',
  emptied: 'the head remembers lines and the chain has none',
}

// The walk is the database's: each line is compared with the one before it of its chain, and nothing but what is broken
// travels. The digest is written out here and not called by its name: whoever replaced the trigger's function is found too.
async function firstBrokenLine(sql: postgres.TransactionSql): Promise<Broken | null> {
  const [line] = await sql<(Omit<Broken, 'id' | 'seq'> & { id: string; seq: number })[]>`
    with walked as (
      select j.*,
        lag(seq, 1, 0) over chained as before_seq,
        lag(hash, 1, sha256(convert_to(chain, 'UTF8'))) over chained as before_hash
      from journal j window chained as (partition by chain order by seq))
    select id, chain, seq, at,
      case when seq <> before_seq + 1 then 'gap' when prev_hash <> before_hash then 'link' else 'altered' end as why
    from walked
    where seq <> before_seq + 1 or prev_hash <> before_hash
      or hash <> sha256(prev_hash || convert_to(jsonb_build_array(
        chain, seq, exercise_id, case_id, incident_id,
        extract(epoch from at), extract(epoch from heard_at), extract(epoch from fact_at),
        actor_id, actor_name, actor_side, event, visibility, certainty, text, data)::text, 'UTF8'))
    order by at, id limit 1`
  return line ? { ...line, id: Number(line.id) } : null
}

async function firstBrokenEnd(sql: postgres.TransactionSql): Promise<Broken | null> {
  const [end] = await sql<(Omit<Broken, 'id'> & { id: string | null })[]>`
    select coalesce(l.chain, h.chain) as chain, coalesce(h.seq, l.seq) as seq, l.id, l.at,
      case when l.chain is null then 'emptied' when h.chain is null then 'headless' else 'cut' end as why
    from (select distinct on (chain) chain, seq, hash, id, at from journal order by chain, seq desc) l
    full join journal_head h using (chain)
    where l.hash is distinct from h.hash or l.seq is distinct from h.seq
    order by l.at nulls last, 1 limit 1`
  return end ? { ...end, id: end.id === null ? null : Number(end.id) } : null
}

import type postgres from 'postgres'
import type { Checkpoint, Flaw } from '#app/_evidence/checkpoints.ts'
import { compareSealed, type False } from '#app/_evidence/compare.ts'

export type Broken = {
  chain: string
  seq: number
  id: number | null
  at: Date | null
  why: 'altered' | 'link' | 'gap' | 'cut' | 'headless' | 'emptied' | 'unopened' | 'ownerless' | False['why']
}
export type Verified = {
  lines: number
  chains: number
  broken: Broken | null
  /** The last checkpoint, when the journal was compared with any. */
  checkpoint?: Checkpoint | null
  /** What is wrong with the file of checkpoints itself. */
  flaw?: Flaw | 'lost' | 'another' | null
}

/**
 * Walks every chain of the main courante from its first line: each digest is computed anew from what the line says, each
 * line names the one before, none is missing, and the last is the one the head remembers. Then each line is compared with what
 * was signed when it was young, in a file that the owner of the database cannot reach: that one could make all of it anew.
 * Reads a batch at a time: memory does not grow with the journal.
 */
export async function verifyJournal(reader: postgres.Sql, checkpoints?: string): Promise<Verified> {
  // One picture of the journal, whatever is written meanwhile.
  return reader.begin('isolation level repeatable read read only', async (sql) => {
    // Functions and operators are the system's: whoever owns the database may have made others of the same names.
    await sql`set local search_path = pg_catalog, pg_temp`
    const [total] = await sql<{ lines: number; chains: number }[]>`
      select (select count(*)::int from public.journal) as lines, (select count(*)::int from public.journal_head) as chains`
    const compared = checkpoints === undefined ? null : await compareSealed(sql, checkpoints)
    const broken =
      compared?.false ??
      (await firstBrokenLine(sql)) ??
      (await firstBrokenEnd(sql)) ??
      (await firstStray(sql))
    return {
      lines: total?.lines ?? 0,
      chains: total?.chains ?? 0,
      broken,
      ...(compared && {
        checkpoint: compared.sealed.last,
        flaw: compared.flaw ?? (await foreign(sql, compared.sealed.last)),
      }),
    }
  })
}

export function holds({ broken, flaw }: Verified): boolean {
  return !broken && !flaw
}

/** What the database cannot say of itself in a sentence: one for a person, one for a log. */
export function sentence({ lines, chains, broken, checkpoint, flaw }: Verified): string {
  if (broken) {
    const { chain, seq, id, at, why } = broken
    const where = `chain ${chain}, seq ${seq}, id ${id ?? 'none'}, at ${at?.toISOString() ?? 'unknown'}`
    return `BROKEN: ${where}: ${WORDS[why]}`
  }
  if (flaw === 'lost') return `BROKEN: checkpoints: ${FILE_WORDS.lost}`
  if (flaw === 'another') return `BROKEN: checkpoints: ${FILE_WORDS.another}`
  if (flaw)
    return `BROKEN: checkpoints: checkpoint ${flaw.n}, line ${flaw.line} of the file: ${FILE_WORDS[flaw.why]}`
  const proved = `${lines} lines in ${chains} chains verified`
  if (checkpoint === undefined) return proved
  if (!checkpoint)
    return `${proved}; no checkpoint yet: what the owner of the database made anew would not be seen`
  return `${proved}; ${checkpoint.lines} of them against checkpoint ${checkpoint.n} of ${checkpoint.at}, signed by key ${checkpoint.key}`
}

const WORDS: Record<Broken['why'], string> = {
  altered: 'the line does not say what it said when it was written',
  link: 'the line does not follow from the one before',
  gap: 'a line before this one is missing',
  cut: 'the end of the chain was cut off',
  headless: 'the chain has lines and no head',
  emptied: 'the head remembers lines and the chain has none',
  unopened: 'the case or incident is there and its chain is not, or does not begin with its opening',
  ownerless: 'the chain is there and its case or incident is not',
  emptied_whole: 'the whole journal was emptied: a checkpoint has this line',
  vanished: 'the whole chain was taken away: a checkpoint has this line',
  shortened:
    'the end of the chain was cut off from this line on, its head moved back: a checkpoint has this line',
  rewritten: 'the line is not the one a checkpoint has: the chain was made anew from here',
  backdated: 'the line bears an hour before a checkpoint that does not have it: it was written later',
}

const FILE_WORDS: Record<Flaw['why'] | 'lost' | 'another', string> = {
  unreadable: 'it is not written as a checkpoint',
  former: 'it does not follow from the one before',
  entries: 'the lines it signs are not those before it',
  unsigned: 'its signature does not hold',
  stranger: 'it is signed by a key that no former key names',
  lost: 'the database remembers a later one than the file has',
  another: 'the file is that of another database',
}

/** The file against what the database remembers of it: either may have been cut. */
async function foreign(
  sql: postgres.TransactionSql,
  last: Checkpoint | null,
): Promise<'lost' | 'another' | null> {
  const [row] = await sql<{ mark: string | null; n: number }[]>`
    select (select value #>> '{}' from public.setting where key = 'journal_mark') as mark,
      coalesce((select (value->>'n')::int from public.setting where key = 'journal_checkpoint'), 0) as n`
  if (last && row?.mark && row.mark !== last.journal) return 'another'
  return (row?.n ?? 0) > (last?.n ?? 0) ? 'lost' : null
}

// The walk is the database's: each line is compared with the one before it of its chain, and nothing but what is broken
// travels. The digest is written out here and not called by its name: whoever replaced the trigger's function is found too.
async function firstBrokenLine(sql: postgres.TransactionSql): Promise<Broken | null> {
  const [line] = await sql<(Omit<Broken, 'id' | 'seq'> & { id: string; seq: number })[]>`
    with walked as (
      select j.*,
        lag(seq, 1, 0) over chained as before_seq,
        lag(hash, 1, sha256(convert_to(chain, 'UTF8'))) over chained as before_hash
      from public.journal j window chained as (partition by chain order by seq))
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
    from (select distinct on (chain) chain, seq, hash, id, at from public.journal order by chain, seq desc) l
    full join public.journal_head h using (chain)
    where l.hash is distinct from h.hash or l.seq is distinct from h.seq
    order by l.at nulls last, 1 limit 1`
  return end ? { ...end, id: end.id === null ? null : Number(end.id) } : null
}

/** Cases and incidents against their chains: none without its opening, no chain without what it tells of. */
async function firstStray(sql: postgres.TransactionSql): Promise<Broken | null> {
  const [stray] = await sql<(Omit<Broken, 'id'> & { id: string | null })[]>`
    with told as (
      select 'case:' || id as chain, 'case.reported' as opening from public.cases
      union all select 'incident:' || id, 'incident.opened' from public.incident),
    opened as (select id, chain, at, event from public.journal where seq = 1 and (chain like 'case:%' or chain like 'incident:%'))
    select coalesce(t.chain, o.chain) as chain, 1 as seq, o.id, o.at,
      case when t.chain is null then 'ownerless' else 'unopened' end as why
    from told t full join opened o using (chain)
    where t.chain is null or o.event is distinct from t.opening
    order by o.at nulls last, 1 limit 1`
  return stray ? { ...stray, id: stray.id === null ? null : Number(stray.id) } : null
}

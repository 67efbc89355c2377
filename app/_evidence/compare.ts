import type postgres from 'postgres'
import { type Checkpoint, type Entry, type Flaw, readCheckpoints, type Sealed } from './checkpoints.ts'

/** The first line of the journal that is not what was sealed. */
export type False = {
  chain: string
  seq: number
  id: number | null
  at: Date | null
  why: 'emptied_whole' | 'vanished' | 'shortened' | 'rewritten' | 'backdated'
  /** The last checkpoint that stands against it. */
  checkpoint: number
}
export type Compared = { sealed: Sealed; flaw: Flaw | null; false: False | null }

/** How old a line's hour may be when it is written: a turn of a clock that writes the journal takes five minutes at most. Twice that. */
const LAG_MS = 10 * 60_000

/** Compares the journal with a file of checkpoints, a batch of lines at a time; in a transaction that looks in pg_catalog alone. */
export async function compareSealed(sql: postgres.TransactionSql, path: string): Promise<Compared> {
  let found: False | null = null
  const { sealed, flaw } = await readCheckpoints(path, {
    entries: async (batch, before) => {
      found ??= await firstFalse(sql, batch, before)
    },
    enough: () => found !== null,
  })
  if (!found && !flaw && sealed.last) found = await firstForged(sql, sealed, sealed.last)
  return { sealed, flaw, false: found }
}

type Row = { chain: string; seq: number; id: string | null; at: Date | null; same: boolean }

async function firstFalse(
  sql: postgres.TransactionSql,
  batch: Entry[],
  before: Checkpoint | null,
): Promise<False | null> {
  const all = (pick: (entry: Entry) => string | number) => batch.map(pick).join(' ')
  const [row] = await sql<Row[]>`
    select e.chain, e.seq, j.id, j.at, coalesce(j.hash = decode(e.hash, 'hex'), false) as same
    from rows from (
      string_to_table(${all(({ chain }) => chain)}, ' '), string_to_table(${all(({ seq }) => seq)}, ' '),
      string_to_table(${all(({ hash }) => hash)}, ' ')) with ordinality as s(chain, seq, hash, place)
    cross join lateral (select s.chain, s.seq::int as seq, s.hash) e
    left join public.journal j on j.chain = e.chain and j.seq = e.seq
    where j.hash is distinct from decode(e.hash, 'hex') or j.exercise_id is null and j.at < ${earliest(before)}::text::timestamptz
    order by place limit 1`
  if (!row) return null
  const checkpoint = (before?.n ?? 0) + 1
  const { chain, seq, at } = row
  if (row.id !== null)
    return { chain, seq, id: Number(row.id), at, why: row.same ? 'backdated' : 'rewritten', checkpoint }
  const [left] = await sql<{ chain: number; all: number }[]>`
    select (select count(*)::int from (select from public.journal where chain = ${chain} limit 1) c) as chain,
      (select count(*)::int from (select from public.journal limit 1) a) as all`
  const why = left?.all === 0 ? 'emptied_whole' : left?.chain === 0 ? 'vanished' : 'shortened'
  return { chain, seq, id: null, at: null, why, checkpoint }
}

/** Among lines that no checkpoint covers yet: one whose hour is before the last checkpoint, which would have covered it. */
async function firstForged(
  sql: postgres.TransactionSql,
  { heads }: Sealed,
  last: Checkpoint,
): Promise<False | null> {
  for (let after = ''; ; ) {
    const some = await sql<{ chain: string; seq: number }[]>`
      select chain, seq from public.journal_head where chain > ${after} order by chain limit ${BATCH}`
    const ahead = some.filter(({ chain, seq }) => seq > (heads.get(chain) ?? 0))
    if (ahead.length > 0) {
      const [row] = await sql<{ chain: string; seq: number; id: string; at: Date }[]>`
        select j.chain, j.seq, j.id, j.at
        from rows from (string_to_table(${ahead.map(({ chain }) => chain).join(' ')}, ' '),
          string_to_table(${ahead.map(({ chain }) => heads.get(chain) ?? 0).join(' ')}, ' ')) as s(chain, seq)
        join public.journal j on j.chain = s.chain and j.seq > s.seq::int
        where j.exercise_id is null and j.at < ${earliest(last)}::text::timestamptz order by j.id limit 1`
      if (row) return { ...row, id: Number(row.id), why: 'backdated', checkpoint: last.n }
    }
    const end = some.at(-1)
    if (some.length < BATCH || !end) return null
    after = end.chain
  }
}

const BATCH = 20_000

/** The earlier of the two clocks: one that was wrong makes nobody a forger. */
function earliest(before: Checkpoint | null): string {
  if (!before) return '-infinity'
  return new Date(Math.min(Date.parse(before.at), Date.parse(before.database_at)) - LAG_MS).toISOString()
}

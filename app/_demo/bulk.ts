import type postgres from 'postgres'
import { makeReference, yearOfNumber } from '#app/cases/rules/reference-number.ts'
import { Chance } from './chance.ts'
import { CALM_HOURS, FRESH_MIN, type HistoryWorld, pastCase, type Reporting } from './history.ts'
import type { Past } from './history-lines.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const CHUNK = 2_500
/** Closed cases go back two years; open ones are of the last fortnight. */
const HISTORY_DAYS = 730
const OPEN_DAYS = 14

/**
 * Adds so many cases of plausible history, `open` of them open, to a database that has a directory. The journal's chain
 * is computed by the database, line by line, as for any other case.
 */
export async function seedHistory(
  sql: postgres.Sql,
  total: number,
  open: number,
  now: Date,
  say: (done: number) => void = () => {},
): Promise<void> {
  const world = await readWorld(sql, now)
  const chance = new Chance(total)
  let next = 0
  let done = 0
  // Two at once: one is being imagined here while the other is being written down there.
  const lane = async () => {
    while (next < total) {
      const from = next
      const count = Math.min(CHUNK, total - from)
      next += count
      await sql.begin((tx) => writeChunk(tx, from, count))
      done += count
      say(done)
    }
  }
  const writeChunk = async (tx: postgres.TransactionSql, from: number, count: number) => {
    // a history that is lost in a power cut is made again
    await tx`set local synchronous_commit = off`
    const ids = await tx<{ id: string }[]>`
      select nextval(pg_get_serial_sequence('cases', 'id')) as id from generate_series(1, ${count})`
    const past = ids.map(({ id }, rank) => {
      const { at, isOpen } = moment(from + rank, total, open, now)
      return pastCase(Number(id), at, isOpen, world, chance, now)
    })
    await writeCases(tx, past)
    await writeTests(tx, past)
    await writeJournal(tx, past)
  }
  await Promise.all([lane(), lane()])
  await sql`analyze`
}

/**
 * The nth case in order of time: the closed ones evenly; then the open ones, more and more often up to the calm of the
 * last hours, in which one in fifty falls, and one in a hundred in the last minutes.
 */
function moment(n: number, total: number, open: number, now: Date): { at: Date; isOpen: boolean } {
  const closed = total - open
  const ago = (ms: number) => new Date(now.getTime() - Math.round(ms))
  if (n < closed) {
    const share = (closed - n) / closed
    return { at: ago(OPEN_DAYS * DAY + share * (HISTORY_DAYS - OPEN_DAYS) * DAY), isOpen: false }
  }
  const left = (total - n) / open
  const calm = CALM_HOURS * HOUR
  const fresh = FRESH_MIN * MINUTE
  if (left <= 0.01) return { at: ago(left * 100 * (fresh - MINUTE)), isOpen: true }
  if (left <= 0.03) return { at: ago(fresh + ((left - 0.01) / 0.02) * (calm - fresh - MINUTE)), isOpen: true }
  return { at: ago(calm + left ** 2 * (OPEN_DAYS * DAY - calm)), isOpen: true }
}

async function readWorld(sql: postgres.Sql, now: Date): Promise<HistoryWorld> {
  const reporting = await sql<Reporting[]>`
    select o.id::int as id, o.kind, o.territory_code as territory, t.time_zone as "timeZone",
      array_remove(array[t.region_code, t.zone_code, 'FR'], null) as parents,
      (select min(a.id)::int from account a where a.organisation_id = o.id and a.active) as "accountId",
      s.id::int as "siteId", s.access, coalesce(s.numbers, '{}') as numbers,
      array(select code from commune c where c.departement_code = o.territory_code order by population desc limit 40) as communes
    from organisation o
    join territory t on t.code = o.territory_code and t.kind = 'departement'
    left join site s on s.organisation_id = o.id
    where o.active and o.exercise_id is null
      and o.kind in ('samu', 'sdis', 'bspp_bmpm', 'police', 'gendarmerie', 'hospital', 'prefecture', 'cross')
    order by o.id`
  const agents = await sql<{ id: number; name: string }[]>`
    select id::int as id, name from account where role = 'agent' and active order by id`
  const [routing] = await sql`select app.routing(${now}) as found`
  if (reporting.length === 0 || agents.length === 0 || !routing?.found.general)
    throw new Error('The directory is empty: history needs organisations, agents and the general queue.')
  return {
    reporting: [...reporting],
    agents: [...agents],
    rules: routing.found.rules,
    generalTeamId: routing.found.general,
    latest: new Map(),
  }
}

async function writeCases(tx: postgres.TransactionSql, past: Past[]): Promise<void> {
  const references = await numbersFor(
    tx,
    past.map(({ row }) => yearOfNumber(row.receivedAt)),
  )
  await write(
    tx,
    'cases',
    past.map(({ row }, rank) => ({ ...row, reference: references[rank] })),
  )
}

/** From the same sequence as every other case, so that the next report goes on from there. */
async function numbersFor(tx: postgres.TransactionSql, years: number[]): Promise<string[]> {
  const rows = await tx<{ year: number; rank: number }[]>`
    select year, app.next_case_number('case', year)::int as rank
    from jsonb_array_elements_text(${tx.json(years)}) with ordinality as given (text, n), int4(text) as year
    order by n`
  return rows.map(({ year, rank }) => makeReference(year, rank))
}

function writeTests(tx: postgres.TransactionSql, past: Past[]): Promise<void> {
  return write(
    tx,
    'case_test',
    past.flatMap(({ tests }) => tests),
  )
}

function writeJournal(tx: postgres.TransactionSql, past: Past[]): Promise<void> {
  return write(
    tx,
    'journal',
    past.flatMap(({ row, lines }) =>
      lines.map((line) => ({ ...line, chain: `case:${row.id}`, caseId: row.id })),
    ),
  )
}

/** Every row of a table in one statement; the keys of the first say which columns. */
async function write(tx: postgres.TransactionSql, table: string, rows: object[]): Promise<void> {
  const keys = Object.keys(rows[0] ?? {})
  if (keys.length === 0) return
  const columns = keys.map(snake)
  const named = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [snake(key), value])),
  )
  await tx`insert into ${tx(table)} (${tx(columns)}) overriding system value
    select ${tx(columns)} from jsonb_populate_recordset(null::${tx(table)}, ${tx.json(named)})`
}

function snake(key: string): string {
  return key.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)
}

import { randomUUID } from 'node:crypto'
import { type Agreed, makeNationalPlan } from '../testing/national-plan.ts'
import type { World } from '../testing/own-service.ts'
import { memoryOf } from './cost.ts'
import { type Asked, type Figures, load, round } from './load.ts'

/** What a national plan would have: a destination in each of a hundred places, called by ten probes, each through one batch at a time. */
const [PLACES, PROBES, BATCH] = [100, 10, 1_000]
const KEPT = 1_000_000
const LINES = 100_000
const LISTS = [
  ['tests', 'jsonl'],
  ['messages', 'jsonl'],
  ['journal', 'jsonl'],
  ['journal', 'csv'],
  // Of a centre, which may read few of all those lines.
  ['journal', 'jsonl', 'sender'],
] as const
const KEY = 'a-key-of-the-measure-for-probes'

/** What machines ask beside tickets: results of probes taken, the grid over a million of them, long lists taken away. */
export async function measureMachines(world: World, seconds: number, say: (line: string) => void) {
  const agreed = await makePlan(world)
  const batches = []
  for (const connections of [1, 8]) {
    const figures = await load(world.base, connections, seconds, () => batchOf(agreed))
    batches.push({ ...figures, resultsPerSecond: Math.round(figures.perSecond * BATCH) })
    say(`batches of ${BATCH} results × ${connections}: ${figures.perSecond}/s, ${figures.failed} failed`)
  }
  say(`Keeping ${KEPT} results`)
  const kept = await keepMany(world, say)
  const cookie = await world.agentCookie()
  const grid: Record<string, Figures[]> = {}
  for (const path of ['/supervision', '/cell'])
    for (const connections of [1, 8]) {
      const figures = await load(world.base, connections, seconds, () => ({ path, headers: { cookie } }))
      grid[path] = [...(grid[path] ?? []), figures]
      say(`${path} × ${connections}: p50 ${figures.p50} ms, p95 ${figures.p95} ms, ${figures.failed} failed`)
    }
  return { batches, kept, grid, lists: await takeLists(world, say) }
}

/** The plan of the whole country; answers what was agreed, which `batchOf` posts results of. */
export async function makePlan({ owner }: Pick<World, 'owner'>): Promise<Agreed[]> {
  const places = await owner<{ code: string }[]>`
    select code from territory where kind = 'departement' and exercise_id is null order by code limit ${PLACES}`
  const probes = Array.from({ length: PROBES }, (_, n) => ({
    ...{ name: `mesure-${n + 1}`, operator: `Opérateur ${n % 4}`, technology: 'trunk' },
  }))
  return makeNationalPlan(owner, KEY, {
    ...{ numbers: ['15'], places: places.map(({ code }) => code), probes, everyS: 60, inTurn: false },
  })
}

let turn = 0

/** The next probe in turn posts its next `size` results. */
export function batchOf(agreed: Agreed[], size = BATCH): Asked {
  turn += 1
  const probe = `mesure-${(turn % PROBES) + 1}`
  const own = agreed.filter((one) => one.probe === probe)
  const results = Array.from({ length: size }, (_, n) => ({
    id: randomUUID(),
    agreement: own[n % own.length]?.id,
    at: new Date(Date.now() - n * 1_000).toISOString(),
    sip: n % 250 === 249 ? 503 : 200,
    rang: true,
    delayMs: 800,
  }))
  return {
    method: 'POST',
    path: '/api/v1/probes/results',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ probe, results }),
  }
}

/** Two days of calls as they would be kept: each result, its window, the last one of each place. */
async function keepMany(world: World, say: (line: string) => void) {
  const { owner } = world
  const [there] = await owner<{ n: number }[]>`select count(*)::int as n from probe_result`
  await owner`insert into probe_result (probe_id, key, agreement_id, number, territory_code, at, verdict, sip, delay_ms)
    select p.probe_id, 'kept-' || n, p.agreement_id, a.number, a.territory_code, now() - n * interval '170 milliseconds',
      case when n % 250 = 0 then 'failed' else 'answered' end, 200, 800
    from generate_series(1, ${Math.max(0, KEPT - (there?.n ?? 0))}::int) n
    join (select *, row_number() over () - 1 as place, count(*) over () as places from test_plan) p on n % p.places = p.place
    join test_agreement a on a.id = p.agreement_id`
  await owner`insert into probe_window (territory_code, number, probe_id, from_at, tried, answered, reached, delay_ms_sum, delays)
    select territory_code, number, probe_id, date_bin('5 minutes', at, 'epoch'), count(*), count(*) filter (where verdict = 'answered'), 0, count(*) * 800, count(*)
    from probe_result group by 1, 2, 3, 4 order by 4
    on conflict (territory_code, number, probe_id, from_at) do update set tried = excluded.tried, answered = excluded.answered`
  await owner`vacuum analyze`
  await heard(world, say)
  const [kept] = await owner<{ results: number; windows: number }[]>`
    select (select count(*)::int from probe_result) as results, (select count(*)::int from probe_window) as windows`
  return kept ?? { results: 0, windows: 0 }
}

/** Until the watch of the worker has heard them all: a million come in two days, and not in one minute beside what is measured. */
async function heard({ owner }: World, say: (line: string) => void): Promise<void> {
  const from = performance.now()
  for (;;) {
    const [row] = await owner<{ left: number }[]>`
      select (select max(id) from probe_result) - read_to::bigint as left from probe_watch where id = 1`
    if (Number(row?.left ?? 0) <= 0) break
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  say(`heard by the watch ${round((performance.now() - from) / 1000)} s after`)
}

/** Lists of 100 000 lines, read as fast as they come: how long, and how much more memory the web had meanwhile. */
async function takeLists(world: World, say: (line: string) => void) {
  const { owner } = world
  await owner`insert into case_test (case_id, side, purpose, passed, tried, at, recorded_at)
    select (select min(id) from cases where app.is_open(state) and exercise_id is null), 'cell', 'check', 1, 2, now(), now() from generate_series(1, ${LINES})`
  await owner`insert into outbox (to_type, to_id, channel, kind, data, dedupe_key, pressing, state, created_at, sent_at)
    select 'account', id, 'inbox', 'measure', '{}', 'measure-' || n, false, 'acknowledged', now(), now()
    from (select min(id) as id from account) a, generate_series(1, ${LINES}) n`
  const [token, [sender]] = [await world.agentToken(), await world.senders()]
  const taken = []
  for (const [list, format, who] of LISTS) {
    const before = memoryOf(world.pid()).web
    const [from, most] = [performance.now(), { mib: before }]
    const watch = setInterval(() => {
      most.mib = Math.max(most.mib, memoryOf(world.pid()).web)
    }, 200)
    const answer = await fetch(`${world.base}/api/v1/exports/${list}?format=${format}`, {
      headers: { authorization: `Bearer ${who ? sender?.token : token}` },
    })
    let lines = 0
    for await (const part of answer.body ?? []) for (const byte of part) if (byte === 10) lines += 1
    clearInterval(watch)
    const one = {
      ...{ list, format, who, lines },
      seconds: round((performance.now() - from) / 1000),
      webMiB: { before, most: most.mib },
    }
    taken.push(one)
    say(JSON.stringify(one))
  }
  return taken
}

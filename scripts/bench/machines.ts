import { randomUUID } from 'node:crypto'
import { hashToken } from '#app/_auth/token.ts'
import type { World } from '../testing/own-service.ts'
import { memoryOf } from './cost.ts'
import { type Asked, type Figures, load, round } from './load.ts'

/** What a national plan would have: a destination in each of a hundred places, called by ten probes, each through one batch at a time. */
const [PLACES, PROBES, BATCH] = [100, 10, 1_000]
const KEPT = 1_000_000
const LINES = 100_000
const KEY = 'a-key-of-the-measure-for-probes'

type Agreed = { id: number; probe: string }

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
  const kept = await keepMany(world)
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

async function makePlan({ owner }: World): Promise<Agreed[]> {
  await owner`insert into api_token (account_id, hash, name, scopes, created_at, expires_at)
    select min(id), ${hashToken(KEY)}, 'mesure', '{probe}', now(), now() + interval '1 day' from account where role = 'admin'`
  return owner<Agreed[]>`
    with places as (select distinct on (territory_code) id, territory_code from organisation
        where kind = 'samu' and active order by territory_code, id limit ${PLACES}),
      agreed as (insert into test_agreement (organisation_id, number, territory_code, destination, agreed_by, agreed_on, contact, most_per_hour, created_at, created_by_name)
        select id, '15', territory_code, '15-' || territory_code, 'Mesure', now()::date, 'Mesure', 3600, now() - interval '3 days', 'Mesure' from places returning id),
      probes as (insert into probe (name, territory_code, operator, technology, created_at)
        select 'mesure-' || n, '75', 'Opérateur ' || n % 4, 'trunk', now() - interval '3 days' from generate_series(1, ${PROBES}) n returning id, name),
      planned as (insert into test_plan (agreement_id, probe_id, every_s) select agreed.id, probes.id, 60 from agreed, probes)
    select agreed.id::int as id, probes.name as probe from agreed, probes`
}

let turn = 0

function batchOf(agreed: Agreed[]): Asked {
  turn += 1
  const probe = `mesure-${(turn % PROBES) + 1}`
  const own = agreed.filter((one) => one.probe === probe)
  const results = Array.from({ length: BATCH }, (_, n) => ({
    id: randomUUID(),
    agreement: own[n % own.length]?.id,
    at: new Date(Date.now() - n * 1_000).toISOString(),
    sip: n % 250 === 0 ? 503 : 200,
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
async function keepMany({ owner }: World): Promise<{ results: number; windows: number }> {
  const [there] = await owner<{ n: number }[]>`select count(*)::int as n from probe_result`
  await owner`insert into probe_result (probe_id, key, agreement_id, number, territory_code, at, verdict, sip, delay_ms)
    select p.probe_id, 'kept-' || n, p.agreement_id, a.number, a.territory_code, now() - n * interval '170 milliseconds',
      case when n % 250 = 0 then 'failed' else 'answered' end, 200, 800
    from generate_series(1, ${Math.max(0, KEPT - (there?.n ?? 0))}::int) n
    join (select *, row_number() over () - 1 as place, count(*) over () as places from test_plan) p on n % p.places = p.place
    join test_agreement a on a.id = p.agreement_id`
  await owner`insert into probe_window (territory_code, number, probe_id, from_at, tried, answered, reached, delay_ms_sum, delays)
    select territory_code, number, probe_id, date_bin('5 minutes', at, 'epoch'), count(*), count(*) filter (where verdict = 'answered'), 0, count(*) * 800, count(*)
    from probe_result group by 1, 2, 3, 4
    on conflict (territory_code, number, probe_id, from_at) do update set tried = excluded.tried, answered = excluded.answered`
  await owner`analyze`
  const [kept] = await owner<{ results: number; windows: number }[]>`
    select (select count(*)::int from probe_result) as results, (select count(*)::int from probe_window) as windows`
  return kept ?? { results: 0, windows: 0 }
}

/** Lists of 100 000 lines, read as fast as they come: how long, and how much more memory the web had meanwhile. */
async function takeLists(world: World, say: (line: string) => void) {
  const { owner } = world
  await owner`insert into case_test (case_id, side, purpose, passed, tried, at, recorded_at)
    select (select id from cases order by id limit 1), 'cell', 'check', 1, 2, now(), now() from generate_series(1, ${LINES})`
  await owner`insert into outbox (to_type, to_id, channel, kind, data, dedupe_key, pressing, state, created_at, sent_at)
    select 'account', id, 'inbox', 'measure', '{}', 'measure-' || n, false, 'acknowledged', now(), now()
    from (select min(id) as id from account) a, generate_series(1, ${LINES}) n`
  const token = await world.agentToken()
  const taken = []
  for (const list of ['tests', 'messages', 'journal']) {
    const before = memoryOf(world.pid()).web
    const [from, most] = [performance.now(), { mib: before }]
    const watch = setInterval(() => {
      most.mib = Math.max(most.mib, memoryOf(world.pid()).web)
    }, 200)
    const answer = await fetch(`${world.base}/api/v1/exports/${list}?format=jsonl`, {
      headers: { authorization: `Bearer ${token}` },
    })
    let lines = 0
    for await (const part of answer.body ?? []) for (const byte of part) if (byte === 10) lines += 1
    clearInterval(watch)
    const one = {
      list,
      lines,
      seconds: round((performance.now() - from) / 1000),
      webMiB: { before, most: most.mib },
    }
    taken.push(one)
    say(JSON.stringify(one))
  }
  return taken
}

import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type postgres from 'postgres'
import { machine } from '#app/_auth/actor.ts'
import { seedWorld } from '#app/_demo/demo.ts'
import { takeReport } from '#app/drills/commands/intake.ts'
import { settlePlaces } from '#app/drills/commands/places.ts'
import type { Drill } from '#app/drills/rules/drill.ts'
import { correlationValues } from '#app/incidents/rules/thresholds.ts'
import type { PlayedOnce } from '#app/rehearsals/rules/played.ts'
import { ORDINARY } from '#app/rehearsals/rules/together.ts'
import {
  areaOf,
  nothingHeard,
  PooledWatch,
  type TestCall,
  type Usuals,
} from '#app/supervision/rules/cusum.ts'
import { closeClients } from '#db/client.ts'
import { EMBEDDED_DATABASE, embeddedUrl } from '#db/config.ts'
import { freePort, startEmbedded } from '#db/embedded.ts'
import { makeDatabase } from '#db/migrate.ts'
import { DEPARTEMENTS } from '#db/reference/territories.ts'
import { asActor } from '#db/transaction.ts'
import { makeNationalPlan } from '../testing/national-plan.ts'
import { openOwnService } from '../testing/own-service.ts'
import { type Practice, startPractice } from './practice.ts'

const MINUTE = 60_000
const NUMBERS = ['15', '17', '18', '112']
/** Three of each operator, as in what is simulated (app/rehearsals/rules/test-calls.ts). */
const PROBES = Array.from({ length: 12 }, (_, n) => ({
  name: `p${String(n).padStart(2, '0')}`,
  operator: ['alpha', 'bravo', 'charlie', 'delta'][n % 4] as string,
  technology: ['trunk', 'volte', 'box'][n % 3] as string,
}))
/** Nobody found it by then: missed. */
const LONGEST_MIN = 45

type Asked = { share: number; quietMin: number; say: (line: string) => void }
type World = Awaited<ReturnType<typeof openOwnService>>

/** Reports alone: the drill's reports at their minutes through the intake of a service that hears no probe. Minutes to its proposal. */
export function playReportsAlone(drill: Drill, { say }: Asked): Promise<number | null> {
  return inOwnWorld(say, async ({ owner }) => {
    const t0 = new Date()
    const { found } = await sayReports(drill, t0, async () => proposedAfter(owner, t0))
    return found
  })
}

/**
 * Both together, once and in real time: a service of its own with its worker, probes as they are installed, calls that kamailio carries or loses, and
 * the drill's reports at their minutes. The past month of the plan alone is written and not called.
 */
export function playTogether(drill: Drill, { share, quietMin, say }: Asked): Promise<PlayedOnce> {
  return inOwnWorld(say, async (world, folder) => {
    const network = await startPractice(await freePort(), await freePort())
    const probes: ChildProcess[] = []
    try {
      const { owner } = world
      const key = randomBytes(24).toString('base64url')
      const cells = NUMBERS.length * DEPARTEMENTS.length
      await makeNationalPlan(owner, key, {
        ...{ numbers: NUMBERS, places: DEPARTEMENTS.map(({ code }) => code), probes: PROBES, inTurn: true },
        everyS: Math.round((cells / ORDINARY.perMinute) * 60),
      })
      await writePastMonth(owner, cells)
      await network.lose('all', ORDINARY.share * 100)
      for (const { name, operator } of PROBES)
        probes.push(startProbe({ name, operator, base: world.base, via: network.via, key, folder }))
      say(`${quietMin} quiet minutes, ${PROBES.length} probes`)
      await wait(quietMin * MINUTE)
      const before = await called(owner, new Date(0))
      if (before.calls < (ORDINARY.perMinute * quietMin) / 2)
        throw new Error(`only ${before.calls} calls came in ${quietMin} minutes`)
      const t0 = new Date()
      await lose(network, share)
      say(`from now on ${share} % are lost`)
      let fused: number | null = null
      const { said, found } = await sayReports(drill, t0, async () => {
        fused ??= await proposedAfter(owner, t0)
        return fused === null ? null : byProbesAlone(owner, t0)
      })
      say(`both together after ${fused} minutes, test calls alone after ${found}`)
      const during = await called(owner, t0)
      const minutes = (Date.now() - t0.getTime()) / MINUTE
      return {
        ...{ fused, probes: found, said, calls: during.calls, lost: during.lost, before },
        perMinute: tenth((during.calls - during.inBursts) / minutes),
      }
    } finally {
      for (const child of probes) child.kill('SIGTERM')
      await network.stop()
    }
  })
}

/** A service on a database of its own, as it is first started, with a directory and no case. */
async function inOwnWorld<T>(
  say: (line: string) => void,
  play: (world: World, folder: string) => Promise<T>,
) {
  const folder = mkdtempSync(join(tmpdir(), 'permanence-drill-'))
  const server = await startEmbedded(folder)
  await makeDatabase(embeddedUrl(folder, 'postgres'), EMBEDDED_DATABASE)
  const url = embeddedUrl(folder, EMBEDDED_DATABASE)
  const world = await openOwnService(say, { DATABASE_URL: url, WEB_PROCESSES: '1' })
  try {
    await seedWorld(world.owner, new Date(), false)
    return await play(world, folder)
  } finally {
    await closeClients()
    await world.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What is lost by the failure comes on top of what ordinary days lose. */
function lose(network: Practice, share: number): Promise<void> {
  return network.lose('all', share + ORDINARY.share * (100 - share))
}

type Installed = { name: string; operator: string; base: string; via: string; key: string; folder: string }

function startProbe({ name, operator, base, via, key, folder }: Installed): ChildProcess {
  const args = ['--to', base, '--name', name, '--via', via, '--from', `${operator}.${name}`]
  return spawn(
    process.execPath,
    ['scripts/probe/main.ts', ...args, '--keep', join(folder, `${name}.jsonl`)],
    { env: { ...process.env, PERMANENCE_PROBE_TOKEN: key }, stdio: ['ignore', 'ignore', 'ignore'] },
  )
}

/** Four weeks in which each destination lost as many as is usual: a watch learns from its windows. */
async function writePastMonth(owner: postgres.Sql, cells: number): Promise<void> {
  const aDay = Math.round((ORDINARY.perMinute * 1440) / cells)
  const usual = aDay * ORDINARY.share
  await owner`insert into probe_window (territory_code, number, probe_id, from_at, tried, answered, reached, delay_ms_sum, delays)
    select a.territory_code, a.number, p.probe_id, date_trunc('day', now()) - day * interval '1 day', ${aDay},
      ${aDay} - case when (a.id * 28 + day) * ${usual}::numeric % 1 < ${usual}::numeric then 1 else 0 end, 0, 0, 0
    from test_plan p join test_agreement a on a.id = p.agreement_id, generate_series(1, 27) day`
  await owner`update probe_watch set learnt_at = null`
}

/** The reports at their minutes, until `look` has found what is looked for; how many were said. */
async function sayReports(drill: Drill, t0: Date, look: () => Promise<number | null>) {
  const actor = machine('drill')
  const places = await asActor(actor, (tx) => settlePlaces(tx, actor, drill))
  const left = drill.reports.filter((one) => one.offset_min >= 0)
  const all = left.length
  let found: number | null = null
  for (let minute = 0; minute < LONGEST_MIN && found === null; ) {
    for (let next = left[0]; next && next.offset_min <= minute; next = left[0]) {
      await takeReport(actor, drill, next, places, new Date())
      left.shift()
    }
    await wait(1_000)
    found = await look()
    minute = (Date.now() - t0.getTime()) / MINUTE
  }
  return { found, said: all - left.length }
}

/** When the crisis cell was first proposed, in minutes since. */
async function proposedAfter(owner: postgres.Sql, t0: Date): Promise<number | null> {
  const [first] = await owner<{ minute: number | null }[]>`
    select min(extract(epoch from made_at - ${t0}) / 60)::float8 as minute from proposal where level = 'crisis' and made_at >= ${t0}`
  return first?.minute == null ? null : tenth(first.minute)
}

type Row = Omit<TestCall, 'area' | 'at'> & { at: Date }

/** The same calls heard by the same rule as if nobody had reported: without the bursts that a report asked for. */
async function byProbesAlone(owner: postgres.Sql, t0: Date): Promise<number | null> {
  const [watched] = await owner<{ usual: Usuals }[]>`select usual from probe_watch`
  const rows = await owner<Row[]>`
    select r.at, p.name as probe, p.operator, p.technology, r.territory_code as territory, r.number, r.verdict = 'failed' as failed
    from probe_result r join probe p on p.id = r.probe_id left join probe_burst b on b.id = r.burst_id
    where r.verdict <> 'not_placed' and b.cause is distinct from 'report' order by r.id`
  const watch = new PooledWatch(nothingHeard(), watched?.usual ?? {})
  const years = correlationValues().probeDays / 365
  for (const row of rows) {
    watch.hear({ ...row, at: row.at.getTime(), area: areaOf(row.territory) })
    const alarm = row.failed && row.at >= t0 ? watch.alarm(row.at.getTime(), years) : null
    if (alarm && alarm.kind !== 'probe') return tenth((row.at.getTime() - t0.getTime()) / MINUTE)
  }
  return null
}

async function called(owner: postgres.Sql, since: Date) {
  const [row] = await owner<{ calls: number; inBursts: number; lost: number }[]>`
    select count(*)::int as calls, count(burst_id)::int as "inBursts", count(*) filter (where verdict = 'failed')::int as lost
    from probe_result where at >= ${since} and verdict <> 'not_placed'`
  return row ?? { calls: 0, inBursts: 0, lost: 0 }
}

function tenth(minutes: number): number {
  return Math.round(minutes * 10) / 10
}

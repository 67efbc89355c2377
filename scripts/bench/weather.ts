import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { sealSession } from '#app/_auth/cookie.ts'
import { makeReader } from '#app/_live/reader.ts'
import type { Agreed } from '../testing/national-plan.ts'
import type { World } from '../testing/own-service.ts'
import { reportOf } from '../testing/report-of.ts'
import { cpuOf } from './cost.ts'
import { listen } from './live.ts'
import { percentiles, round } from './load.ts'
import { batchOf } from './machines.ts'

export type Force = {
  seconds: number
  times: number
  agents: number
  reporters: number
  /** A second, as `updates`. */
  reports: number
  updates: number
  /** Results of test calls a second, each probe's sent every ten seconds. */
  results: number
}
type Times = { p50: number; p99: number; measured: number; missing: number }
export type Storm = {
  times: number
  asked: Omit<Force, 'times'>
  ms: Record<'report' | 'hint' | 'row' | 'notification' | 'update' | 'page' | 'results', Times>
  /** Processors that each part kept busy, on the average. */
  cpu: Record<string, number>
  statuses: Record<string, number>
  refused: number
  /** What broke first, in words; null: nothing. */
  gave: string | null
}

/** Longer than this from the accepted report to the row, and the room no longer works live. */
const ROW_BORNE_MS = 5_000
/** What is still on its way when the last report was sent. */
const AFTER_MS = 20_000
const PAGE_MS = 30_000

/** One page open somewhere: it reads again when it is hinted, exactly as often as the product's own does. */
type Page = { close: () => void; open: Promise<void> }

/** `agreed`: the plan of the probes (makePlan). */
export async function storm(world: World, force: Force, agreed: Agreed[]): Promise<Storm> {
  const { seconds, times } = force
  const asked = {
    seconds,
    agents: force.agents * times,
    reporters: force.reporters * times,
    reports: force.reports * times,
    updates: force.updates * times,
    results: force.results * times,
  }
  const statuses = new Map<string, number>()
  const [answered, read, updated, posted]: [number[], number[], number[], number[]] = [[], [], [], []]
  const accepted = new Map<string, { at: number; externalId: string }>()
  const [hinted, seen] = [new Map<string, number>(), new Map<string, number>()]
  const count = (what: string, status: number | string) =>
    statuses.set(`${what} ${status}`, (statuses.get(`${what} ${status}`) ?? 0) + 1)

  async function ask(what: string, path: string, init: RequestInit, into: number[]): Promise<string | null> {
    const from = performance.now()
    try {
      const answer = await fetch(world.base + path, { ...init, signal: AbortSignal.timeout(PAGE_MS) })
      const text = await answer.text()
      count(what, answer.status)
      if (!answer.ok) return null
      into.push(performance.now() - from)
      return text
    } catch (error) {
      const { name, cause } = error as Error
      // A line that broke, and how.
      count(what, (cause as NodeJS.ErrnoException | undefined)?.code ?? name)
      return null
    }
  }

  function page(
    cookie: string,
    path: string,
    told: (text: string) => void,
    hears: (reference: string) => void,
  ): Page {
    const reader = makeReader(Date.now, () => false)
    reader.read = () => {
      void ask(
        'page',
        path,
        { headers: path.startsWith('/api/') ? { cookie } : { cookie, rsc: '1' } },
        read,
      ).then((text) => {
        if (text) told(text)
        reader.finished()
      })
    }
    const stream = listen(world.base, cookie, (reference) => {
      hears(reference)
      reader.ask({ at: Date.now(), cases: [reference], events: [] })
    })
    return {
      open: stream.open,
      close: () => {
        reader.stop()
        stream.close()
      },
    }
  }

  const agent = await world.agentCookie()
  const reporters = await sessionsOfReporters(world)
  // Newest first: what has just been reported stands at the top of what every agent has open.
  const queue = '/api/queue?closed=1&state=received'
  const looks = (text: string) => {
    for (const [reference] of text.matchAll(/\b\d{4}-\d{6}-\d\b/g))
      if (!seen.has(reference)) seen.set(reference, performance.now())
  }
  const first = (reference: string) => {
    if (!hinted.has(reference)) hinted.set(reference, performance.now())
  }
  const nothing = () => {}
  const pages = [
    ...Array.from({ length: asked.agents }, () => page(agent, queue, looks, first)),
    ...Array.from({ length: asked.reporters }, (_, n) =>
      page(reporters[n % reporters.length] as string, '/api/my', nothing, nothing),
    ),
  ]
  await Promise.all(pages.map(({ open }) => open))

  const [senders, token] = [await world.senders(), await world.agentToken()]
  const rows = await world.owner<{ reference: string }[]>`
    select reference from cases where state in ('acknowledged', 'checking', 'diagnosed') and level <= 2
      and exercise_id is null order by md5(reference) limit 3000`
  const report = async (n: number) => {
    const sender = senders[n % senders.length]
    if (!sender) return
    const externalId = randomUUID()
    const { path, ...init } = reportOf(sender, externalId)
    const text = await ask('report', path, init, answered)
    if (text) accepted.set((JSON.parse(text) as { id: string }).id, { at: performance.now(), externalId })
  }
  const update = async (n: number) => {
    const body = {
      note: [{ text: 'Essais en cours avec l’opérateur de transport.' }],
      nextContactDate: new Date(Date.now() + 20 * 60_000).toISOString(),
    }
    await ask(
      'update',
      `/tmf-api/troubleTicket/v4/troubleTicket/${rows[n % rows.length]?.reference}`,
      {
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      },
      updated,
    )
  }

  // Ten probes, each with what it heard in ten seconds: a batch a second, whatever the storm.
  const results = async () => {
    const { path, ...init } = batchOf(agreed, asked.results)
    await ask('results', path, init, posted)
  }

  const [before, from] = [cpuOf(world.pid()), performance.now()]
  await Promise.all([
    steadily(asked.reports, seconds, report),
    steadily(asked.updates, seconds, update),
    ...(asked.results > 0 ? [steadily(1, seconds, results)] : []),
  ])
  const [after, took] = [cpuOf(world.pid()), performance.now() - from]
  for (const until = performance.now() + AFTER_MS; performance.now() < until; await wait(200))
    if ([...accepted.keys()].every((one) => seen.has(one))) break
  for (const { close } of pages) close()

  const since = (found: Map<string, number>) =>
    [...accepted].flatMap(([reference, { at }]) =>
      found.has(reference) ? [Math.max(0, (found.get(reference) ?? 0) - at)] : [],
    )
  const told = await notified(
    world,
    [...accepted.values()].map(({ externalId }) => externalId),
  )
  const sent = Math.round(asked.reports * seconds)
  const ms = {
    report: timesOf(answered, sent),
    hint: timesOf(since(hinted), accepted.size),
    row: timesOf(since(seen), accepted.size),
    notification: timesOf(told, accepted.size),
    update: timesOf(updated, Math.round(asked.updates * seconds)),
    page: timesOf(read, read.length),
    results: timesOf(posted, asked.results > 0 ? Math.round(seconds) : 0),
  }
  const refused = [...statuses].filter(([what]) => !/ 2\d\d$/.test(what)).reduce((sum, [, n]) => sum + n, 0)
  return {
    times,
    asked,
    ms,
    cpu: Object.fromEntries(
      (['web', 'worker', 'postgres'] as const).map((part) => [
        part,
        round((after[part] - before[part]) / took),
      ]),
    ),
    statuses: Object.fromEntries(statuses),
    refused,
    gave: gaveWay(ms, refused),
  }
}

function gaveWay(ms: Storm['ms'], refused: number): string | null {
  if (refused > 0) return `${refused} requests were refused or not answered`
  if (ms.hint.missing > 0) return `${ms.hint.missing} reports were hinted to nobody`
  if (ms.row.missing > 0) return `${ms.row.missing} reports were seen on no page`
  return ms.row.p99 > ROW_BORNE_MS ? `a row came after ${ms.row.p99} ms` : null
}

/** So many a second, at their hour, whether the ones before were answered or not: people do not wait for each other. */
async function steadily(
  perSecond: number,
  seconds: number,
  run: (n: number) => Promise<void>,
): Promise<void> {
  const from = performance.now()
  const all: Promise<void>[] = []
  for (let n = 0; n < perSecond * seconds; n++) {
    const due = from + (n * 1000) / perSecond
    const early = due - performance.now()
    if (early > 0) await wait(early)
    all.push(run(n))
  }
  await Promise.all(all)
}

/** A session for each automaton's account: as many organisations as report. */
async function sessionsOfReporters({ owner, senders }: World): Promise<string[]> {
  await senders()
  const now = new Date()
  const made = await owner<{ id: string }[]>`
    insert into session (id, account_id, created_at, last_seen_at, expires_at)
    select gen_random_uuid(), id, ${now}, ${now}, ${new Date(now.getTime() + 3_600_000)} from account
    where email like 'automate-%' returning id`
  return Promise.all(made.map(async ({ id }) => `next-auth.session-token=${await sealSession(id)}`))
}

/** From the hour of the report to the hour of the first message about it. */
async function notified({ owner }: World, externalIds: string[]): Promise<number[]> {
  const found = await owner<{ ms: number }[]>`
    select extract(epoch from min(m.created_at) - c.received_at)::float8 * 1000 as ms
    from cases c join inbox_message m on m.case_id = c.id
    where c.external_id = any (${externalIds}) group by c.id, c.received_at`
  return found.map(({ ms }) => Math.max(0, ms))
}

function timesOf(values: number[], wanted: number): Times {
  const [p50 = 0, p99 = 0] = percentiles(values, [50, 99])
  return { p50, p99, measured: values.length, missing: Math.max(0, wanted - values.length) }
}

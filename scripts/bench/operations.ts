import type { World } from '../testing/own-service.ts'
import { reportOf } from '../testing/report-of.ts'
import { type Cpu, cpuOf } from './cost.ts'
import { type Asked, type Figures, load, round } from './load.ts'

/** Of TMF621: `report` makes a ticket. */
export const TICKETS = ['ticket', 'tickets', 'report'] as const
/** In the order in which they are measured: reports, which make the lists grow, come last. */
export const OPERATIONS = [
  'refresh',
  'queue',
  'case',
  'search',
  'update',
  'ticket',
  'tickets',
  'report',
] as const
export type Operation = (typeof OPERATIONS)[number]
/** `cpuMs`: processor time of each part for one answer, what runs beside it included. */
export type Measures = Record<Operation, (Figures & { cpuMs: Cpu })[]>

const WARM_S = 10
const TICKET = '/tmf-api/troubleTicket/v4/troubleTicket'

/** What a person or an automaton asks through HTTP, signed in; and how much of it a second. */
export async function measure(
  world: World,
  connections: readonly number[],
  seconds: number,
  say: (line: string) => void,
  which: readonly Operation[] = OPERATIONS,
): Promise<Measures> {
  const [cookie, token, senders] = [
    await world.agentCookie(),
    await world.agentToken(),
    await world.senders(),
  ]
  const rows = await world.owner<{ reference: string }[]>`
    select reference from cases where state in ('acknowledged', 'checking', 'diagnosed') and level <= 2
      and exercise_id is null order by md5(reference) limit 3000`
  const page = { headers: { cookie, accept: 'text/html' } }
  const machine = { authorization: `Bearer ${token}` }
  const some = <T>(list: readonly T[], n: number) => list[n % list.length] as T
  let n = 0
  const asks: Record<Operation, () => Asked> = {
    report: () => reportOf(some(senders, n++)),
    // What an open page of the queue asks when a hint tells it to.
    refresh: () => ({ path: '/api/queue', ...page }),
    queue: () => ({ path: '/cases', ...page }),
    case: () => ({ path: `/cases/${some(rows, n++).reference}`, ...page }),
    search: () => ({ path: some(SEARCHES, n++), ...page }),
    ticket: () => ({ path: `${TICKET}/${some(rows, n++).reference}`, headers: machine }),
    tickets: () => ({ path: `${TICKET}?limit=20&status=pending`, headers: machine }),
    update: () => ({
      method: 'PATCH',
      path: `${TICKET}/${some(rows, n++).reference}`,
      headers: { ...machine, 'content-type': 'application/json' },
      body: JSON.stringify({
        note: [{ text: 'Essais en cours avec l’opérateur de transport.' }],
        nextContactDate: new Date(Date.now() + 20 * 60_000).toISOString(),
      }),
    }),
  }
  const measured = {} as Measures
  for (const operation of which) {
    measured[operation] = []
    // Not counted: a service that has just started compiles what it runs and plans what it reads, in each of its processes.
    await load(world.base, 16, WARM_S, asks[operation])
    for (const count of connections) {
      const before = cpuOf(world.pid())
      const figures = await load(world.base, count, seconds, asks[operation])
      const cpuMs = each(before, cpuOf(world.pid()), figures.requests)
      measured[operation].push({ ...figures, cpuMs })
      say(
        `${operation} × ${count}: ${figures.perSecond}/s, p95 ${figures.p95} ms, ${figures.failed} failed, cpu ${JSON.stringify(cpuMs)}`,
      )
    }
  }
  return measured
}

function each(before: Cpu, after: Cpu, requests: number): Cpu {
  const one = (part: keyof Cpu) => round((after[part] - before[part]) / Math.max(1, requests))
  return { web: one('web'), worker: one('worker'), postgres: one('postgres') }
}

/** Words, a commune, an organisation, filters: what an agent types and clicks. */
const SEARCHES = [
  '/cases?q=coup%C3%A9',
  '/cases?q=marseille',
  '/cases?q=samu%2059',
  '/cases?level=3&number=15',
  '/cases?territory=69',
  '/cases?state=checking&unassigned=1',
]

/** How much slower the larger database answers, one connection: 1 is no slower. */
export function growth(small: Measures, large: Measures): Record<Operation, number> {
  const at = (measures: Measures, operation: Operation) => measures[operation][0]?.p50 || 1
  return Object.fromEntries(
    OPERATIONS.map((operation) => [operation, round(at(large, operation) / at(small, operation))]),
  ) as Record<Operation, number>
}

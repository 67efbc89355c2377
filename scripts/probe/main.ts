import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Burst, makeDiary, type Planned } from './due.ts'
import { keptResults, type Result } from './kept-results.ts'
import { placeCalls, type Round } from './place-calls.ts'
import { causeOf } from './read-log.ts'

// npm run probe -- --to https://portal --name NAME --via HOST:PORT [--from USER] [--most 4] [--local-ip IP] [--keep FILE]
// Needs this folder, Node 24 and sipp (apt-get install sip-tester), and nothing else of the project.
const USAGE =
  'usage: PERMANENCE_PROBE_TOKEN=… npm run probe -- --to https://PORTAL --name NAME --via HOST:PORT [--from USER] [--most 4] [--local-ip IP] [--keep FILE]'
const { values } = parseArgs({
  options: {
    ...{
      to: { type: 'string' },
      name: { type: 'string' },
      via: { type: 'string' },
      from: { type: 'string' },
    },
    ...{
      most: { type: 'string', default: '4' },
      'local-ip': { type: 'string', default: '127.0.0.1' },
      keep: { type: 'string' },
    },
  },
})
const say = (line: string) => console.error(`${new Date().toISOString()} ${line}`)
const { PERMANENCE_PROBE_TOKEN, PERMANENCE_PROBE_TOKEN_FILE } = process.env
const token =
  PERMANENCE_PROBE_TOKEN ??
  (PERMANENCE_PROBE_TOKEN_FILE ? readFileSync(PERMANENCE_PROBE_TOKEN_FILE, 'utf8').trim() : '')
const { to, name, via } = values
const most = Number(values.most)
if (!to || !name || !via || !token || !Number.isInteger(most) || most < 1 || most > 50) {
  console.error(USAGE)
  process.exit(2)
}

/** The plan is asked for so often: what is stopped on the page stops here. */
const ASK_MS = 2_000
/** Without a word from the portal a probe goes on with what it knows for so long, then calls nobody: it could not hear a stop. */
const ALONE_MS = 30 * 60_000
/** A batch of results. */
const BATCH = 500

const kept = keptResults(values.keep ?? `.probe-${name}.jsonl`)
const diary = makeDiary()
type Orders = { stopped: boolean; calls: Planned[]; bursts: Burst[] }
let orders: Orders = { stopped: false, calls: [], bursts: [] }
let heardAt = 0
let round = null as Round | null
let trouble: string | null = null
let over = false
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    over = true
    round?.hangUp()
  })

say(`${name}: calls through ${via}, ${most} at once at most`)
while (!over) {
  await ask()
  const quiet = orders.stopped || Date.now() - heardAt > ALONE_MS
  if (quiet) round?.hangUp()
  else if (!round) begin()
  if (kept.size() > 0 || trouble !== null) await tell()
  await wait(ASK_MS)
}
await round?.done
await tell()

async function ask(): Promise<void> {
  const answer = await door(`plan?probe=${encodeURIComponent(String(name))}`)
  if (!answer) return
  if (answer.status !== 200)
    return say(`the plan is refused (${answer.status}): ${answer.body?.message ?? ''}`)
  const before = orders.stopped
  orders = answer.body as unknown as Orders
  heardAt = Date.now()
  if (orders.stopped !== before) say(orders.stopped ? 'stopped on the page: nobody is called' : 'calls again')
}

function begin(): void {
  const { due, full } = diary.due(orders.calls, orders.bursts, Date.now(), most * 4)
  if (full.length > 0) say(`not called, as often as agreed in this hour: agreement ${full.join(', ')}`)
  if (due.length === 0) return
  diary.called(due, Date.now())
  const calls = due.map((one) => ({ ...one, id: randomUUID() }))
  const began = new Date().toISOString()
  const started = placeCalls(calls, {
    via: String(via),
    from: values.from ?? String(name),
    localIp: values['local-ip'],
    most,
  })
  round = started
  void started.done.then(({ heard, trouble: why }) => {
    round = null
    const hungUp = orders.stopped || over
    const found = new Map(heard.map((one) => [one.id, one]))
    kept.add(
      ...calls.flatMap(({ id, agreement, burst }): Result[] => {
        const one = found.get(id)
        // Hung up by us: no fact of the network.
        if (!one && hungUp) return []
        const at = one?.sentAt == null ? began : new Date(one.sentAt).toISOString()
        const base = { id, agreement, burst, at, rang: one?.rang ?? false }
        if (!one) return [{ ...base, sip: null, cause: null, delayMs: null, talkMs: null }]
        return [
          { ...base, sip: one.sip, cause: causeOf(one.reason), delayMs: one.delayMs, talkMs: one.talkMs },
        ]
      }),
    )
    const missing = calls.filter(({ id }) => !found.has(id)).length
    trouble =
      why ?? (missing > 0 && !hungUp ? `${missing} of ${calls.length} calls could not be placed` : null)
    if (trouble) say(trouble)
  })
}

async function tell(): Promise<void> {
  const results = kept.first(BATCH)
  const answer = await door('results', { probe: name, results, trouble })
  if (!answer) return
  if (answer.status === 200) {
    kept.told(results.length)
    if (round === null) trouble = null
    for (const { id, field, reason } of (answer.body?.refused as {
      id: string
      field: string
      reason: string
    }[]) ?? [])
      say(`refused: ${id} ${field}: ${reason}`)
    return
  }
  say(`results are refused (${answer.status}): ${answer.body?.message ?? ''}`)
  // What the portal can never read must not hold back what comes after it; too much at once is sent again.
  if (answer.status === 400 || answer.status === 413) kept.told(results.length)
}

/** Null: the portal is away, and what is to be told waits. */
async function door(
  path: string,
  body?: object,
): Promise<{ status: number; body: Record<string, unknown> | null } | null> {
  try {
    const answer = await fetch(new URL(`/api/v1/probes/${path}`, String(to)), {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(10_000),
      redirect: 'error',
    })
    if (answer.status >= 500 || answer.status === 429) return null
    return {
      status: answer.status,
      body: (await answer.json().catch(() => null)) as Record<string, unknown> | null,
    }
  } catch {
    return null
  }
}

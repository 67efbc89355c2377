import { parseArgs } from 'node:util'
import type { AccountActor } from '#app/_auth/actor.ts'
import { sendToWay } from '#app/notifications/commands/prove-way.ts'
import { freePort } from '#db/embedded.ts'
import type { World } from '../testing/own-service.ts'
import { bringing, isThere } from '../testing/parts.ts'
import { Smsc } from '../testing/smsc.ts'
import { figuresOf, say } from './figures.ts'
import { percentiles } from './load.ts'

const QUEUED = 1_000
/** What a message centre usually sells: more in a second is throttled. */
const A_SECOND = 100
/** Events that call somebody while the queue goes out, and how far apart. */
const [EVENTS, APART_MS] = [100, 80]

// npm run bench -- messages [--out FILE]: how fast short messages leave, by the worker as it runs, to a message centre that is not ours:
// a thousand at once, and what presses between them.
const { values } = parseArgs({ args: process.argv.slice(3), options: { out: { type: 'string' } } })
const numberOf = (n: number) => `3363998${String(n).padStart(4, '0')}`
let batch = 0

if (!isThere('smsc')) throw new Error(`left out: ${bringing('smsc')}`)
await figuresOf(values.out, async (world) => ({ messages: await measureMessages(world) }))

async function measureMessages(world: World) {
  const centre = await new Smsc(await freePort(), { rate: A_SECOND }).start()
  try {
    const owned = await makeWays(world, centre.port)
    await queueAll(world, owned)
    const began = performance.now()
    await centre.until(() => centre.submits.length >= QUEUED, 120)
    const thousand = {
      aSecond: A_SECOND,
      seconds: Math.round((performance.now() - began) / 100) / 10,
      distinct: new Set(centre.submits.map(({ to }) => to)).size,
    }
    say(
      `${QUEUED} short messages at ${A_SECOND} a second: ${thousand.seconds} s, ${thousand.distinct} distinct`,
    )

    await queueAll(world, owned)
    const accepted = await callMany(owned, centre)
    const [p50, p95, p99] = percentiles(accepted, [50, 95, 99])
    const figures = {
      queued: QUEUED,
      p50,
      p95,
      p99,
      measured: accepted.length,
      missing: EVENTS - accepted.length,
    }
    say(`event to accepted with ${QUEUED} queued: p50 ${p50} ms, p99 ${p99} ms, ${figures.missing} missing`)
    return { thousand, event: figures }
  } finally {
    await centre.kill()
  }
}

type Owned = { lead: AccountActor; ways: number[] }

/** One person with more telephones than anybody has: those of the queue, and those that events call. */
async function makeWays({ owner }: World, port: number): Promise<Owned> {
  const settings = { sender: '38000', smpp: { host: '127.0.0.1', port, systemId: 'permanence', window: 50 } }
  await owner`insert into setting (key, value) values ('channel.sms', ${owner.json(settings)})`
  const [found] =
    await owner`select id::int, name, email from account where role = 'lead' and active order by id limit 1`
  const ways = await owner<{ id: number }[]>`
    insert into contact_way (account_id, kind, value, verified_at)
    select ${found?.id}, 'mobile', '+3363998' || lpad(n::text, 4, '0'), now() from generate_series(1, ${QUEUED + EVENTS}::int) n
    returning id::int`
  const lead: AccountActor = {
    ...{
      kind: 'account',
      accountId: found?.id,
      role: 'lead',
      name: found?.name,
      email: found?.email,
      locale: 'fr',
    },
    ...{ organisationId: null, territories: [], exerciseId: null },
  }
  return { lead, ways: ways.map(({ id }) => id) }
}

async function queueAll({ owner }: World, { lead, ways }: Owned): Promise<void> {
  batch += 1
  await owner`insert into outbox (to_type, to_id, account_id, channel, kind, data, dedupe_key, pressing, state, due_at, created_at)
    select 'way', id, ${lead.accountId}, 'sms', 'case_updated', '{}', ${`measure ${batch} `} || id, false, 'queued', now(), now()
    from unnest(${ways.slice(0, QUEUED)}::bigint[]) id`
}

/** Milliseconds from each event, its transaction included, until the centre has its message. */
async function callMany({ lead, ways }: Owned, centre: Smsc): Promise<number[]> {
  const began = new Map<string, number>()
  for (const [n, wayId] of ways.slice(QUEUED).entries()) {
    began.set(numberOf(QUEUED + n + 1), performance.now())
    const sent = await sendToWay(lead, { wayId, kind: 'way_code' }, new Date())
    if (!sent.ok) throw new Error(sent.reason.key)
    await new Promise((resolve) => setTimeout(resolve, APART_MS))
  }
  const told = () => centre.submits.filter(({ to }) => began.has(to))
  await centre.until(() => told().length >= EVENTS, 60)
  return told().map(({ to, at }) => Math.round(at - (began.get(to) ?? 0)))
}

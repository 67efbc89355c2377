import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { seedWorld } from '#app/_demo/demo.ts'
import { closeClients } from '#db/client.ts'
import { databaseEnvironment, Misconfigured, readConfig } from '#db/config.ts'
import { primaryUrl } from '#db/connection.ts'
import { connectAsOwner, makeDatabase, migrate } from '#db/migrate.ts'
import { type Intake, startIntake } from '../chaos/intake.ts'
import { prove } from '../chaos/proof.ts'
import { build } from '../start/build.ts'
import { makeSenders } from '../testing/own-service.ts'
import { ENGINE, type Engine, type Node, startEngine } from './engine.ts'
import { gapOf, type Struck, tableOf } from './gaps.ts'
import { openSite, type Site } from './sites.ts'
import { told } from './told.ts'
import { doneTwice } from './twice.ts'

// npm run failover [-- --lanes 8 --hosts 3 --json FILE]: PostgreSQL on several hosts and two sites of web and worker, all on this
// machine; each loss in turn under intake, then the proof. Ends with 1 when something acknowledged is lost, or done twice.
const say = (line: string) => console.error(line)

await told(async () => {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: {
      lanes: { type: 'string', default: '8' },
      hosts: { type: 'string', default: '3' },
      json: { type: 'string' },
    },
  })
  const [lanes, hosts] = [Number(values.lanes), Number(values.hosts)]
  if (!(lanes >= 1 && lanes <= 64) || !(hosts >= 2 && hosts <= 5))
    throw new Misconfigured('Usage: npm run failover -- --lanes N (1 to 64) --hosts N (2 to 5) --json FILE')
  await build(say)
  const engine = await startEngine(hosts, say)
  const sites: Site[] = []
  try {
    const common = await prepare(engine)
    for (const name of ['site-a', 'site-b']) sites.push(await openSite(name, engine.folder, common))
    say('Starting two sites of web and worker')
    for (const site of sites) await site.start()
    return await strikeAll(engine, sites, lanes, values.json)
  } finally {
    await closeClients()
    for (const site of sites) site.kill()
    await engine.close()
  }
})

/** An owner who is no more than that, a database with a directory, and what every process of the two sites is told. */
async function prepare(engine: Engine): Promise<NodeJS.ProcessEnv> {
  const chief = connectAsOwner(await primaryUrl(engine.chiefUrl('postgres')))
  await chief.unsafe(`create role permanence_owner login password 'loopback' createrole createdb`)
  await chief.end()
  const url = engine.url('permanence_owner', 'loopback', 'permanence')
  const secret = randomBytes(32).toString('base64url')
  // One for both sites: a journal has one file of checkpoints and one key.
  const evidence = join(engine.folder, 'evidence')
  mkdirSync(evidence)
  const common = {
    ...process.env,
    HOST: '127.0.0.1',
    DATABASE_URL: url,
    AUTH_SECRET: secret,
    PERMANENCE_BUDGET_FACTOR: '1000',
    PERMANENCE_CHECKPOINTS: join(evidence, 'checkpoints'),
    PERMANENCE_EVIDENCE_KEY_FILE: join(evidence, 'evidence.key'),
  }
  await makeDatabase(await primaryUrl(engine.url('permanence_owner', 'loopback', 'postgres')), 'permanence')
  await migrate(url, secret)
  const config = readConfig({ ...common, PERMANENCE_DATA_DIR: join(engine.folder, 'here') })
  Object.assign(process.env, { DATABASE_URL: url }, databaseEnvironment(config), { NEXTAUTH_SECRET: secret })
  const owner = connectAsOwner(await primaryUrl(url))
  await seedWorld(owner, new Date(), false)
  await owner.end()
  return common
}

type Strike = { name: string; aim: string; run: () => Promise<Pick<Struck, 'engineMs'>> }

async function strikeAll(engine: Engine, sites: Site[], lanes: number, json?: string): Promise<boolean> {
  const [a, b] = sites as [Site, Site]
  const ownerUrl = process.env.PERMANENCE_OWNER_URL as string
  const owner = connectAsOwner(await primaryUrl(ownerUrl))
  const senders = await makeSenders(owner)
  await owner.end()
  const intake = startIntake([a.base, b.base], senders, lanes)
  const leads = async () => (await engine.leader()) ?? (await engine.nextLeader(null))

  /** From the loss to the hour at which another host leads: the engine's own time. */
  async function lose(loss: (leader: Node) => unknown, again: (leader: Node) => unknown) {
    const leader = await leads()
    const from = Date.now()
    await loss(leader)
    await engine.nextLeader(leader)
    const engineMs = Date.now() - from
    await servedSince(intake, Date.now())
    await again(leader)
    await engine.settled()
    return { engineMs }
  }

  const strikes: Strike[] = [
    { name: 'nothing', aim: '–', run: () => wait(10_000, { engineMs: 0 }) },
    {
      name: 'the leader killed (kill -9 of its host)',
      aim: `${ENGINE.ttl - 1} s + 2`,
      run: () =>
        lose(
          (node) => engine.kill(node),
          (node) => engine.start(node),
        ),
    },
    {
      name: 'a planned change of leader',
      aim: '2 s + 2',
      run: () =>
        lose(
          (node) => engine.switchover(node),
          () => {},
        ),
    },
    {
      name: 'etcd away for twice its ttl',
      aim: '0',
      run: async () => {
        const leader = await leads()
        engine.freezeEtcd()
        await wait(2 * ENGINE.ttl * 1000)
        engine.thawEtcd()
        const after = await engine.nextLeader(null)
        await engine.settled()
        if (after.name !== leader.name) say(`the leader changed from ${leader.name} to ${after.name}`)
        return { engineMs: 0 }
      },
    },
    {
      name: 'the leader frozen (its host hangs)',
      aim: `${ENGINE.ttl} s + 2`,
      run: () =>
        lose(
          (node) => engine.freeze(node),
          (node) => engine.thaw(node),
        ),
    },
    {
      name: 'one site killed, web and worker',
      aim: 'a retry',
      run: async () => {
        b.kill()
        await wait(15_000)
        await b.start()
        return { engineMs: 0 }
      },
    },
  ]

  const struck: Struck[] = []
  for (const { name, aim, run } of strikes) {
    await servedSince(intake, Date.now())
    const [from, before] = [Date.now(), intake.accepted.size]
    say(`${new Date().toISOString()} ${name}`)
    const { engineMs } = await run()
    await servedSince(intake, Date.now())
    const to = Date.now()
    const gapMs = gapOf(
      [...intake.accepted.values()].map(({ at }) => at),
      from,
      to,
    )
    struck.push({
      name,
      aim,
      engineMs,
      gapMs,
      seconds: (to - from) / 1000,
      acknowledged: intake.accepted.size - before,
    })
  }
  await intake.end()

  const proof = await prove({ ownerUrl, base: a.base, env: a.env }, intake.accepted)
  const reader = connectAsOwner(await primaryUrl(ownerUrl))
  const once = await doneTwice(reader)
  await reader.end()
  const odd = intake.odd.size > 0 ? ['an answer was neither a number nor "later" in words'] : []
  const wrong = [...proof.wrong, ...once.twice, ...odd]
  const figures = {
    at: new Date().toISOString(),
    load: loadavg().map((one) => Math.round(one)),
    ...{ lanes, hosts: engine.nodes.length, engine: ENGINE },
    strikes: struck,
    ...proof,
    once: once.checked,
    answers: Object.fromEntries(intake.statuses),
    oddAnswers: [...intake.odd].slice(0, 20),
    wrong,
  }
  if (json) writeFileSync(json, `${JSON.stringify(figures, null, 2)}\n`)
  console.log(tableOf(struck, proof))
  console.log(
    `Once each: ${Object.entries(once.checked)
      .map(([what, n]) => `${n} ${what}`)
      .join(', ')}.`,
  )
  console.log(`${proof.journal}. Load of the machine: ${figures.load.join(', ')}.`)
  for (const fault of wrong) console.log(`WRONG: ${fault}`)
  return wrong.length === 0
}

/** Until a report was accepted after this hour: the service is well again. */
async function servedSince(intake: Intake, at: number): Promise<void> {
  const size = intake.accepted.size
  for (const until = Date.now() + 120_000; Date.now() < until; await wait(50)) {
    const newer = [...intake.accepted.values()].slice(size)
    if (newer.some((one) => one.at > at)) return
  }
  throw new Error(
    `nothing was accepted for two minutes; last answers: ${[...intake.odd].slice(-3).join('; ') || 'none'}`,
  )
}

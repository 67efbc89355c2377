import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { openOwnService } from '#scripts/testing/own-service.ts'
import { partOf, type RunningPart } from '#scripts/testing/processes.ts'
import { reportOf } from '#scripts/testing/report-of.ts'
import { expect, flawless, test } from './fixtures.ts'

const LANES = 32
/** So many more reports must be accepted after each kill before the next. */
const BETWEEN = 40

// A service of its own: nobody else's journey is under the knife.
test('Web, worker puis PostgreSQL tués net pendant l’afflux : rien d’acquitté n’est perdu, rien n’est en double', async () => {
  test.setTimeout(180_000)
  const service = await openOwnService(() => {})
  try {
    const senders = await service.senders()
    const answered = new Map<string, string>()
    let going = true
    const lane = async (rank: number) => {
      for (let n = rank; going; n += 1) {
        const externalId = randomUUID()
        const sender = senders[n % senders.length]
        if (sender)
          await insist(service.base, reportOf(sender, externalId), externalId, answered, () => going)
      }
    }
    const lanes = Array.from({ length: LANES }, (_, rank) => lane(rank))
    const more = async () => {
      const wanted = answered.size + BETWEEN
      await expect.poll(() => answered.size, { timeout: 60_000 }).toBeGreaterThan(wanted)
    }

    await more()
    await oneOfTheWeb(service.pid(), service.base)
    for (const part of ['web', 'worker', 'postgres'] as const) {
      await kill(service.pid(), part)
      await more()
    }
    going = false
    await Promise.all(lanes)

    const kept = await service.owner<{ externalId: string; reference: string; lines: number }[]>`
      select external_id as "externalId", reference, (select count(*)::int from journal j
        where j.case_id = cases.id and j.event = 'case.reported') as lines
      from cases where external_id is not null`
    const byId = new Map(kept.map((one) => [one.externalId, one]))
    expect(byId.size).toBe(kept.length)
    expect([...answered].filter(([id, reference]) => byId.get(id)?.reference !== reference)).toEqual([])
    expect(kept.filter(({ lines }) => lines !== 1)).toEqual([])

    // The restarted worker reads what it had not read: every report has its verdict.
    const unread = async () =>
      Number((await service.owner`select count(*) as n from cases where outcome is null`)[0]?.n)
    await expect.poll(unread, { timeout: 60_000 }).toBe(0)

    const proof = spawnSync(process.execPath, ['scripts/run.mjs', 'app/_journal/verify-cli.ts'], {
      env: service.env,
      encoding: 'utf8',
    })
    expect(proof.stdout + proof.stderr).toMatch(/\d/)
    expect(proof.status).toBe(0)
  } finally {
    await service.close()
  }
})

/** What everybody's phone asks of one small page on such an evening. */
const ASKED_A_SECOND = 300

test('Le portail arrêté, la page publique tient sur sa copie : trois cents demandes par seconde, toutes servies', async ({
  page,
}) => {
  test.setTimeout(300_000)
  const folder = mkdtempSync(join(tmpdir(), 'permanence-public-'))
  const service = await openOwnService(() => {}, { STATUS_DIR: folder })
  // Written every few minutes, and at once when the worker comes back.
  await expect.poll(() => existsSync(join(folder, 'index.html')), { timeout: 120_000 }).toBe(true)
  const shown = await (await fetch(`${service.base}/status`)).text()
  await service.close()
  await expect(fetch(`${service.base}/status`)).rejects.toThrow()
  const host = await secondHost(folder)
  try {
    const served = await autocannon({
      url: host.base,
      connections: 20,
      overallRate: ASKED_A_SECOND,
      amount: ASKED_A_SECOND * 3,
    })
    expect(served).toMatchObject({ '2xx': ASKED_A_SECOND * 3, non2xx: 0, errors: 0, timeouts: 0 })
    console.log(`  ${served['2xx']} served, p99 ${served.latency.p99} ms`)
    await page.goto(host.base)
    await flawless(page)
    const said = (html: string) => /<h1[^>]*>(.*?)<\/h1>/.exec(html)?.[1]
    expect(said(await page.content())).toBe(said(shown))
  } finally {
    await host.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

/** As another host would serve it: the files and nothing else. */
async function secondHost(folder: string) {
  const server = createServer(async (request, response) => {
    const name = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1)
    try {
      const text = await readFile(join(folder, name))
      response.setHeader('content-type', name.endsWith('.html') ? 'text/html; charset=utf-8' : 'text/plain')
      response.end(text)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    })
  return { base: `http://127.0.0.1:${port}`, close }
}

/** As a client should: the same report again until somebody answers. */
async function insist(
  base: string,
  asked: ReturnType<typeof reportOf>,
  externalId: string,
  answered: Map<string, string>,
  going: () => boolean,
): Promise<void> {
  for (;;) {
    try {
      const answer = await fetch(base + asked.path, asked)
      // 200: it was taken in by a process that died before it could say so.
      if (answer.status === 201 || answer.status === 200) {
        answered.set(externalId, ((await answer.json()) as { id: string }).id)
        return
      }
      if (answer.status < 500) throw new Refused(await answer.text())
    } catch (error) {
      if (error instanceof Refused) throw error
    }
    if (!going()) return
    // Not a wait for a fact: a client that hammers a server that is down helps nobody.
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

class Refused extends Error {}

/** Of several web processes one dies: until another stands in its place, whoever asks anew is answered by those left. */
async function oneOfTheWeb(supervisor: number, base: string): Promise<void> {
  const web = () => partOf(supervisor, 'web').map(({ pid }) => pid)
  const [struck, ...left] = web()
  // One core, one process: there is nobody left to answer.
  if (!struck || left.length === 0) return
  process.kill(struck, 'SIGKILL')
  await expect.poll(() => web().includes(struck)).toBe(false)
  // At least once: another may have stood up meanwhile.
  do expect((await fetch(`${base}/api/health`, { headers: { connection: 'close' } })).status).toBe(200)
  while (web().length <= left.length)
}

/** Kill -9, and wait for another to stand in its place. */
async function kill(supervisor: number, part: RunningPart): Promise<void> {
  const before = partOf(supervisor, part).map(({ pid }) => pid)
  expect(before.length).toBeGreaterThan(0)
  // Every process of the web at once; of PostgreSQL the first, which takes the others with it.
  const struck = part === 'web' ? before : [Math.min(...before)]
  for (const pid of struck) process.kill(pid, 'SIGKILL')
  const fresh = () => partOf(supervisor, part).filter(({ pid }) => !before.includes(pid)).length
  await expect.poll(fresh, { timeout: 60_000 }).toBeGreaterThanOrEqual(struck.length)
}

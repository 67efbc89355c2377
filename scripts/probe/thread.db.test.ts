import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { makeToken } from '#app/admin/commands/tokens.ts'
import { GET } from '#app/api/v1/probes/plan/route.ts'
import { POST } from '#app/api/v1/probes/results/route.ts'
import { addProbe, agree, planCalls, switchProbes } from '#app/supervision/commands/keep-plan.ts'
import { readSupervision } from '#app/supervision/queries.ts'
import { cellProof } from '#app/supervision/rules/cell-proof.ts'
import { freePort } from '#db/embedded.ts'
import { startPractice } from '#scripts/network/practice.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { bringing, isThere } from '#scripts/testing/parts.ts'
import { makePeople } from '#scripts/testing/people.ts'

vi.mock('next/headers', () => ({ headers: async () => new Headers() }))
vi.mock('next-intl/server', () => import('#scripts/testing/words.ts'))

const { owner } = await createTestDatabase()
const people = await makePeople(owner)

/** The doors of machines alone, as the web serves them. */
async function openDoors() {
  const state = { away: false }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      if (state.away && request.method === 'POST') return response.writeHead(503).end()
      const asked = new Request(`http://127.0.0.1${request.url}`, {
        method: request.method ?? 'GET',
        headers: request.headers as Record<string, string>,
        ...(request.method === 'POST' ? { body: Buffer.concat(chunks) } : {}),
      })
      const answer = await (request.method === 'POST' ? POST : GET)(asked)
      response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()))
    })
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  afterAll(() => server.close())
  return { base: `http://127.0.0.1:${port}`, state }
}

const folder = mkdtempSync(join(tmpdir(), 'probe-thread-'))
const runners: ChildProcess[] = []
afterAll(() => {
  for (const child of runners) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

function run(name: string, base: string, via: string, token: string): ChildProcess {
  const args = [
    'scripts/probe/main.ts',
    '--to',
    base,
    '--name',
    name,
    '--via',
    via,
    '--from',
    `alpha.${name}`,
  ]
  const child = spawn(process.execPath, [...args, '--keep', join(folder, `${name}.jsonl`)], {
    env: { ...process.env, PERMANENCE_PROBE_TOKEN: token },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  runners.push(child)
  return child
}

const without = isThere('network') ? '' : ` (left out: no kamailio or sipp; ${bringing('network')})`
// Left out, and said, only where kamailio or sipp is missing.
describe.skipIf(!isThere('network'))(`against kamailio and sipp${without}`, () => {
  test('an agreement on the plan, a call over a real network, a row of supervision; the page stops it; what was kept is told', async () => {
    const now = () => new Date()
    const [a, b] = [await freePort(), await freePort()]
    const network = await startPractice(a, b)
    try {
      const key = await makeToken(
        people.admin,
        { accountId: people.admin.accountId, name: 'Sonde', scopes: ['probe'], days: 30 },
        now(),
      )
      if (!key.ok) throw new Error(key.reason.key)
      const made = await addProbe(
        people.lead,
        { name: 'nord-1', territoryCode: '59', operator: 'Alpha', technology: 'trunk' },
        now(),
      )
      const agreed = await agree(
        people.lead,
        {
          ...{
            organisationId: people.organisations.samu59,
            number: '15',
            destination: '15-59',
            emergencyItself: false,
          },
          ...{ agreedBy: 'Dr Essai, chef de service', agreedOn: '2026-01-05', writtenAs: null, until: null },
          ...{ fromHour: 0, toHour: 0, contact: 'Standard', mostPerHour: 60 },
        },
        now(),
      )
      if (!made.ok || !agreed.ok) throw new Error('not planned')
      const plan = { agreementId: agreed.value.id, probeId: made.value.id, everyMin: 1 }
      expect(await planCalls(people.lead, plan, now())).toMatchObject({ ok: true })

      const doors = await openDoors()
      const cell = async () => {
        const at = now()
        const [row] = (await readSupervision(people.agent, at.toISOString())).cells
        return (
          row && {
            ...row,
            says: cellProof({ ...row, lastAt: row.lastAt ? Date.parse(row.lastAt) : null }, at.getTime()),
          }
        )
      }
      expect((await cell())?.says).toBe('never')
      run('nord-1', doors.base, network.via, key.value.token)
      await expect.poll(async () => (await cell())?.says).toBe('proved')
      const [call] = await owner`select sip, cause, verdict, delay_ms, talk_ms from probe_result`
      expect(call).toMatchObject({ sip: 200, verdict: 'answered' })
      expect(call?.talk_ms).toBeGreaterThanOrEqual(300)

      // Results are not taken while the next call fails: they wait, and are told afterwards with the cause the network gave.
      const waiting = () =>
        readFileSync(join(folder, 'nord-1.jsonl'), 'utf8').trim().split('\n').filter(Boolean).length
      await expect.poll(waiting).toBe(0)
      doors.state.away = true
      await network.lose('number:15', 100)
      await owner`update test_plan set every_s = 2`
      await expect.poll(waiting).toBeGreaterThan(0)
      expect((await cell())?.says).toBe('proved')
      doors.state.away = false
      await expect.poll(async () => (await cell())?.says).toBe('failing')
      const [failed] = await owner`select sip, cause, verdict from probe_result order by id desc limit 1`
      expect(failed).toEqual({ sip: 503, cause: 38, verdict: 'failed' })

      // Thrown on the page: nobody is called any more.
      await switchProbes(people.lead, { stop: true }, now())
      const asked = await GET(
        new Request('http://x/api/v1/probes/plan?probe=nord-1', {
          headers: { authorization: `Bearer ${key.value.token}` },
        }),
      )
      expect(await asked.json()).toEqual({ stopped: true, calls: [], bursts: [] })
    } finally {
      for (const child of runners) child.kill('SIGTERM')
      await network.stop()
    }
  })
})

import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { keyOf, newPrivateKey } from '#app/_evidence/key.ts'
import { keepUpload } from '#app/directory/commands/import.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { good } from '#scripts/testing/good.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { givePullKey, pullNeighbour, saveNeighbour } from './commands/neighbours.ts'
import { receiveRegister, tryRegister } from './commands/receive.ts'
import { draftCorrection } from './commands/write.ts'
import { neighbourInput } from './input.ts'
import { instanceKey, signEnvelope } from './instance-key.ts'
import { readRecord, readRegister } from './queries.ts'
import { ENVELOPE } from './rules/envelope.ts'
import type { Loss } from './rules/record.ts'
import type { Tlp } from './rules/tlp.ts'
import { shippedLosses } from './shipped.ts'

vi.stubEnv('PERMANENCE_EVIDENCE_KEY_FILE', join(mkdtempSync(join(tmpdir(), 'register-')), 'key'))
const { owner } = await createTestDatabase()
const { agent, lead, samu59 } = await makePeople(owner)
const now = new Date('2026-11-26T10:00:00Z')
const base = shippedLosses()[0] as Loss
const NEIGHBOUR = instanceKey(keyOf(newPrivateKey()))
const STRANGER = instanceKey(keyOf(newPrivateKey()))
const lossOf = (more: Partial<Loss> = {}): Loss => ({
  ...base,
  id: 'BE-2026-11-01-0001',
  country: 'BE',
  version: 1,
  ...more,
})
const signed = (record: Loss, { key, shown } = NEIGHBOUR, tlp: Tlp = 'TLP:GREEN') =>
  JSON.stringify(
    signEnvelope(
      { envelope: ENVELOPE, author: { name: 'Voisin', key: shown }, tlp, anonymised: [], record },
      key,
    ),
  )
const bring = async (...lines: string[]) => {
  const bytes = new TextEncoder().encode(lines.join('\n'))
  const { id } = await good(keepUpload(lead, { fileName: 'voisin.jsonl', bytes }, now, 'register'))
  return good(tryRegister(lead, id))
}
const faultsOf = async (...lines: string[]) =>
  (await bring(...lines)).faults.map(({ line, key }) => `${line} ${key.split('.').at(-1)}`)

beforeAll(() =>
  good(
    saveNeighbour(
      lead,
      neighbourInput.parse({ name: 'Voisin', publicKey: NEIGHBOUR.shown, active: true }),
      now,
    ),
  ),
)

describe('a neighbour’s file', () => {
  it('is new, entered once, then corrected with its differences shown', async () => {
    const first = await bring(signed(lossOf()))
    expect(first).toMatchObject({ faults: [], todo: 1, arriving: [{ kind: 'new', author: 'Voisin' }] })
    expect((await readRegister(lead)).some(({ loss }) => loss.id === 'BE-2026-11-01-0001')).toBe(false)
    expect(await good(receiveRegister(lead, first, now))).toEqual({ count: 1 })
    expect(await bring(signed(lossOf()))).toMatchObject({ todo: 0, arriving: [{ kind: 'same' }] })
    const next = await bring(signed(lossOf({ version: 2, numbers: ['112'] })))
    expect(next.arriving).toMatchObject([
      { kind: 'correction', differences: [{ field: 'numbers', after: '112' }] },
    ])
    await good(receiveRegister(lead, next, now))
    expect(await readRecord(lead, 'BE-2026-11-01-0001')).toMatchObject({
      one: { origin: 'received', loss: { version: 2 } },
      versions: { length: 2 },
    })
    expect(await draftCorrection(lead, { recordId: 'BE-2026-11-01-0001' }, now)).toMatchObject({
      reason: { key: 'register.refused.not_ours' },
    })
  })

  it('forged, of a stranger, under a label that does not leave, twice, of another author: each line named, nothing entered', async () => {
    const forged = JSON.parse(signed(lossOf({ id: 'BE-2026-11-02-0002' })))
    forged.record.impact.failedCalls = 1
    const other = signed(lossOf({ id: 'BE-2026-11-03-0003' }))
    expect(
      await faultsOf(
        JSON.stringify(forged),
        signed(lossOf({ id: 'BE-2026-11-04-0004' }), STRANGER),
        signed(lossOf({ id: 'BE-2026-11-05-0005' }), NEIGHBOUR, 'TLP:RED'),
        other,
        other,
        signed(lossOf({ id: base.id, version: 9 })),
        signed(lossOf({ version: 2, numbers: ['18'] })),
        '{"envelope":',
      ),
    ).toEqual(['1 forged', '2 stranger', '3 label', '5 twice', '6 taken', '7 rewritten', '8 not_json'])
    // A stranger’s line whose key was exchanged for the neighbour’s is forged too.
    const dressed = {
      ...JSON.parse(signed(lossOf({ id: 'BE-2026-11-06-0006' }), STRANGER)),
      author: { name: 'Voisin', key: NEIGHBOUR.shown },
    }
    const trial = await bring(JSON.stringify(dressed), other)
    expect(trial.faults).toMatchObject([{ line: 1, key: 'register.fault.forged' }])
    expect(await receiveRegister(lead, trial, now)).toMatchObject({
      reason: { key: 'register.receive.has_faults' },
    })
    expect(await owner`select from register_record where record_id = 'BE-2026-11-03-0003'`).toHaveLength(0)
  })

  it('is nobody’s business but a lead’s, and what was shown is what enters', async () => {
    for (const actor of [agent, samu59])
      expect(
        await keepUpload(actor, { fileName: 'x', bytes: new Uint8Array([97]) }, now, 'register'),
      ).toMatchObject({ ok: false })
    expect(await readRegister(samu59)).toEqual([])
    const one = await bring(signed(lossOf({ id: 'BE-2026-11-07-0007' })))
    await good(
      saveNeighbour(
        lead,
        neighbourInput.parse({ id: 1, name: 'Voisin', publicKey: NEIGHBOUR.shown, active: false }),
        now,
      ),
    )
    expect(await receiveRegister(lead, one, now)).toMatchObject({
      reason: { key: 'register.receive.has_faults' },
    })
    await good(
      saveNeighbour(
        lead,
        neighbourInput.parse({ id: 1, name: 'Voisin', publicKey: NEIGHBOUR.shown, active: true }),
        now,
      ),
    )
    expect(await receiveRegister(lead, { ...one, shown: 'f'.repeat(64) }, now)).toMatchObject({
      conflict: {},
    })
  })
})

describe('pulling', () => {
  const served = { status: 200, body: '', location: '' }
  const server = createServer((_request, response) => {
    response.writeHead(served.status, served.location ? { location: served.location } : {}).end(served.body)
  }).listen(0, '127.0.0.1')
  afterAll(() => void server.close())
  const pull = async () => {
    const pullAddress = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/register/k`
    await good(
      saveNeighbour(
        lead,
        neighbourInput.parse({
          id: 1,
          name: 'Voisin',
          publicKey: NEIGHBOUR.shown,
          pullAddress,
          active: true,
        }),
        now,
      ),
    )
    return pullNeighbour(lead, { id: 1 }, now)
  }
  it('brings what the neighbour serves, to be confirmed; what it serves wrongly is said, and nothing enters', async () => {
    served.body = `${signed(lossOf({ id: 'BE-2026-11-08-0008' }))}\n`
    const { id } = await good(pull())
    expect(await good(tryRegister(lead, id))).toMatchObject({ todo: 1 })
    for (const wrong of [
      { status: 500 },
      { status: 302, location: '/ailleurs' },
      { body: 'x'.repeat(5_000_000) },
      { body: '' },
    ]) {
      Object.assign(served, { status: 200, body: 'x', location: '' }, wrong)
      expect(await pull()).toMatchObject({ ok: false, reason: { key: 'register.refused.pull' } })
    }
    expect(await pullNeighbour(agent, { id: 1 }, now)).toMatchObject({ ok: false })
  })
  it('a key is shown once, and the one before opens nothing', async () => {
    const first = await good(givePullKey(lead, { id: 1 }, now))
    const hash = async () =>
      (await owner`select pull_key_hash from register_neighbour where id = 1`)[0]?.pull_key_hash
    const before = await hash()
    expect(before).not.toContain(first.key)
    await good(givePullKey(lead, { id: 1 }, now))
    expect(await hash()).not.toBe(before)
  })
})

import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { keyOf, newPrivateKey } from '#app/_evidence/key.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { keepUpload } from '#app/directory/commands/import.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { givePullKey, pullNeighbour, saveNeighbour } from './commands/neighbours.ts'
import { receiveRegister, tryRegister } from './commands/receive.ts'
import { draftCorrection, draftFromIncident, publishDraft, saveDraft } from './commands/write.ts'
import { neighbourInput, saveDraftInput } from './input.ts'
import { instanceKey, signEnvelope } from './instance-key.ts'
import { readRecord, readRegister } from './queries.ts'
import { ENVELOPE } from './rules/envelope.ts'
import type { Loss } from './rules/record.ts'
import type { Tlp } from './rules/tlp.ts'
import { feedFor, lineFor } from './sharing.ts'
import { shippedLosses } from './shipped.ts'

vi.stubEnv('PERMANENCE_EVIDENCE_KEY_FILE', join(mkdtempSync(join(tmpdir(), 'register-')), 'key'))
const { owner } = await createTestDatabase()
const { agent, lead, samu59 } = await makePeople(owner)
const now = new Date('2026-11-26T10:00:00Z')
const base = shippedLosses()[0] as Loss
const good = async <T>(
  result: Promise<{ ok: true; value: T } | { ok: false; reason: { key: string } }>,
): Promise<T> => {
  const answered = await result
  if (!answered.ok) throw new Error(JSON.stringify(answered))
  return answered.value
}

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

describe('a record of ours', () => {
  const incidentOf = async (reference: string, exerciseId: number | null) => {
    const [row] =
      await owner`insert into incident (reference, state, level, opened_at, last_at, exercise_id, restored_at)
      values (${reference}, 'restored', 3, ${now}, ${now}, ${exerciseId}, ${new Date(now.getTime() + 3_600_000)}) returning id`
    return Number(row?.id)
  }
  it('is drafted in one press from an incident, never from an exercise; read by a person; published; corrected by a version', async () => {
    const [exercise] =
      await owner`insert into exercise (drill_id, title, state, started_at) values ('x', 'x', 'finished', ${now}) returning id`
    await incidentOf('INC-EX', Number(exercise?.id))
    expect(await draftFromIncident(lead, { reference: 'INC-EX' }, now)).toMatchObject({
      reason: { key: 'register.refused.no_incident' },
    })
    expect(await draftFromIncident(agent, { reference: 'INC-1' }, now)).toMatchObject({ ok: false })

    const id = await incidentOf('INC-1', null)
    const reported = await reportCase(
      samu59,
      reportInput.parse({
        submissionId: randomUUID(),
        numbers: ['15'],
        symptom: 'NO_RING',
        sinceAt: now.toISOString(),
        territoryCode: '59',
        fallback: 'failing',
      }),
      new Date(now.getTime() + 20 * 60_000),
    )
    if (!reported.ok) throw new Error(JSON.stringify(reported))
    await owner`update cases set incident_id = ${id}, outcome = 'case' where id = ${reported.value.id}`
    const [a, b] = await Promise.all([1, 2].map(() => draftFromIncident(lead, { reference: 'INC-1' }, now)))
    if (!a?.ok || !b?.ok) throw new Error(JSON.stringify([a, b]))
    const { recordId } = a.value
    expect(b.value.recordId).toBe(recordId)
    const drafts = await owner`select loss, tlp, edits from register_record where record_id = ${recordId}`
    expect(drafts).toMatchObject([
      {
        tlp: 'TLP:AMBER+STRICT',
        loss: {
          numbers: ['15'],
          detection: { by: 'centre', afterMin: 20 },
          durationMin: 60,
          fallback: { held: 'no' },
        },
      },
    ])
    expect((await readRegister(lead)).some(({ loss }) => loss.id === recordId)).toBe(false)

    const draft = drafts[0]?.loss as Loss
    const form = (more: object) =>
      saveDraftInput.parse({
        ...draft,
        numbers: draft.numbers.join(' '),
        doubts: '',
        sources: 'Journal',
        recordId,
        edits: 1,
        tlp: 'TLP:GREEN',
        anonymised: [],
        ...more,
      })
    const backwards = { ...draft.times, ended: { at: '2020-01-01T00:00:00Z', precision: 'minute' } }
    expect(await saveDraft(lead, form({ times: backwards }), now)).toMatchObject({
      reason: { key: 'register.fault.ends_before' },
    })
    await good(saveDraft(lead, form({ learned: 'Rappeler chaque centre' }), now))
    expect(await saveDraft(lead, form({}), now)).toMatchObject({ conflict: { version: 2 } })
    await good(saveDraft(lead, form({ edits: 2, anonymised: ['operator'] }), now))
    expect(await publishDraft(lead, { recordId, edits: 3 }, now)).toMatchObject({ ok: false })
  })

  it('leaves signed by its author, under its label alone, and what is hidden is refused under three operators', async () => {
    const [row] = await owner`select record_id, edits from register_record where state = 'draft'`
    const recordId = String(row?.record_id)
    await owner`update register_record set anonymised = '{}', loss = jsonb_set(jsonb_set(loss, '{country}', '"LU"'), '{operator}', '{"name":"Télécom Exemple","role":"network"}') where record_id = ${recordId}`
    await good(publishDraft(lead, { recordId, edits: Number(row?.edits) }, now))
    const all = await readRegister(lead)
    const one = all.find(({ loss }) => loss.id === recordId)
    if (!one) throw new Error('not published')
    const line = lineFor(one, 'by_hand', all, 'Télécom Exemple')
    expect(line).toMatchObject({
      ok: true,
      envelope: { author: { key: instanceKey().shown }, record: { id: recordId } },
    })
    // Of the hours hidden, its name would tell the day and the case; a correction is found by the same one.
    const hours = { operator: false, territory: false, hours: true }
    const veiled = [one, { ...one, loss: { ...one.loss, version: 2 } }].map((each) => {
      const leaving = lineFor(each, 'by_hand', all, 'x', hours)
      return leaving.ok ? leaving.envelope.record : null
    })
    expect(veiled).toMatchObject([{ version: 1 }, { version: 2, id: veiled[0]?.id }])
    expect(veiled[0]?.id).toMatch(/^LU-[0-9a-f]{24}$|^FR-[0-9a-f]{24}$/)
    expect(JSON.stringify(veiled)).not.toContain(recordId)
    expect(lineFor(one, 'public', all, 'x')).toMatchObject({ key: 'register.refused.label' })
    const hide = { operator: true, territory: true, hours: true }
    expect(lineFor(one, 'by_hand', all, 'x', hide)).toMatchObject({
      key: 'register.refused.too_few',
      values: { count: 1 },
    })
    expect(lineFor(all.find(({ origin }) => origin === 'public') ?? one, 'by_hand', all, 'x')).toMatchObject({
      key: 'register.refused.not_ours',
    })
    expect(feedFor('neighbour', all, 'x').trim().split('\n')).toHaveLength(1)
    expect(feedFor('public', all, 'x')).toBe('')
    await good(draftCorrection(lead, { recordId }, now))
    expect(await readRecord(lead, recordId)).toMatchObject({
      draft: { version: 2 },
      one: { loss: { version: 1 } },
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

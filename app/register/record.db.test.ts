import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { good } from '#scripts/testing/good.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { draftCorrection, draftFromIncident, publishDraft, saveDraft } from './commands/write.ts'
import { saveDraftInput } from './input.ts'
import { instanceKey } from './instance-key.ts'
import { readRecord, readRegister } from './queries.ts'
import type { Loss } from './rules/record.ts'
import { feedFor, lineFor } from './sharing.ts'

vi.stubEnv('PERMANENCE_EVIDENCE_KEY_FILE', join(mkdtempSync(join(tmpdir(), 'register-')), 'key'))
const { owner } = await createTestDatabase()
const { agent, lead, samu59 } = await makePeople(owner)
const now = new Date('2026-11-26T10:00:00Z')

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

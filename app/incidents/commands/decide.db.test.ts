import { describe, expect, it } from 'vitest'
import type { AccountActor } from '#app/_auth/actor.ts'
import { acknowledgeCase } from '#app/cases/commands/acknowledge.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { fourCentres, says } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { attachCase, detachCase, takeResiduals } from './attach.ts'
import { decideProposal } from './decide.ts'
import { declareIncident } from './declare.ts'
import { raiseCases } from './raise.ts'
import { changeIncidentState } from './state.ts'
import { updateIncident } from './update.ts'

const database = await createTestDatabase()
const { owner } = database
const people = await makePeople(owner)
const T0 = new Date('2026-05-04T09:00:00Z')
const minute = (n: number) => new Date(T0.getTime() + n * 60_000)

const references = await fourCentres(people, T0)
const [first = '', second = '', third = ''] = references
const [asked] = await owner`select id::int, version from proposal where level = 'crisis' and state = 'open'`
const [{ reference: incident } = { reference: '' }] = await owner<{ reference: string }[]>`
  select i.reference from incident i join cases c on c.incident_id = i.id where c.reference = ${first}`

const answer = (who: AccountActor, decision: 'accepted' | 'declined', version: number, at: Date) =>
  decideProposal(
    who,
    {
      proposalId: asked?.id,
      version,
      decision,
      reason: decision === 'declined' ? 'Travaux annoncés, vérifié' : null,
      incidentReference: null,
    },
    at,
  )
const move = (to: 'confirmed' | 'restored' | 'closed', at: Date, version: number | null = null) =>
  changeIncidentState(
    people.lead,
    { incident, version, to, text: 'Constaté', cause: null, nextContactAt: null },
    at,
  )
const stateOf = async (reference: string) =>
  (
    await owner`select state, level, residual_since is not null as residual from cases where reference = ${reference}`
  )[0]

describe('a proposal of the crisis cell', () => {
  it('is not for an agent to decide', async () => {
    expect(await answer(people.agent, 'accepted', asked?.version, minute(7))).toMatchObject({
      ok: false,
      reason: { key: 'incidents.refused.lead_decides' },
    })
  })

  it('is not declined without a reason', async () => {
    expect(
      await decideProposal(
        people.lead,
        { proposalId: asked?.id, version: null, decision: 'declined', reason: null, incidentReference: null },
        minute(7),
      ),
    ).toMatchObject({ ok: false, fields: { reason: { key: 'incidents.refused.reason_needed' } } })
  })

  it('is not put down to an outside cause without what shows it', async () => {
    const outside = { proposalId: asked?.id, version: null, reason: null, incidentReference: null }
    expect(
      await decideProposal(
        people.lead,
        { ...outside, decision: 'outside', outsideCause: 'power' },
        minute(7),
      ),
    ).toMatchObject({ ok: false, fields: { outsideReason: { key: 'incidents.refused.shown_needed' } } })
  })

  it('decided by two at once is decided once: the other is told by whom, and changes nothing', async () => {
    const both = await Promise.all([
      answer(people.lead, 'declined', asked?.version, minute(8)),
      answer(people.director, 'accepted', asked?.version, minute(8)),
    ])
    const [won, lost] = both[0].ok ? both : [both[1], both[0]]
    expect(won.ok).toBe(true)
    const [kept] =
      await owner`select state, decided_by_name as by, version from proposal where id = ${asked?.id}`
    expect(lost).toMatchObject({
      ok: false,
      reason: { key: 'incidents.refused.decided', values: { by: kept?.by, state: kept?.state } },
      conflict: { version: kept?.version },
    })
    const lines = await owner`select event, actor_name as by from journal
      where chain = 'proposals' and event in ('proposal.accepted', 'proposal.declined')`
    expect(lines).toEqual([{ event: `proposal.${kept?.state}`, by: kept?.by }])
  })

  it('declined is asked again by a new report, and what was seen before is no answer to it', async () => {
    await owner`update proposal set state = 'declined', decided_by_name = 'Clara Essai', decision_reason = 'Travaux' where id = ${asked?.id}`
    const [before] = await owner`select version from proposal where id = ${asked?.id}`
    await says(people.pref59, '59', minute(10), { numbers: ['112'] })
    const [again] = await owner`select state, version, reopened_at from proposal where id = ${asked?.id}`
    expect(again).toMatchObject({ state: 'open', reopened_at: minute(10) })
    expect(await answer(people.lead, 'declined', before?.version, minute(11))).toMatchObject({ ok: false })
    expect(await answer(people.director, 'accepted', again?.version, minute(11))).toMatchObject({ ok: true })
    // The reason why it was declined is no reason of who accepts it.
    const [accepted] = await owner`select state, decision_reason from proposal where id = ${asked?.id}`
    expect(accepted).toMatchObject({ state: 'accepted', decision_reason: null })
  })
})

describe('cases of an incident', () => {
  it('are detached and attached again without a change of their own state', async () => {
    const before = await stateOf(third)
    const input = { incident, case: third, reason: 'Autre cause', cause: null }
    expect(await detachCase(people.agent, input, minute(12))).toMatchObject({ ok: true })
    expect(await attachCase(people.agent, { ...input, reason: null }, minute(13))).toMatchObject({ ok: true })
    expect(await stateOf(third)).toEqual(before)
    const texts = await owner`select text from journal where event = 'incident.case_detached'`
    expect(texts).toEqual([{ text: 'Autre cause' }])
  })

  it('are told the same text, each in its own case, and none names another', async () => {
    for (const reference of [first, second]) {
      const [row] = await owner`select version from cases where reference = ${reference}`
      const input = { reference, version: row?.version, nextContactAt: null }
      expect(await acknowledgeCase(people.agent, input, minute(14))).toMatchObject({ ok: true })
    }
    await owner`update cases set answered_at = ${minute(14)}, still_failing_at = ${minute(14)} where reference = ${first}`
    const said = { incident, text: 'Nos équipes cherchent la cause.', nextContactAt: minute(30) }
    expect(await updateIncident(people.agent, said, minute(15))).toMatchObject({
      ok: true,
      value: { told: 2 },
    })
    const [row] = await owner`select answered_at, still_failing_at from cases where reference = ${first}`
    expect(row).toEqual({ answered_at: null, still_failing_at: null })
    const lines = await owner<{ text: string; data: object }[]>`
      select text, data from journal where event = 'case.updated' and visibility = 'public'`
    expect(lines).toHaveLength(2)
    for (const { text, data } of lines)
      expect(`${text} ${JSON.stringify(data)}`).not.toMatch(/INC-|\d{4}-\d{6}-\d|Préfecture|SAMU/)
  })

  it('become residual when the operator has restored, each with its promise; the level of none is lowered', async () => {
    const levels = await Promise.all(references.map(stateOf))
    expect(await move('confirmed', minute(16))).toMatchObject({ ok: true })
    expect(await move('restored', minute(60))).toMatchObject({ ok: true })
    const [one] = await owner`select state from incident where reference = ${incident}`
    expect(one?.state).toBe('residual')
    const after = await Promise.all(references.map(stateOf))
    expect(after.map((row) => row?.residual)).toEqual([true, true, true, true])
    expect(after.map((row) => row?.level)).toEqual(levels.map((row) => row?.level))
    expect(after.map((row) => row?.state)).toEqual(['restored', 'restored', 'received', 'received'])
  })

  it('said to be of another cause once residual, must say which', async () => {
    const input = { incident, case: third, reason: 'Notre autocom', cause: null }
    expect(await detachCase(people.agent, input, minute(61))).toMatchObject({
      ok: false,
      fields: { cause: { key: 'incidents.refused.cause_needed' } },
    })
    expect(await detachCase(people.agent, { ...input, cause: 'customer_site' }, minute(61))).toMatchObject({
      ok: true,
    })
    const [row] = await owner`select residual_since, cause, state from cases where reference = ${third}`
    expect(row).toEqual({ residual_since: null, cause: 'customer_site', state: 'received' })
  })

  it('stay open when the incident closes, which waits until somebody has taken each over', async () => {
    expect(await move('closed', minute(90))).toMatchObject({ ok: false })
    const open = await owner<{ reference: string; state: string }[]>`
      select c.reference, c.state from cases c join incident i on i.id = c.incident_id
      where i.reference = ${incident} and c.state <> 'closed' order by c.id`
    expect(open.length).toBeGreaterThan(1)
    const all = open.map((row) => row.reference)
    await takeResiduals(people.agent, { incident, cases: all.slice(1) }, minute(91))
    expect(await move('closed', minute(92))).toMatchObject({ ok: false })
    await takeResiduals(people.agent2, { incident, cases: all.slice(0, 1) }, minute(93))
    expect(await move('closed', minute(94))).toMatchObject({ ok: true })
    const after = await owner`select reference, state from cases where reference in ${owner(all)} order by id`
    expect(after).toEqual(open)
  })

  it('two who change the state at once: one wins, the other reads that it was overtaken', async () => {
    const declared = await declareIncident(people.lead, { case: third, reason: 'Deux voix' }, minute(95))
    if (!declared.ok) throw new Error(JSON.stringify(declared))
    const at = {
      incident: declared.value.reference,
      version: 1,
      text: 'Vu',
      cause: null,
      nextContactAt: null,
    }
    const both = await Promise.all([
      changeIncidentState(people.lead, { ...at, to: 'confirmed' }, minute(96)),
      changeIncidentState(people.director, { ...at, to: 'confirmed' }, minute(96)),
    ])
    expect(both.filter((one) => one.ok)).toHaveLength(1)
    expect(both.find((one) => !one.ok)).toMatchObject({ reason: { key: 'cases.refused.overtaken' } })
  })
})

it('a case raised to N3 by a proposal owes its tests, and is acknowledged as fast as any N3', async () => {
  const reference = await says(people.samu37, '37', minute(300), { symptom: 'POOR_AUDIO', numbers: ['17'] })
  const [row] = await owner`select id::int, level, check_due_at from cases where reference = ${reference}`
  expect(row).toMatchObject({ level: 1, check_due_at: null })
  await asActor(people.lead, (tx) => raiseCases(tx, people.lead, [row?.id], 3, minute(301)))
  const [raised] =
    await owner`select level, ack_due_at, check_due_at, next_contact_at from cases where reference = ${reference}`
  expect(raised).toEqual({
    level: 3,
    ack_due_at: minute(306),
    check_due_at: minute(311),
    next_contact_at: minute(331),
  })
})

describe('an incident opened by hand', () => {
  it('is for a lead, around a case that has none', async () => {
    const alone = await says(people.samu59, '974', minute(400), { symptom: 'NO_CLI' })
    const input = { case: alone, reason: 'Deux centres le disent au téléphone' }
    expect(await declareIncident(people.agent, input, minute(401))).toMatchObject({
      reason: { key: 'incidents.refused.lead_declares' },
    })
    const before = await stateOf(alone)
    const made = await declareIncident(people.lead, input, minute(402))
    expect(made).toMatchObject({ ok: true })
    expect(await stateOf(alone)).toEqual(before)
    expect(await declareIncident(people.lead, input, minute(403))).toMatchObject({
      reason: { key: 'incidents.refused.attached_elsewhere' },
    })
    const [line] =
      await owner`select text, actor_name as by from journal where event = 'incident.opened' order by id desc limit 1`
    expect(line).toEqual({ text: input.reason, by: 'Clara Essai' })
  })
})

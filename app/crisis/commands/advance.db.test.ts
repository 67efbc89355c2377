import { describe, expect, it, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { decideProposal } from '#app/incidents/commands/decide.ts'
import { correlationValues } from '#app/incidents/rules/thresholds.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { fourCentres, says } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { readStrip } from '../_strip/query.ts'
import { clockValues } from '../rules/thresholds.ts'
import { advanceCrisis } from './advance.ts'
import { changeCellState } from './cell-state.ts'
import { answerCall } from './ladder.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const MINUTE = 60_000
const { clockMin, silenceBeforeEndMin } = clockValues()
const SILENCE = clockMin - silenceBeforeEndMin
const past = (at: Date, minutes: number) => new Date(at.getTime() + minutes * MINUTE)
const turn = (at: Date) => advanceCrisis(machine('clock'), at)

/** What was said is over: the next run starts on a quiet day. */
async function quiet(at: Date): Promise<void> {
  await changeCellState(people.lead, { to: 'leaving_crisis', why: 'Fin', toldTo: ['COGIC'] }, at)
  await owner`update incident set state = 'closed', closed_at = ${at} where state <> 'closed'`
}

describe('elapsed minutes decide, whatever a watch shows', () => {
  test.each([
    ['midnight UTC, and the year with it', '2025-12-31T23:50:00Z'],
    ['an ordinary afternoon', '2026-02-10T14:00:00Z'],
    ['midnight in Paris', '2026-02-12T22:50:00Z'],
    ['the hour that does not exist, 29 March', '2026-03-29T00:50:00Z'],
    ['the hour that comes twice, 25 October', '2026-10-25T00:50:00Z'],
  ])('%s', async (_, start) => {
    const from = new Date(start)
    await fourCentres(people, from)
    await turn(past(from, 7))
    const early = await turn(new Date(past(from, SILENCE).getTime() - 1))
    expect(early).toMatchObject({ activated: false, waiting: true })
    expect(await turn(past(from, SILENCE))).toMatchObject({ activated: true })
    const [run] =
      await owner`select first_report_at, activated_at, activated_by from crisis where ended_at is null`
    expect(run).toEqual({
      first_report_at: from,
      activated_at: past(from, SILENCE),
      activated_by: 'silence',
    })
    await quiet(past(from, 60))
  })
})

describe('the losing side', () => {
  const from = new Date('2027-02-10T14:00:00Z')

  it('a refusal that comes after silence has activated changes nothing', async () => {
    await fourCentres(people, from)
    await turn(past(from, 7))
    const activated = await Promise.all([1, 2].map(() => turn(past(from, SILENCE))))
    expect(activated.filter((one) => one.activated)).toHaveLength(1)
    expect(await owner`select 1 from proposal where level = 'crisis' and state = 'open'`).toHaveLength(0)
    const [asked] = await owner`select id::int from proposal where level = 'crisis' order by id desc limit 1`
    const refusal = { decision: 'declined' as const, reason: 'Trop tard', incidentReference: null }
    expect(
      await decideProposal(
        people.lead,
        { proposalId: asked?.id, version: null, ...refusal },
        past(from, SILENCE + 1),
      ),
    ).toMatchObject({ ok: false, reason: { key: 'incidents.refused.decided' } })
    expect(await turn(past(from, SILENCE + 2))).toMatchObject({ activated: false })
    const [run] = await owner`select activated_by, declined_at from crisis where ended_at is null`
    expect(run).toEqual({ activated_by: 'silence', declined_at: null })
    const [cell] = await owner`select state from cell_state order by id desc limit 1`
    expect(cell).toEqual({ state: 'crisis' })
    // Whoever was called and never answered still is: but nobody asks for a decision any more.
    const { call } = await readStrip(people.director, past(from, SILENCE + 2))
    expect(call).toMatchObject({ decided: true })
    // Two of one role who ask at once are given one reading, and each is told what is asked of himself.
    const colleague = { ...people.director, accountId: people.agent.accountId }
    const three = [people.director, people.director, colleague]
    const told = await Promise.all(three.map((who) => readStrip(who, past(from, SILENCE + 2))))
    expect(told.map((strip) => strip.call?.id ?? null)).toEqual([call?.id, call?.id, null])
    await quiet(past(from, 60))
  })

  it('a refusal in time keeps the cell asleep to the end of the clock, and the run ends by itself', async () => {
    const later = past(from, correlationValues().sameCaseMin * 2)
    await fourCentres(people, later)
    await turn(past(later, 7))
    const [asked] = await owner`select id::int from proposal where level = 'crisis' and state = 'open'`
    const refusal = {
      proposalId: asked?.id,
      version: null,
      decision: 'declined' as const,
      reason: 'Travaux annoncés',
      incidentReference: null,
    }
    expect(await decideProposal(people.lead, refusal, past(later, 10))).toMatchObject({ ok: true })
    expect(await turn(past(later, SILENCE))).toMatchObject({ activated: false, waiting: false })
    await turn(past(later, clockMin))
    const [run] = await owner`select activated_at, ended_at from crisis order by id desc limit 1`
    expect(run).toEqual({ activated_at: null, ended_at: past(later, clockMin) })
  })
})

describe('what was asked and answered before', () => {
  const DAY = 24 * 60
  const from = new Date('2027-06-10T14:00:00Z')
  const running = async () =>
    (
      await owner<{ id: number; first_report_at: Date; first_answer_at: Date | null }[]>`
        select id::int, first_report_at, first_answer_at from crisis where ended_at is null`
    )[0]
  const called = async (): Promise<number> => {
    const [call] = await owner`select id::int from call_out order by id desc limit 1`
    return call?.id
  }

  it('is no answer to the question that news asks again: its clock begins with the news, and somebody is called', async () => {
    await fourCentres(people, from)
    await turn(past(from, 7))
    const before = await running()
    expect(await answerCall(people.director, { callId: await called() }, past(from, 8))).toMatchObject({
      ok: true,
    })
    const [asked] = await owner`select id::int from proposal where level = 'crisis' and state = 'open'`
    const refusal = { decision: 'declined' as const, reason: 'Travaux', incidentReference: null }
    expect(
      await decideProposal(people.lead, { proposalId: asked?.id, version: null, ...refusal }, past(from, 10)),
    ).toMatchObject({ ok: true })
    // The news may be there before the clock has read the refusal, or after.
    await turn(past(from, 11))
    await says(people.pref59, '59', past(from, 12))
    expect(await turn(past(from, 13))).toMatchObject({ called: people.director.accountId, waiting: true })
    const after = await running()
    expect(after).toMatchObject({ first_report_at: past(from, 12), first_answer_at: null })
    expect(after?.id).not.toBe(before?.id)
    // Once only: its run is that of this question.
    await turn(past(from, 14))
    expect((await running())?.id).toBe(after?.id)
    expect(await turn(past(from, 12 + SILENCE))).toMatchObject({ activated: true })
    await quiet(past(from, 60))
  })

  it('who answered is known to be awake, when the silence about another proposal is what activates', async () => {
    const later = past(from, 3 * DAY)
    await fourCentres(people, later)
    await turn(past(later, 7))
    expect(await answerCall(people.director, { callId: await called() }, past(later, 8))).toMatchObject({
      ok: true,
    })
    // Another episode whose clock is older, while the run is that of the first.
    await owner`insert into proposal (key, rule, level, fired_at, group_start, made_at, case_ids, reason, incident_id)
      select 'another', rule, level, ${past(later, 9)}, ${past(later, -5)}, ${past(later, 9)}, case_ids, reason, incident_id
      from proposal where level = 'crisis' and state = 'open'`
    const calls = await owner`select 1 from call_out`
    expect(await turn(past(later, SILENCE - 5))).toMatchObject({ activated: true })
    expect((await running())?.first_answer_at).toEqual(past(later, 8))
    await turn(past(later, SILENCE))
    expect(await owner`select 1 from call_out`).toHaveLength(calls.length)
    await quiet(past(later, 60))
  })
})

it('a worker whose clock is behind, or that waited for its turn, calls nobody whom another has just called or heard', async () => {
  const from = new Date('2027-09-14T14:00:00Z')
  const calls = async () => (await owner`select 1 from call_out`).length
  await fourCentres(people, from)
  expect((await turn(past(from, 7))).called).not.toBeNull()
  const made = await calls()
  const behind = new Date(past(from, 7).getTime() - 2_000)
  expect((await turn(behind)).called).toBeNull()
  const [call] = await owner`select id::int, account_id::int as "by" from call_out order by id desc limit 1`
  const by = [people.director, people.lead, people.admin].find(({ accountId }) => accountId === call?.by)
  expect(await answerCall(by as typeof people.lead, { callId: call?.id }, past(from, 13))).toMatchObject({
    ok: true,
  })
  expect((await turn(new Date(past(from, 13).getTime() - 2_000))).called).toBeNull()
  expect(await calls()).toBe(made)
})

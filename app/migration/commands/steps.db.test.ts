import { describe, expect, it } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { good } from '#scripts/testing/good.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { at, iso, makeSites, stepOf } from '#scripts/testing/sites.ts'
import {
  contactInput,
  lineInput,
  moveInput,
  moveTestInput,
  stepFailedInput,
  stepMovedInput,
} from '../input.ts'
import { readMove } from '../queries.ts'
import { contactSite, planMove } from './plan.ts'
import { saveLine } from './save-line.ts'
import { failStep, logMoveTest, moveStepTo, saveStep } from './steps.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const { agent, lead, pref59, samu59, wall } = people
const { lille: siteId, tours: other } = await makeSites(owner, people)
const step = (kind: string, from: number, given: object = {}) => stepOf(siteId, kind, from, given)
const read = async (hours = 0) => {
  const move = await readMove(agent, siteId, at(hours))
  if (!move) throw new Error('no site')
  return move
}
const line = (given: object) =>
  lineInput.parse({
    siteId,
    kind: 't2',
    stage: 'in_service',
    operator: 'Télécom Exemple',
    exchange: 'Central Nord',
    ...given,
  })
const journal = async () =>
  (await owner`select event from journal where chain = ${`migration:${siteId}`} order by seq`).map(
    ({ event }) => event,
  )

describe('a site led from the switched network to IP', () => {
  it('nothing begins before it is decided; then it is promised a contact, no later than the pace allows', async () => {
    expect(await saveStep(agent, step('study', 24), at(0))).toMatchObject({
      reason: { key: 'migration.refused.no_move' },
    })
    const far = moveInput.parse({
      siteId,
      target: 'Deux trunks SIP',
      ownerName: 'Ada',
      nextContactAt: iso(31 * 24),
    })
    expect(await planMove(agent, far, at(0))).toMatchObject({
      fields: { nextContactAt: { key: 'migration.refused.promise_far_quiet' } },
    })
    expect((await read()).move).toBeNull()
    await good(planMove(agent, { ...far, nextContactAt: null }, at(0)))
    expect((await read()).move).toMatchObject({ nextContactAt: at(30 * 24), endedAt: null })
  })

  it('who only follows changes nothing, and is told what somebody is told who asks for what is not there', async () => {
    for (const actor of [samu59, pref59, wall])
      expect(await saveLine(actor, line({}), at(0))).toMatchObject({ ok: false })
    expect((await read()).accesses).toEqual([])
    expect(await owner`select from site_line`).toHaveLength(0)
  })

  it('an access overwritten meanwhile is a conflict, and what it was stands in the journal', async () => {
    const { id } = await good(saveLine(agent, line({ channels: 30 }), at(1)))
    const seen = (await read()).accesses[0]?.version
    await good(saveLine(agent, line({ id, seen, channels: 15 }), at(1)))
    expect(await saveLine(agent, line({ id, seen, channels: 60 }), at(1))).toMatchObject({ conflict: {} })
    expect((await read()).accesses).toMatchObject([{ channels: 15 }])
    expect(
      await owner`select data from journal where event = 'migration.access_saved' order by id desc limit 1`,
    ).toMatchObject([{ data: { fields: ['channels'], before: { channels: 30 } } }])
    // Of another site: it does not exist here.
    expect(await saveLine(agent, { ...line({ id, channels: 1 }), siteId: other }, at(1))).toMatchObject({
      reason: { key: 'migration.refused.absent' },
    })
  })

  it('the cut-over brings the promise near, waits for its tests, fails, and opens one case with its numbers', async () => {
    const study = await good(saveStep(agent, step('number_tests', 2), at(1)))
    const cut = await good(
      saveStep(agent, step('cut_over', 48, { wayBack: 'Retour sur le T2 en cinq minutes' }), at(1)),
    )
    expect((await read()).move?.nextContactAt).toEqual(at(1 + 48))
    const go = (stepId: number, version: number, to: string, hours: number) =>
      moveStepTo(agent, stepMovedInput.parse({ siteId, stepId, version, to }), at(hours))
    expect(await go(cut.id, 1, 'under_way', 2)).toMatchObject({
      reason: { key: 'migration.refused.numbers_not_tested' },
    })
    const tested = (stepId: number, moment: string, number: string, passed: number, hours: number) =>
      logMoveTest(
        agent,
        moveTestInput.parse({ siteId, stepId, moment, number, network: 'mobile 4G', passed, tried: 3 }),
        at(hours),
      )
    await good(go(study.id, 1, 'under_way', 2))
    expect(await go(study.id, 2, 'done', 2)).toMatchObject({
      reason: { key: 'migration.refused.number_not_tried' },
    })
    await good(tested(study.id, 'before', '15', 3, 2))
    await good(tested(study.id, 'before', '112', 3, 2))
    expect(await tested(study.id, 'before', '18', 3, 2)).toMatchObject({ fields: { number: {} } })
    await good(go(study.id, 2, 'done', 3))
    await good(tested(cut.id, 'before', '15', 3, 48))
    await good(go(cut.id, 1, 'under_way', 48))
    expect((await read(48)).move?.nextContactAt).toEqual(at(49))
    await good(tested(cut.id, 'after', '15', 0, 48.5))

    const fail = stepFailedInput.parse({
      siteId,
      stepId: cut.id,
      version: 2,
      symptom: 'NO_RING',
      outcome: 'Aucun appel au 15, retour fait',
    })
    // The directory lost them meanwhile: said in words, and nothing of the step is changed.
    await owner`update site set numbers = '{}' where id = ${siteId}`
    expect(await failStep(agent, fail, at(49))).toMatchObject({
      reason: { key: 'migration.refused.no_numbers' },
    })
    await owner`update site set numbers = '{15,112}' where id = ${siteId}`
    const [one, two] = await Promise.all([failStep(agent, fail, at(49)), failStep(lead, fail, at(49))])
    expect([one.ok, two.ok].sort()).toEqual([false, true])
    const opened =
      await owner`select reference, numbers, site_id::int, organisation_id::int, state, next_contact_at from cases`
    expect(opened).toMatchObject([
      {
        numbers: ['15', '112'],
        site_id: siteId,
        organisation_id: people.organisations.samu59,
        state: 'acknowledged',
      },
    ])
    const failed = (await read(49)).steps.find(({ id }) => id === cut.id)
    expect(failed).toMatchObject({ state: 'failed', caseReference: opened[0]?.reference })
    expect((await journal()).filter((event) => event === 'migration.case_opened')).toHaveLength(1)
  })

  it('a failure whose case is refused leaves nothing behind', async () => {
    const cut = await good(saveStep(agent, step('cut_over', 60, { wayBack: 'Retour' }), at(50)))
    await owner`update move_step set state = 'under_way', started_at = ${at(60)} where id = ${cut.id}`
    await owner`update organisation set active = false where id = ${people.organisations.samu59}`
    const cases = await owner`select from cases`
    const fail = stepFailedInput.parse({
      siteId,
      stepId: cut.id,
      version: 1,
      symptom: 'NO_RING',
      outcome: 'échec',
    })
    expect(await failStep(agent, fail, at(61))).toMatchObject({ ok: false })
    await owner`update organisation set active = true where id = ${people.organisations.samu59}`
    expect(await owner`select from cases`).toHaveLength(cases.length)
    expect((await read()).steps.find(({ id }) => id === cut.id)).toMatchObject({
      state: 'under_way',
      version: 1,
    })
    await owner`update move_step set state = 'cancelled' where id = ${cut.id}`
  })

  it('the second cut-over is done once every number passes; the removal ends the move, and owes no contact', async () => {
    const lead1 = async (kind: string, hours: number, given = {}) => {
      const { id } = await good(saveStep(agent, step(kind, hours, given), at(hours)))
      const move = (version: number, to: string) =>
        moveStepTo(agent, stepMovedInput.parse({ siteId, stepId: id, version, to }), at(hours))
      const tried = (moment: string, number: string) =>
        logMoveTest(
          agent,
          moveTestInput.parse({ siteId, stepId: id, moment, number, network: 'fixe', passed: 2, tried: 2 }),
          at(hours),
        )
      return { move, tried }
    }
    const cut = await lead1('cut_over', 70, { wayBack: 'Retour' })
    await good(cut.tried('before', '15'))
    await good(cut.move(1, 'under_way'))
    await good(cut.tried('after', '15'))
    await good(cut.tried('after', '112'))
    await good(cut.move(2, 'done'))
    for (const kind of ['watch', 'removal']) {
      const next = await lead1(kind, 80)
      await good(next.move(1, 'under_way'))
      await good(next.move(2, 'done'))
    }
    expect((await read()).move).toMatchObject({ endedAt: at(80), nextContactAt: null })
    expect(
      await contactSite(agent, contactInput.parse({ siteId, said: 'x', nextContactAt: iso(90) }), at(81)),
    ).toMatchObject({ ok: false })
    await expect(owner`update move set ended_at = null where site_id = ${siteId}`).rejects.toThrow(
      /move_promised/,
    )
  })
})

describe('a cut-over is works', () => {
  it('announced with its hours, its numbers and its way back; ended by its outcome; taken out when given up', async () => {
    const rows =
      await owner`select numbers, territories, way_back, cancelled_at is not null as gone, from_at, to_at from works order by id`
    expect(rows).toMatchObject([
      {
        numbers: ['15', '112'],
        territories: ['59'],
        way_back: 'Retour sur le T2 en cinq minutes',
        gone: false,
        from_at: at(48),
        to_at: at(49),
      },
      { gone: false, from_at: at(60) },
      { gone: false, from_at: at(70) },
    ])
    const plan = moveInput.parse({ siteId: other, target: 'SIP', ownerName: 'Ada' })
    await good(planMove(agent, plan, at(0)))
    const cut = { siteId: other, wayBack: 'Retour' }
    const { id } = await good(saveStep(agent, step('cut_over', 200, cut), at(100)))
    await good(saveStep(agent, { ...step('cut_over', 300, cut), id, version: 1 }, at(101)))
    const move = { siteId: other, stepId: id, version: 2, to: 'cancelled' }
    await good(moveStepTo(agent, stepMovedInput.parse(move), at(102)))
    expect(
      await owner`select from_at, cancelled_at from works where 'migration-' || ${id} = reference`,
    ).toMatchObject([{ from_at: at(300), cancelled_at: at(102) }])
  })
})

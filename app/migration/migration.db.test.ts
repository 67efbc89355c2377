import { describe, expect, it } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { react } from '#app/_jobs/reactions.ts'
import { saveSite } from '#app/directory/commands/save-site.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { good } from '#scripts/testing/good.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { at, iso, makeSites, stepOf } from '#scripts/testing/sites.ts'
import { missPromises } from './commands/miss-promises.ts'
import { answerCheck, blockMove, contactSite, liftBlocker, planMove } from './commands/plan.ts'
import { saveLine } from './commands/save-line.ts'
import { saveStep } from './commands/steps.ts'
import { checkInput, contactInput, lineInput, moveInput } from './input.ts'
import { readMove, readSites } from './queries.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const { agent, lead, pref59, pref37, samu59, samu37, admin } = people
const { lille: siteId, tours: other } = await makeSites(owner, people)
const read = () => readMove(agent, siteId, at(0))
await good(planMove(agent, moveInput.parse({ siteId, target: 'Deux trunks SIP', ownerName: 'Ada' }), at(0)))
await good(saveLine(agent, lineInput.parse({ siteId, kind: 't2', stage: 'in_service', channels: 15 }), at(0)))
for (const kind of ['study', 'number_tests', 'watch', 'removal'])
  await good(saveStep(agent, stepOf(siteId, kind, 24), at(0)))

describe('the promise', () => {
  it('missed is told to the lead, once; kept by a contact it is made anew', async () => {
    const plan = moveInput.parse({ siteId: other, target: 'SIP', ownerName: 'Ada', nextContactAt: iso(2) })
    await good(planMove(agent, plan, at(0)))
    for (const hours of [1, 3, 4]) await missPromises(machine('clock'), at(hours))
    const lines = await owner`select id from journal where event = 'migration.promise_missed'`
    expect(lines).toHaveLength(1)
    await react(machine('worker'), [Number(lines[0]?.id)], at(3))
    expect(
      await owner`select account_id::int from inbox_message where kind = 'migration_promise_missed'`,
    ).toMatchObject([{ account_id: lead.accountId }])
    await good(
      contactSite(
        agent,
        contactInput.parse({ siteId: other, said: 'Vu avec la salle', nextContactAt: iso(30) }),
        at(5),
      ),
    )
    expect(await readMove(agent, other, at(5))).toMatchObject({
      move: { promiseMissedAt: null, nextContactAt: at(30) },
    })
  })

  it('a blocker is lifted once; an answer replaces the one before, with its proof', async () => {
    await good(blockMove(agent, { siteId: other, what: 'Génie civil', waitsFor: 'mairie' }, at(6)))
    const id = (await readMove(agent, other, at(6)))?.blockers[0]?.id as number
    const both = await Promise.all([
      liftBlocker(agent, { siteId: other, blockerId: id }, at(7)),
      liftBlocker(lead, { siteId: other, blockerId: id }, at(7)),
    ])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    const check = (given: object) =>
      checkInput.parse({ siteId: other, item: 'batteries', answer: 'yes', ...given })
    await good(answerCheck(agent, check({}), at(8)))
    await good(answerCheck(agent, check({ proof: 'Essai de décharge', provedOn: '2026-11-20' }), at(8)))
    expect(await answerCheck(agent, check({ proof: 'x', provedOn: '2027-01-01' }), at(8))).toMatchObject({
      ok: false,
    })
    expect(
      checkInput.safeParse({ siteId: other, item: 'batteries', answer: 'yes', provedOn: '2026-11-20' })
        .success,
    ).toBe(false)
    expect((await readMove(agent, other, at(9)))?.checks).toMatchObject([
      { item: 'batteries', proof: 'Essai de décharge' },
    ])
  })
})

describe('who sees what', () => {
  it('a centre its own site, an authority its territory, nobody the others', async () => {
    const names = async (actor: typeof agent) => (await readSites(actor, at(0))).map(({ id }) => id)
    expect(await names(agent)).toEqual(expect.arrayContaining([siteId, other]))
    expect(await names(pref59)).toEqual([siteId])
    expect(await names(samu59)).toEqual([siteId])
    expect(await names(samu37)).toEqual([other])
    expect(await readMove(pref37, siteId, at(0))).toBeNull()
    const seen = await readMove(pref59, siteId, at(0))
    expect(seen).toMatchObject({ accesses: [{ channels: 15 }], history: null })
    expect(seen?.steps.length).toBeGreaterThan(3)
  })

  it('the directory overwrites no site: what it was is kept, with who changed it', async () => {
    const given = {
      organisationId: people.organisations.samu59,
      territoryCode: '59',
      communeCode: null,
      operator: null,
      active: true,
    }
    await good(
      saveSite(
        admin,
        { ...given, id: siteId, name: 'Centre 15 (essai)', access: 'sip', numbers: ['15', '112'] } as never,
        at(90),
      ),
    )
    expect((await read())?.history?.versions).toMatchObject([
      { until: at(90), byName: admin.name, was: { access: 'rtc', operator: 'Télécom Exemple' } },
    ])
    expect(
      await saveSite(
        admin,
        {
          ...given,
          id: siteId,
          seen: '1',
          name: 'Centre 15 (essai)',
          access: 'rtc',
          numbers: ['15'],
        } as never,
        at(91),
      ),
    ).toMatchObject({ ok: false })
    expect((await read())?.history?.versions).toHaveLength(1)
  })
})

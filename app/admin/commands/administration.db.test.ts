import { describe, expect, test } from 'vitest'
import type { AccountActor } from '#app/_auth/actor.ts'
import { saveContact } from '#app/directory/commands/save-contact.ts'
import { saveOrganisation } from '#app/directory/commands/save-organisation.ts'
import { saveSite } from '#app/directory/commands/save-site.ts'
import { setActive } from '#app/directory/commands/set-active.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { renewPassphrase, setAccountActive } from './accounts.ts'
import { moveRule, saveRule, setRuleActive } from './routing.ts'
import { changeSettings } from './settings.ts'
import { saveTeam, setTeamActive } from './teams.ts'
import { makeToken } from './tokens.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-23T10:00:00Z')
const { admin } = people

async function line(chain: string) {
  const [row] = await owner`select event, data from journal where chain = ${chain} order by seq desc limit 1`
  return row
}
const centre = { name: 'SAMU 62 (essai)', kind: 'samu' as const, territoryCode: '59', sees: [] }
const everything = { territories: [], numbers: [], levels: [], reporterKinds: [], assigneeOrder: [] }

describe('whoever is no administrator is told what somebody is told who asks for nothing', () => {
  const others: [string, AccountActor][] = [
    ['reporter', people.samu59],
    ['authority', people.pref59],
    ['agent', people.agent],
    ['lead', people.lead],
    ['director', people.director],
  ]
  test.each(others)('%s', async (_, actor) => {
    const absent = { ok: false, reason: { key: 'directory.refused.absent' } }
    const id = people.organisations.samu59
    expect(await saveOrganisation(actor, centre, now)).toEqual(absent)
    expect(await setActive(actor, { kind: 'organisation', id, active: false }, now)).toEqual(absent)
    expect(await setAccountActive(actor, { id: admin.accountId, active: false, handTo: null }, now)).toEqual(
      absent,
    )
    expect(await renewPassphrase(actor, { id: admin.accountId }, now)).toEqual(absent)
    expect(
      await makeToken(
        actor,
        { accountId: people.samu59.accountId, name: 'x', scopes: ['read'], days: 1 },
        now,
      ),
    ).toEqual(absent)
    expect(await saveTeam(actor, { name: 'x', members: [] }, now)).toEqual(absent)
    expect(await saveRule(actor, { ...everything, name: 'x', teamId: people.generalTeamId }, now)).toEqual(
      absent,
    )
    expect(
      await changeSettings(actor, { hotline_phone: '15', operator_name: 'x', reason: 'y' }, now),
    ).toEqual(absent)
  })
})

describe('the directory', () => {
  test('an organisation is made, changed, and its name is its own', async () => {
    const made = await saveOrganisation(admin, centre, now)
    if (!made.ok) throw new Error(made.reason.key)
    expect(await line('directory')).toMatchObject({
      event: 'directory.changed',
      data: { kind: 'organisation', id: made.value.id, made: true },
    })
    expect(await saveOrganisation(admin, centre, now)).toMatchObject({
      fields: { name: { key: 'directory.refused.name_taken' } },
    })
    expect(await saveOrganisation(admin, { ...centre, name: 'y', territoryCode: '99X' }, now)).toMatchObject({
      fields: { territoryCode: { key: 'directory.invalid.territory' } },
    })
  })

  test('the second of two who edit is told, and changes nothing', async () => {
    const id = people.organisations.samu37
    const [{ seen } = { seen: '' }] =
      await owner`select xmin::text as seen from organisation where id = ${id}`
    const edit = { ...centre, id, seen, territoryCode: '37' }
    expect(await saveOrganisation(admin, { ...edit, name: 'First' }, now)).toMatchObject({ ok: true })
    expect(await saveOrganisation(admin, { ...edit, name: 'Second' }, now)).toMatchObject({
      ok: false,
      reason: { key: 'directory.refused.changed_meanwhile' },
      conflict: { version: expect.any(Number) },
    })
    expect(await owner`select name from organisation where id = ${id}`).toEqual([{ name: 'First' }])
  })

  test('a name that reads like another is not made beside it; a record keeps its own', async () => {
    const of = { kind: 'samu' as const, territoryCode: '59', sees: [] }
    const first = await saveOrganisation(admin, { ...of, name: 'SAMU 55 – Meuse' }, now)
    if (!first.ok) throw new Error(first.reason.key)
    for (const name of ['SAMU 55 - Meuse', 'samu 55 meuse', 'SAMU55—Meuse'])
      expect(await saveOrganisation(admin, { ...of, name }, now)).toMatchObject({
        fields: { name: { key: 'directory.refused.name_near', values: { name: 'SAMU 55 – Meuse' } } },
      })
    const { id } = first.value
    expect(await saveOrganisation(admin, { ...of, id, name: 'SAMU 55 - Meuse' }, now)).toMatchObject({
      ok: true,
    })
    const contact = { organisationId: id, postId: null, phone: null, email: null, callBack: false }
    expect(await saveContact(admin, { ...contact, name: 'Léa Martin' }, now)).toMatchObject({ ok: true })
    expect(await saveContact(admin, { ...contact, name: 'LEA MARTIN' }, now)).toMatchObject({
      fields: { name: { values: { name: 'Léa Martin' } } },
    })
    const twins = ['SAMU 54 - Nancy', 'samu 54 nancy'].map((name) =>
      saveOrganisation(admin, { ...of, name }, now),
    )
    expect((await Promise.all(twins)).map(({ ok }) => ok).toSorted()).toEqual([false, true])
  })

  test('the journal holds nobody’s number, address or name', async () => {
    const secret = { name: 'Camille Secret', phone: '0639980015', email: 'camille.secret@samu.example' }
    const contact = { ...secret, organisationId: people.organisations.samu59, postId: null, callBack: true }
    expect(await saveContact(admin, contact, now)).toMatchObject({ ok: true })
    const lines = JSON.stringify(await owner`select * from journal where chain = 'directory'`)
    for (const one of Object.values(secret)) expect(lines).not.toContain(one)
  })

  test('a call-back needs a number; a site knows its numbers', async () => {
    const organisationId = people.organisations.samu59
    const contact = { organisationId, postId: null, name: 'A', phone: null, email: null, callBack: true }
    expect(await saveContact(admin, contact, now)).toMatchObject({ ok: false })
    const site = {
      organisationId,
      name: 'Centre 15',
      territoryCode: '59',
      communeCode: null,
      access: 'mixed' as const,
      operator: null,
      numbers: ['15'],
    }
    expect(await saveSite(admin, { ...site, numbers: ['15', '4242'] }, now)).toMatchObject({
      fields: { numbers: { key: 'directory.invalid.number', values: { number: '4242' } } },
    })
    expect(await saveSite(admin, site, now)).toMatchObject({ ok: true })
  })
})

describe('teams, rules, settings', () => {
  test('rules are added at the end and change places', async () => {
    const made = await saveTeam(admin, { name: 'Nord', members: [people.agent.accountId] }, now)
    if (!made.ok) throw new Error(made.reason.key)
    const teamId = made.value.id
    const rule = (name: string) => saveRule(admin, { ...everything, name, teamId, territories: ['59'] }, now)
    const [a, b] = [await rule('A'), await rule('B')]
    if (!a.ok || !b.ok) throw new Error('no rule')
    expect(await moveRule(admin, { id: a.value.id, to: 'up' }, now)).toMatchObject({ ok: false })
    expect(await moveRule(admin, { id: b.value.id, to: 'up' }, now)).toMatchObject({ ok: true })
    expect(await owner`select name from routing_rule order by position`).toEqual([
      { name: 'B' },
      { name: 'A' },
    ])
    expect(await setTeamActive(admin, { id: teamId, active: false }, now)).toMatchObject({
      reason: { key: 'admin.refused.team_in_rules' },
    })
    for (const id of [a.value.id, b.value.id]) await setRuleActive(admin, { id, active: false }, now)
    expect(await setTeamActive(admin, { id: teamId, active: false }, now)).toMatchObject({ ok: true })
    expect(await setRuleActive(admin, { id: a.value.id, active: true }, now)).toMatchObject({
      reason: { key: 'admin.refused.team_inactive' },
    })
    const general = { id: people.generalTeamId, active: false }
    expect(await setTeamActive(admin, general, now)).toMatchObject({
      reason: { key: 'admin.refused.general_team' },
    })
  })

  test('a rule names only what exists', async () => {
    const rule = { ...everything, name: 'C', teamId: people.generalTeamId }
    expect(await saveRule(admin, { ...rule, territories: ['999'] }, now)).toMatchObject({ ok: false })
    expect(await saveRule(admin, { ...rule, numbers: ['4242'] }, now)).toMatchObject({ ok: false })
    expect(await saveRule(admin, { ...rule, teamId: 4242 }, now)).toMatchObject({ ok: false })
    expect(await saveRule(admin, { ...rule, assigneeOrder: [people.samu59.accountId] }, now)).toMatchObject({
      fields: { assigneeOrder: { key: 'directory.invalid.choice' } },
    })
  })

  test('a changed setting is written down with both values', async () => {
    const wanted = {
      hotline_phone: '01 99 00 11 22',
      operator_name: 'Opérateur d’essai',
      reason: 'Nouvelle ligne',
    }
    expect(await changeSettings(admin, wanted, now)).toMatchObject({ value: { changed: 2 } })
    expect(await changeSettings(admin, wanted, now)).toMatchObject({ value: { changed: 0 } })
    expect(await line('settings')).toMatchObject({
      event: 'setting.changed',
      data: { to: 'Opérateur d’essai', reason: 'Nouvelle ligne' },
    })
  })
})

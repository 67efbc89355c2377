import { expect, test } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { deleteRule, saveRule } from '../commands/routing.ts'
import { findPlace, lastRoutingChange, listRules, readRule } from './queries.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-23T10:00:00Z')
const { admin } = people

const wanted = {
  name: 'Nord',
  territories: ['59'],
  numbers: [],
  levels: [],
  reporterKinds: [],
  teamId: people.generalTeamId,
  assigneeOrder: [people.agent.accountId],
}

test('a deleted rule is gone, and the journal keeps what it said', async () => {
  const made = await saveRule(admin, wanted, now)
  if (!made.ok) throw new Error(made.reason.key)
  const { id } = made.value
  expect(await readRule(admin, id)).toMatchObject({ name: 'Nord', active: true, team: 'File générale' })
  expect(await deleteRule(people.lead, { id }, now)).toMatchObject({ ok: false })
  expect(await listRules(admin)).toHaveLength(1)
  expect(await deleteRule(admin, { id }, now)).toMatchObject({ ok: true })
  expect(await listRules(admin)).toEqual([])
  const [line] =
    await owner`select event, data from journal where chain = 'routing' order by seq desc limit 1`
  expect(line).toMatchObject({
    event: 'routing.changed',
    data: { rule: id, deleted: true, name: 'Nord', territories: ['59'] },
  })
  expect(await lastRoutingChange(admin, 'rule', id)).toMatchObject({ name: admin.name })
  expect(await deleteRule(admin, { id }, now)).toMatchObject({
    reason: { key: 'directory.refused.absent' },
  })
})

const holding = ['59', 'R32', 'Z-NORD', 'FR']
const places: [string, { place: string; communeCode: string }, object][] = [
  ['a code', { place: ' 59 ', communeCode: '' }, { code: '59', holding, commune: null }],
  ['a name', { place: 'nord', communeCode: '' }, { code: '59', holding, commune: null }],
  ['a commune', { place: 'Tours', communeCode: '' }, { code: '37', commune: { name: 'Tours' } }],
  ['a postcode', { place: '59800', communeCode: '' }, { code: '59', commune: { name: 'Lille' } }],
  ['a commune chosen in the list', { place: 'x', communeCode: '59350' }, { code: '59' }],
  ['nothing known', { place: 'Nulle-Part', communeCode: '' }, { key: 'directory.invalid.commune' }],
]
test.each(places)('a place is understood by %s', async (_, asked, expected) => {
  expect(await findPlace(admin, asked)).toMatchObject(expected)
})

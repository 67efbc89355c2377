import { expect, test } from 'vitest'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { listContacts } from '../lists.ts'
import { searchDirectory } from '../search.ts'
import { saveContact } from './save-contact.ts'
import { saveOrganisation } from './save-organisation.ts'

const { owner } = await createTestDatabase()
const { admin, agent, organisations } = await makePeople(owner)
const now = new Date('2026-11-23T10:00:00Z')
await owner`insert into territory (code, kind, name, time_zone) values
  ('988', 'departement', 'Nouvelle-Calédonie', 'Pacific/Noumea') on conflict do nothing`
const noumea = await saveOrganisation(
  admin,
  { name: 'SAMU 988', kind: 'samu', territoryCode: '988', sees: [] },
  now,
)
if (!noumea.ok) throw new Error(noumea.reason.key)

const contact = (name: string, phone: string, organisationId = organisations.samu59) =>
  saveContact(admin, { name, phone, organisationId, postId: null, email: null, callBack: true }, now)

test.each([
  ['of the territory', '27 12 34', noumea.value.id, '+687271234', ['27 12 34', '+687 27 12', '00687271234']],
  ['of France', '01‑99‑00‑12‑34', organisations.samu59, '+33199001234', ['0199', '01 99 00', '+33 1 99 00']],
  ['of a neighbour', '00352 26 12 34 56', organisations.samu59, '+35226123456', ['+352 26', '26 12 34 56']],
])('a number %s is kept as E.164, and found however it is typed', async (name, typed, of, kept, searches) => {
  expect(await contact(name, typed, of)).toMatchObject({ ok: true })
  expect(await owner`select phone from contact where name = ${name}`).toEqual([{ phone: kept }])
  for (const q of searches) {
    const { rows } = await listContacts(admin, { q, inactive: false }, null)
    expect(
      rows.map((row) => row.name),
      q,
    ).toContain(name)
    const found = await asActor(agent, (tx) => searchDirectory(tx, q))
    expect(
      found.map((row) => row.contact),
      q,
    ).toContain(name)
  }
})

test.each([
  ['15', 'phone_short', { found: '15', offered: '' }],
  ['27 12 34', 'phone_short', { found: '27 12 34', offered: '' }],
  ['556123456', 'phone_lost_zero', { found: '556123456', offered: '05 56 12 34 56' }],
  ['01 99 00', 'phone_none', { found: '01 99 00', offered: '' }],
])('%j is refused beside its field, and nobody is made', async (typed, why, values) => {
  expect(await contact('Personne', typed)).toMatchObject({
    fields: { phone: { key: `directory.invalid.${why}`, values } },
  })
  expect(await owner`select 1 from contact where name = 'Personne'`).toEqual([])
})

import { expect, test } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { faultsIn, HEADERS, shownTo } from './import.fixture.ts'
import { importDirectory } from './import.ts'

// A name that reads like another: which record a line of a file means.
const { owner } = await createTestDatabase()
const { admin } = await makePeople(owner)
const now = new Date('2026-11-23T10:00:00Z')
const shown = (content: string) => shownTo(admin, content, now)

const made = async (name: string, territory = '59', kind = 'samu') => {
  const [row] = await owner`insert into organisation (kind, name, territory_code, search)
    values (${kind}, ${name}, ${territory}, ${name.toLowerCase()}) returning id::int`
  return Number(row?.id)
}
const contact = async (of: number, name: string, phone: string) =>
  Number(
    (
      await owner`insert into contact (organisation_id, name, phone, call_back, search)
      values (${of}, ${name}, ${phone}, true, '') returning id::int`
    )[0]?.id,
  )
const phones = async (of: number) =>
  (await owner`select phone from contact where organisation_id = ${of} order by id`).map(({ phone }) => phone)

test.each(['SAMU 88 - Vosges', 'samu 88 vosges', 'SAMU88–Vosges', 'SAMU 88 — Vosges', 'SAMU 88 «Vosges»'])(
  '%j is SAMU 88 – Vosges, which keeps its own way of writing it',
  async (written) => {
    const [known] = await owner`select id::int from organisation where name = 'SAMU 88 – Vosges'`
    const id = Number(known?.id) || (await made('SAMU 88 – Vosges', '59'))
    const { plan } = await shown(
      `${HEADERS}\norganisation;${written};samu;59\nposte;${written};;;Salle ${written}`,
    )
    expect(plan).toMatchObject({
      faults: [],
      planned: [
        { id, name: 'SAMU 88 – Vosges', changes: [] },
        { organisation: 'SAMU 88 – Vosges', changes: null },
      ],
    })
  },
)

test('elsewhere, or twice in the directory: nobody knows which, and both are shown', async () => {
  const a = await made('Mairie de Saint-Ouen', '59', 'mairie')
  expect((await shown(`${HEADERS}\norganisation;Mairie de Saint Ouen;mairie;37`)).plan.faults).toEqual([
    {
      line: 2,
      key: 'directory.import.fault.near',
      values: { name: 'Mairie de Saint Ouen', candidates: `n° ${a} Mairie de Saint-Ouen` },
    },
  ])
  const b = await made('Mairie de Saint‑Ouen', '59', 'mairie')
  const { plan } = await shown(`${HEADERS}\nposte;mairie de saint ouen;;;Standard`)
  expect(plan.faults).toEqual([
    {
      line: 2,
      key: 'directory.import.fault.several',
      values: {
        name: 'mairie de saint ouen',
        candidates: `n° ${a} Mairie de Saint-Ouen, n° ${b} Mairie de Saint‑Ouen`,
      },
    },
  ])
  const file = `type;identifiant;organisation\norganisation;${b};Mairie de Saint-Ouen (centre)\nposte;;Mairie de Saint-Ouen (centre)`
  const dry = await shown(
    file
      .replace(/$/, '')
      .replace('type;identifiant;organisation', 'type;identifiant;organisation;poste')
      .replace(/\(centre\)$/, '(centre);Standard'),
  )
  expect(await importDirectory(admin, dry, now)).toEqual({ ok: true, value: { made: 1, changed: 1 } })
  expect(await owner`select name from organisation where id = ${b}`).toEqual([
    { name: 'Mairie de Saint-Ouen (centre)' },
  ])
})

test('two persons of one name: neither call-back number is overwritten; the number of the record says which', async () => {
  const of = await made('SAMU 90 – Belfort')
  const [a, b] = [
    await contact(of, 'Camille Martin', '+33639980001'),
    await contact(of, 'Camille Martin', '+33639980002'),
  ]
  const line = 'contact;SAMU 90 – Belfort;;;;Camille Martin;0639980009;oui'
  const { plan } = await shown(`${HEADERS}\n${line}`)
  expect(plan.faults).toEqual([
    {
      line: 2,
      key: 'directory.import.fault.several',
      values: { name: 'Camille Martin', candidates: `n° ${a} Camille Martin, n° ${b} Camille Martin` },
    },
  ])
  const dry = await shown(
    `type;identifiant;organisation;personne;telephone\ncontact;${b};SAMU 90 - Belfort;Camille Martin;0639980009`,
  )
  expect(await importDirectory(admin, dry, now)).toEqual({ ok: true, value: { made: 0, changed: 1 } })
  expect(await phones(of)).toEqual(['+33639980001', '+33639980009'])
})

test('in one file the second way of writing a name is the same line twice; a number of another record is none', async () => {
  expect(
    faultsIn(
      await shown(
        [
          HEADERS,
          'organisation;SDIS 90 – Essai;sdis;59',
          'organisation;SDIS 90 - Essai;sdis;59',
          'contact;SDIS 90 - Essai;;;;Dominique;556123456',
        ].join('\n'),
      ),
    ),
  ).toEqual([
    [3, 'twice'],
    [4, 'phone_lost_zero'],
  ])
  expect((await shown('type;identifiant;organisation\norganisation;999999;Zut')).plan.faults).toMatchObject([
    { key: 'directory.import.fault.unknown_id' },
    {},
    {},
  ])
})

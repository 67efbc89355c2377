import { beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { exampleFile } from '../rules/import-format.ts'
import { faultsIn, HEADERS, shownTo } from './import.fixture.ts'
import { dryRun, giveZerosBack, importDirectory, keepUpload } from './import.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-23T10:00:00Z')
const { admin } = people
await owner`insert into commune (code, name, departement_code, postcodes, search)
  values ('59350', 'Lille', '59', '{59000}', 'lille') on conflict do nothing`

const count = async (table: string) =>
  Number((await owner.unsafe(`select count(*) as n from ${table}`))[0]?.n)

async function upload(content: string | Uint8Array, name = 'a.csv') {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return keepUpload(admin, { fileName: name, bytes }, now)
}

const shown = (content: string | Uint8Array) => shownTo(admin, content, now)
const faultsOf = async (content: string) => faultsIn(await shown(content))

let before = 0
beforeEach(async () => {
  before = await count('organisation')
})

describe('the dry run', () => {
  test('shows what the example would make, and makes nothing', async () => {
    const { plan } = await shown(exampleFile())
    expect(plan.faults).toEqual([])
    expect(plan.planned.map(({ kind, changes }) => [kind, changes])).toEqual([
      ['organisation', null],
      ['organisation', null],
      ['post', null],
      ['contact', null],
      ['site', null],
    ])
    expect(await count('organisation')).toBe(before)
  })

  test('names every bad line by its number and reason', async () => {
    const lines = [
      HEADERS,
      'organisation;Bonne;samu;59',
      'organisation;Sans catégorie;;59',
      'organisation;Catégorie fausse;zouave;59',
      'organisation;Ailleurs;samu;999',
      'organisation;;samu;59',
      'bidule;Bonne',
      'poste;Inconnue;;;Salle',
      'contact;Bonne;;;Salle absente;Camille;0639980015',
      'contact;Bonne;;;;Andrea;12',
      'contact;Bonne;;;;Dominique;;peut-être',
      'contact;Bonne;;;;Claude;;oui',
      'site;Bonne;;59;;;;;Centre;fibre;15',
      'site;Bonne;;59;;;;;Autre centre;rtc;15 4242',
      'organisation;Bonne;sdis;59',
      'organisation;Trop;samu;59;;;;;;;;;;;de trop',
    ]
    expect(await faultsOf(lines.join('\n'))).toEqual([
      [3, 'kind'],
      [4, 'kind'],
      [5, 'territory'],
      [6, 'no_organisation'],
      [7, 'type'],
      [8, 'unknown_organisation'],
      [9, 'unknown_post'],
      [10, 'phone_short'],
      [11, 'yes_no'],
      [12, 'call_back_phone'],
      [13, 'access'],
      [14, 'number'],
      [15, 'twice'],
      [16, 'too_many_cells'],
    ])
  })

  test.each([
    ['UTF-8', new TextEncoder().encode(`${HEADERS}\norganisation;Préfecture é;prefecture;59\n`)],
    [
      'UTF-8 with its mark',
      new TextEncoder().encode(`\uFEFF${HEADERS}\norganisation;Préfecture é;prefecture;59\n`),
    ],
    [
      'Windows-1252',
      Uint8Array.from(
        `${HEADERS}\r\norganisation;Préfecture é;prefecture;59\r\n`.split('').map((c) => c.charCodeAt(0)),
      ),
    ],
    [
      'commas and quotes',
      new TextEncoder().encode(
        `${HEADERS.replaceAll(';', ',')}\n"organisation","Préfecture é","prefecture","59"\n`,
      ),
    ],
  ])('reads %s', async (_, bytes) => {
    const { plan } = await shown(bytes)
    expect(plan.faults).toEqual([])
    expect(plan.planned).toMatchObject([{ organisation: 'Préfecture é', changes: null }])
  })

  test.each([
    ['nothing but blanks', ' \n\n ', 'empty'],
    ['headers alone', HEADERS, 'no_lines'],
    ['no header', 'SAMU;59\nSDIS;59', 'header'],
    ['a quote never closed', `${HEADERS}\norganisation;"SAMU;59\n`, 'unreadable'],
    ['a column twice', `${HEADERS};type\norganisation;A;samu;59`, 'column_twice'],
  ])('%s', async (_, content, key) => {
    expect((await faultsOf(content)).map(([, found]) => found)).toEqual([key])
  })

  test('an image, an empty file, a film are refused at the door', async () => {
    const image = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3])
    expect(await upload(image)).toMatchObject({ reason: { key: 'directory.import.fault.not_text' } })
    expect(await upload('')).toMatchObject({ reason: { key: 'directory.import.fault.empty' } })
    expect(await upload('x'.repeat(5 * 1024 * 1024))).toMatchObject({
      reason: { key: 'directory.import.fault.too_large' },
    })
  })
})

describe('the import', () => {
  test('does what was shown, once, and again it changes nothing', async () => {
    const dry = await shown(exampleFile())
    expect(await importDirectory(admin, dry, now)).toEqual({ ok: true, value: { made: 5, changed: 0 } })
    expect(await importDirectory(admin, dry, now)).toMatchObject({ reason: { key: 'directory.import.gone' } })
    const [person] = await owner`select c.phone, c.call_back, p.name as post, c.search from contact c
      join post p on p.id = post_id where c.name = 'Camille Exemple'`
    expect(person).toMatchObject({ phone: '+33639980015', call_back: true, post: 'CRRA 15' })
    const [place] =
      await owner`select access, numbers, commune_code from site where name = 'Centre 15 de Lille'`
    expect(place).toEqual({ access: 'mixed', numbers: ['15', '112'], commune_code: '59350' })
    const same = await shown(exampleFile())
    expect(same.plan.planned.every(({ changes }) => changes?.length === 0)).toBe(true)
    expect(await importDirectory(admin, same, now)).toMatchObject({
      reason: { key: 'directory.import.nothing' },
    })
    const [line] =
      await owner`select event, data from journal where chain = 'directory' order by seq desc limit 1`
    expect(line).toMatchObject({ event: 'directory.imported', data: { made: 5, changed: 0 } })
    expect(JSON.stringify(line)).not.toContain('Camille')
  })

  test('a blank cell leaves what is there; a written one changes it', async () => {
    const dry = await shown(`${HEADERS}\nsite;SAMU 59 – Exemple;;;;;;;Centre 15 de Lille;sip;\n`)
    expect(dry.plan).toMatchObject({ faults: [], planned: [{ changes: ['access'] }] })
    expect(await importDirectory(admin, dry, now)).toMatchObject({ value: { made: 0, changed: 1 } })
    const [place] = await owner`select access, numbers from site where name = 'Centre 15 de Lille'`
    expect(place).toEqual({ access: 'sip', numbers: ['15', '112'] })
  })

  test('with one bad line nothing at all enters', async () => {
    const dry = await shown(`${HEADERS}\norganisation;Bonne;samu;59\norganisation;Fausse;zouave;59\n`)
    expect(await importDirectory(admin, dry, now)).toMatchObject({
      reason: { key: 'directory.import.has_faults', values: { count: 1 } },
    })
    expect(await count('organisation')).toBe(before)
  })

  test('the directory changed since it was shown: asked again, nothing imported', async () => {
    const dry = await shown(`${HEADERS}\norganisation;SAMU 59 – Exemple;samu;37\n`)
    await owner`update organisation set kind = 'hospital' where name = 'SAMU 59 – Exemple'`
    expect(await importDirectory(admin, dry, now)).toMatchObject({
      reason: { key: 'directory.import.changed' },
    })
    expect(await owner`select territory_code from organisation where name = 'SAMU 59 – Exemple'`).toEqual([
      { territory_code: '59' },
    ])
  })

  test('another administrator’s file, and anybody else, finds nothing', async () => {
    const dry = await shown(exampleFile())
    const other = { ...admin, accountId: people.lead.accountId }
    expect(await dryRun(other, dry.id)).toMatchObject({ reason: { key: 'directory.import.gone' } })
    for (const actor of [people.lead, people.samu59])
      expect(await importDirectory(actor, dry, now)).toMatchObject({
        reason: { key: 'directory.refused.absent' },
      })
  })

  test('five thousand lines, all in one transaction', async () => {
    const lines = Array.from({ length: 1250 }, (_, n) => [
      `organisation;Grand ${n};samu;59`,
      `poste;Grand ${n};;;Salle`,
      `contact;Grand ${n};;;Salle;Personne ${n};0639980015;oui`,
      `site;Grand ${n};;59;;;;;Centre;rtc;15`,
    ]).flat()
    const dry = await shown([HEADERS, ...lines].join('\n'))
    expect(dry.plan.faults).toEqual([])
    expect(await importDirectory(admin, dry, now)).toMatchObject({ value: { made: 5000 } })
  })

  test('the zeros that a spreadsheet took are given back as offered: another trial, tried like the first', async () => {
    const file = [
      HEADERS,
      'organisation;SAMU des zéros;samu;59',
      'contact;SAMU des zéros;;;;Dominique;639980077',
    ]
    const first = await shown(file.join('\n'))
    expect(first.plan.faults).toMatchObject([{ line: 3, values: { offered: '06 39 98 00 77' } }])
    expect(await giveZerosBack(admin, { id: first.id, shown: 'f'.repeat(64) }, now)).toMatchObject({
      reason: { key: 'directory.import.changed' },
    })
    const again = await giveZerosBack(admin, first, now)
    if (!again.ok) throw new Error(again.reason.key)
    const second = await dryRun(admin, again.value.id)
    if (!second.ok) throw new Error(second.reason.key)
    expect(second.value.plan.faults).toEqual([])
    expect(await importDirectory(admin, second.value, now)).toMatchObject({ ok: true, value: { made: 2 } })
    expect(await giveZerosBack(people.samu59, first, now)).toMatchObject({ ok: false })
  })
})

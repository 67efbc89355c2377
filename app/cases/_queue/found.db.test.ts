import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { saveOrganisation } from '#app/directory/commands/save-organisation.ts'
import { declareIncident } from '#app/incidents/commands/declare.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { acknowledgeCase } from '../commands/acknowledge.ts'
import { reportCase } from '../commands/report.ts'
import { noteCase } from '../commands/update.ts'
import { reportInput } from '../input.ts'
import { readFilters } from './filters.ts'
import { readDesk, readRows } from './query.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-23T10:00:00Z')
let reference = ''
let incident = ''

beforeAll(async () => {
  // Others, so that nothing is found because it is alone.
  for (let n = 0; n < 5; n++) await reported({ territoryCode: '37', symptom: 'POOR_AUDIO' }, people.samu37)
  reference = await reported({
    communeCodes: ['59017'],
    symptom: 'NO_RING',
    symptomWords: 'Libération Q.850 cause 34 vers l’opérateur',
    details: 'Baie ATM-0042 et carte G.729, lien « œuvre » à 2,5 Mbit/s',
    told: 'Le CODIS',
    callingTechnology: 'box',
    callingOperator: 'Télécom Exemple',
    reporterName: 'Zoé Lefèvre-Ménard',
    callbackPhone: '01 99 00 12 34',
    externalId: 'SNOW/INC_0099-7',
  })
  await acknowledgeCase(people.agent, { reference, version: null, nextContactAt: null }, now)
  await noteCase(
    people.agent,
    { reference, version: null, text: 'Vu avec le transport : routeur PE-0317, MPLS', certainty: null },
    now,
  )
  const declared = await declareIncident(people.lead, { case: reference, reason: 'Une même cause' }, now)
  if (!declared.ok) throw new Error(declared.reason.key)
  incident = declared.value.reference
  await owner`update incident set title = 'Cœur de réseau – Hauts-de-France' where reference = ${incident}`
})

async function reported(facts: Record<string, unknown>, by = people.samu59): Promise<string> {
  const input = reportInput.parse({
    ...{ submissionId: randomUUID(), numbers: ['15', '112'], symptom: 'NO_RING', territoryCode: '59' },
    ...facts,
  })
  const answer = await reportCase(
    by,
    { ...input, externalId: (facts.externalId as string) ?? null } as typeof input,
    now,
  )
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  if (facts.externalId)
    await owner`update cases set external_id = ${String(facts.externalId)} where reference = ${answer.value.reference}`
  return answer.value.reference
}

const search = (q: string) => readDesk(people.agent, readFilters({ q }), now)
const found = async (q: string) =>
  (await readRows(people.agent, [], readFilters({ q }), null, now)).rows.map((row) => row.reference)

/** As people write the same thing: keyboards, word processors, copies of a mail, haste. */
const hand = fc.record({
  dash: fc.constantFrom('-', '–', '—', '\u2011', '−', ' ', ' - '),
  space: fc.constantFrom(' ', '  ', '\u00a0', '\u202f', '\t'),
  case: fc.constantFrom('as', 'upper', 'lower'),
  accents: fc.boolean(),
  around: fc.constantFrom<[string, string]>(
    ['', ''],
    [' ', ' '],
    ['« ', ' »'],
    ['"', '"'],
    ['', '.'],
    ['(', ')'],
    ['\u200b', ''],
  ),
  apostrophe: fc.constantFrom("'", '’', '`', ' '),
})

function written(text: string, by: typeof hand extends fc.Arbitrary<infer H> ? H : never): string {
  const plain = by.accents ? text : text.normalize('NFD').replace(/\p{M}/gu, '')
  const dashed = plain.replaceAll('-', by.dash).replaceAll('’', by.apostrophe).replaceAll(' ', by.space)
  const cased =
    by.case === 'upper' ? dashed.toUpperCase() : by.case === 'lower' ? dashed.toLowerCase() : dashed
  return by.around[0] + cased + by.around[1]
}

// Every kind of thing that a case holds or that is said of it, in writings of which none is the stored one alone.
test.each<[string, string[]]>([
  ['an organisation', ['SAMU 59 (essai)', 'samu59', 'samu 59 essai']],
  ['a territory, by name and by code', ['Nord', '59 samu']],
  ['a commune', ['Armentières', 'armentieres nord']],
  ['an emergency number', ['15 nord armentieres', '112 Armentières']],
  ['words of the caller', ['Q.850', 'Q850', 'Q 850', 'cause 34', 'q-850']],
  ['details', ['ATM-0042', 'ATM0042', 'atm 42', 'G.729', 'g729', 'œuvre', 'oeuvre', '2,5 Mbit/s']],
  ['who was told', ['codis 59']],
  ['a technology, as it is shown', ['voip armentieres', 'box armentieres']],
  ['a symptom, as it is shown in each language', ['silence armentieres', 'Silence nord']],
  ['an operator', ['Télécom Exemple']],
  ['a person', ['Lefèvre-Ménard', 'zoe lefevre', 'Menard']],
  [
    'a telephone number',
    ['01 99 00 12 34', '0199001234', '+33 1 99 00 12 34', '0033199001234', '01-99-00', '01.99.00.12.34'],
  ],
  ['the number another system gave it', ['SNOW/INC_0099-7', 'inc 99 7', 'snow 0099']],
  ['what a colleague noted since', ['PE-0317', 'pe317', 'routeur MPLS', 'mpls']],
])('%s is found, however it is written', async (_, texts) => {
  for (const text of texts)
    await fc.assert(
      fc.asyncProperty(hand, async (by) => {
        const typed = /\d[ .-]\d\d[ .-]/.test(text) ? text : written(text, by)
        expect(await found(typed), JSON.stringify(typed)).toEqual([reference])
      }),
      { numRuns: 8 },
    )
})

test('the number of the case leads to it, and that of the incident to the incident', async () => {
  await fc.assert(
    fc.asyncProperty(hand, fc.constantFrom('', 'N° ', 'n°', 'dossier n° ', '# '), async (by, before) => {
      const typed = before + written(reference, { ...by, around: ['', ''] })
      expect((await search(typed)).exact, JSON.stringify(typed)).toBe(reference)
      const other = before + written(incident, { ...by, around: ['', ''] })
      expect((await search(other)).incident, JSON.stringify(other)).toBe(incident)
    }),
    { numRuns: 20 },
  )
  const [year, rank] = reference.split('-')
  for (const typed of [String(rank), `${year}-${Number(rank)}`, `n° ${rank}`])
    expect((await search(typed)).exact, typed).toBe(reference)
})

test('an incident is found by its name', async () => {
  for (const typed of ['cœur de réseau', 'COEUR DE RESEAU', 'hauts–de–france coeur'])
    expect((await search(typed)).incidents, typed).toMatchObject([{ reference: incident }])
  expect((await search('grésillement')).incidents).toEqual([])
})

test('a renamed organisation is found by its new name, in what it reported before too', async () => {
  const [row] =
    await owner`select xmin::text as version from organisation where id = ${people.organisations.samu59}`
  const saved = await saveOrganisation(
    people.admin,
    {
      ...{
        id: people.organisations.samu59,
        version: row?.version,
        name: 'SAMU de la Métropole – Lille-Flandre',
      },
      ...{ kind: 'samu', territoryCode: '59', sees: [] },
    } as never,
    now,
  )
  expect(saved).toMatchObject({ ok: true })
  for (const typed of ['Lille-Flandre armentieres', 'metropole lille – flandre armentieres'])
    expect(await found(typed), typed).toEqual([reference])
})

test('what is over bears the new name in turns, a job after the other', async () => {
  const { samu37 } = people.organisations
  await owner`insert into cases (reference, submission_id, state, level, reporter_kind, channel, verification, numbers, symptom,
      territory_code, heard_at, received_at, organisation_id, team_id, queue_rank)
    select 'old-' || n, gen_random_uuid(), 'closed', 1, 'samu', 'portal', 'signed_in', '{15}', 'NO_RING', '37', ${now}, ${now}, ${samu37}, ${people.generalTeamId}, 0
      from generate_series(1, 501) n`
  await owner`update organisation set name = 'SAMU de la Loire moyenne' where id = ${samu37}`
  const bearing = async () =>
    (
      await owner`select count(*)::int as n, count(*) filter (where app.is_open(state))::int as open from cases
        where search @@ to_tsquery('public.permanence', 'moyenne')`
    )[0]
  const open = (await bearing())?.open
  expect(await bearing()).toEqual({ n: open, open })
  const turn = async () => {
    const [job] =
      await owner`select j.payload from graphile_worker._private_jobs j join graphile_worker.jobs k on k.id = j.id
      where k.task_identifier = 'spell_again' and k.key = ${`spell_again:${samu37}`}`
    const { organisation, below } = job?.payload ?? {}
    const [row] = await owner`select app.spell_again(${organisation}, ${below})::int as lowest`
    return row?.lowest
  }
  await turn()
  expect(await bearing()).toEqual({ n: open + 500, open })
  await turn()
  expect(await bearing()).toEqual({ n: open + 501, open })
  expect(await turn()).toBeNull()
})

test('what is said in an exercise, however often, hides nothing of what is said in the real world', async () => {
  const [world] = await owner`insert into exercise (drill_id, title, state, started_at)
    values ('d', 'Exercice', 'running', ${now}) returning id`
  const say = (times: number, exerciseId: number | null) =>
    owner`insert into journal (chain, seq, exercise_id, case_id, at, actor_name, actor_side, event, visibility, text, data, prev_hash, hash)
      select 'case:' || c.id || ${exerciseId === null ? '' : '-x'}, 0, ${exerciseId}, c.id, ${now}, 'x', 'cell', 'case.noted', 'internal',
        'brasseur optique', '{}', '', '' from cases c, generate_series(1, ${times}::int) where c.reference = ${reference}`
  await say(2_001, world?.id)
  await say(1, null)
  expect(await found('brasseur optique')).toEqual([reference])
})

test.each([
  'introuvable',
  'q 851',
  'atm 43',
  '01 99 00 12 35',
  "'; drop table cases --",
  '%',
  'a & b | c',
  ':*',
  '(((',
])('%j finds nothing, and breaks nothing', async (typed) => {
  expect(await found(typed)).toEqual([])
})

test('a reporter asks in vain: what colleagues wrote is not his to guess', async () => {
  const asked = await readRows(people.samu59, [], readFilters({ q: 'mpls' }), null, now)
  expect(asked.rows).toEqual([])
})

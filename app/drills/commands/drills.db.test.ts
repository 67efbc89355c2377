import { describe, expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { readReview } from '#app/reviews/queries.ts'
import { delaysOf } from '#app/reviews/rules/delays.ts'
import type { Party } from '#app/told/rules/told.ts'
import { loadReference } from '#db/reference/load.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { type Drill, readDrill } from '../rules/drill.ts'
import { invented } from '../rules/invented.fixture.ts'
import * as abroad from '../rules/invented-abroad.fixture.ts'
import * as home from '../rules/invented-at-home.fixture.ts'
import { replay } from '../rules/replay.ts'
import { whoKnew } from '../rules/who-knew.ts'
import { shippedDrills } from '../shipped.ts'
import { readWhoKnew } from '../who-knew-facts.ts'
import { takeReport } from './intake.ts'
import type { DrillOutcome } from './outcome.ts'
import { settlePlaces } from './places.ts'
import { playDrill } from './play.ts'
import { type Crew, lastMinute } from './player.ts'

const { owner } = await createTestDatabase()
await loadReference(owner)
const people = await makePeople(owner)
await owner`insert into organisation (kind, name, territory_code, sees, search) values ('cogic', 'COGIC (essai)', 'FR', '{FR}', 'cogic')`
// A directory as large as a country's: what an exercise says must not depend on where it is played.
await owner`insert into organisation (kind, name, territory_code, sees, search)
  select 'mairie', 'Mairie ' || n, '59', '{}', 'mairie ' || n from generate_series(1, 700) n`
// Something real to be left alone.
await reportCase(
  people.samu59,
  reportInput.parse({
    submissionId: '7f0c6d5e-2d0f-4c43-9d0b-0a5a3a1f7c11',
    ...{ numbers: ['15'], symptom: 'NO_RING', territoryCode: '59' },
  }),
  new Date('2026-11-23T05:50:00Z'),
)
const startedAt = new Date('2026-11-23T06:00:00Z')
// Six hours of a country through the commands: minutes on a machine that does other things.
const SLOW = 300_000

function shipped(id: string): Drill {
  const found = shippedDrills().find(({ drill }) => drill.id === id)
  if (!found) throw new Error(`no drill ${id}`)
  return found.drill
}

function asDrill(json: unknown): Drill {
  const read = readDrill(json)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.drill
}

/** Everything real, row by row, as the owner sees it: tables with a world, without the rows of exercises. */
async function realRows(): Promise<string> {
  const tables = await owner<{ name: string }[]>`select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'exercise_id' order by 1`
  expect(tables.length).toBeGreaterThan(10)
  const all: string[] = []
  for (const { name } of tables) {
    // The one thing a run says in the real world: that it took place.
    const said = name === 'journal' ? owner`and t.chain <> 'exercises'` : owner``
    const [row] = await owner<{ hash: string; n: number }[]>`select count(*)::int as n,
      md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash
      from ${owner(name)} t where t.exercise_id is null ${said}`
    all.push(`${name} ${row?.n} ${row?.hash}`)
  }
  return all.join('\n')
}

async function play(drill: Drill, crew: Crew): Promise<DrillOutcome> {
  const before = await realRows()
  const outcome = await playDrill(drill, { crew, startedAt })
  expect(await realRows()).toBe(before)
  return outcome
}

/** How the after-action file of the crisis just played judges its situation reports, at the last minute of the drill. */
async function reportsOf(drill: Drill): Promise<Record<string, string>> {
  const [run] = await owner<{ world: number; reference: string }[]>`select i.exercise_id as world, i.reference
    from crisis c join incident i on i.id = c.incident_id where c.activated_at is not null order by c.id desc limit 1`
  if (!run) throw new Error('no crisis was played')
  const end = new Date(drill.t0 + lastMinute(drill) * 60_000)
  const review = await readReview({ ...people.lead, exerciseId: Number(run.world) }, run.reference, end)
  if (!review) throw new Error(`no file for ${run.reference}`)
  const reports = delaysOf(review.facts).filter(({ key }) => key === 'first_report' || key === 'rhythm')
  return Object.fromEntries(reports.map(({ key, verdict }) => [key, verdict]))
}

const NOBODY = ['citizen', 'media', 'unknown_caller', 'public']

describe('2 June 2021, through the commands', () => {
  const drill = shipped('fr-2021-06-02-orange-national')

  test.each([
    ['none', 36, 'silence'],
    ['standard', 20, 'person'],
  ] as const)(
    'crew %s: crisis active by minute %d, by %s',
    async (crew, activeBy, by) => {
      const outcome = await play(drill, crew)
      expect(outcome.reports).toBe(drill.reports.length)
      expect(outcome.per_report).toHaveLength(drill.reports.length)
      expect(outcome.first_qualifying_offset_min).toBe(6)
      expect(outcome.crisis_proposed_offset_min).toBeLessThanOrEqual(12)
      expect(outcome.crisis_active_offset_min).toBeLessThanOrEqual(activeBy)
      expect(outcome.activated_by).toBe(by)
      expect(outcome.incidents.length).toBeGreaterThan(0)
      expect(outcome.incidents.length).toBeLessThanOrEqual(3)
      expect(outcome.closed_without_confirmation).toBe(0)
      if (crew === 'none') sameAsRules(drill, outcome)
      if (crew === 'standard') {
        expect(outcome.authority_notice_offset_min).toBeLessThanOrEqual(36)
        expect(outcome.promises_missed).toBe(0)
        expect(await reportsOf(drill)).toEqual({ first_report: 'met', rhythm: 'met' })
        const [run] = await owner<{ id: number }[]>`select max(id)::int as id from exercise`
        const knew = whoKnew(await readWhoKnew(people.lead, Number(run?.id)), drill.t0, [])
        const toldOf = (party: Party) => knew.find((one) => one.party === party)?.told ?? []
        for (const party of ['prefecture', 'national', 'services'] as const)
          expect(toldOf(party)[0]?.minute, party).toBeLessThanOrEqual(36)
        expect(toldOf('prefecture')[0]?.acknowledged).toBeGreaterThan(0)
        // The crew publishes nothing for the public, and nobody says it did.
        expect(toldOf('public')).toEqual([])
        expect(toldOf('services').every(({ how }) => how === 'case')).toBe(true)
      }
      for (const { seq, reporter } of drill.reports) {
        const one = outcome.per_report.find((report) => report.seq === seq)
        if (NOBODY.includes(reporter.kind)) expect(one, `report ${seq}`).toMatchObject({ qualifies: false })
      }
    },
    SLOW,
  )
})

describe('the ordinary day, through the commands', () => {
  test.each(['none', 'standard'] as const)(
    'crew %s: no crisis is proposed, let alone active',
    async (crew) => {
      const drill = shipped('fr-temoin-journee-ordinaire')
      const outcome = await play(drill, crew)
      if (crew === 'none') sameAsRules(drill, outcome)
      expect(outcome.crisis_proposed_offset_min).toBeNull()
      expect(outcome.crisis_active_offset_min).toBeNull()
      expect(outcome.activated_by).toBeNull()
      expect(outcome.closed_without_confirmation).toBe(0)
      expect(outcome.incidents.every((one) => one.territories.length === 1)).toBe(true)
      if (crew === 'standard') expect(outcome.promises_missed).toBe(0)
    },
    SLOW,
  )
})

/** What the commands did, nobody answering, and what the rules alone say of the same file. */
function sameAsRules(drill: Drill, commands: DrillOutcome): void {
  const rules = replay(drill)
  expect(commands.crisis_proposed_offset_min).toBe(rules.crisisProposed)
  expect(commands.crisis_active_offset_min).toBe(rules.crisisActive)
  expect(commands.first_qualifying_offset_min).toBe(rules.firstQualifying)
  expect(commands.incidents.length).toBe(rules.incidents.length)
  expect(commands.per_report.map(({ seq, outcome, qualifies }) => [seq, outcome, qualifies])).toEqual(
    rules.reports.map(({ seq, outcome, verdict }) => [seq, outcome, verdict.qualifies]),
  )
}

/** Many reports over many hours, by the same code as the others. */
const LONG = new Set(['uk-2023-06-25-bt-999', 'us-2018-12-27-centurylink-911'])

const leftOut = (name: string) => LONG.has(name) && !process.env.LONG_DRILLS

/** Played above, with a crew too. */
const PLAYED = ['fr-2021-06-02-orange-national', 'fr-temoin-journee-ordinaire']

describe('replay equals live: the commands say what the rules say', () => {
  const invented = Object.entries({ ...home, ...abroad }).map(
    ([name, json]) => [name, asDrill(json)] as const,
  )
  const files = shippedDrills()
    .filter(({ drill }) => !PLAYED.includes(drill.id))
    .map(({ drill }) => [drill.id, drill] as const)
  const both = (name: string, drill: Drill) => {
    const same = async () => sameAsRules(drill, await play(drill, 'none'))
    test.skipIf(leftOut(name))(name, same, SLOW) // two take a minute each: LONG_DRILLS=1 plays them
  }
  for (const [name, drill] of [...invented, ...files]) both(name, drill)
})

test('what a file may say and a form would refuse is played all the same', async () => {
  const odd = invented('odd', 'FR', '2026-01-01T23:50:00+01:00', [
    ...['13', '31'].map((code) => ({
      ...{ at: -3, kind: 'hospital', org: 'Hôpital central', code, numbers: ['15', '3114', '15'] },
      ...{ symptom: 'CODE_OF_ELSEWHERE', operator: 'X'.repeat(300), text: 'Long. '.repeat(1200) },
    })),
    ...[
      { kind: 'association', org: 'SOS', code: 'ZZ-UNKNOWN', numbers: ['3114'], symptom: 'NO_RING' },
      { kind: 'samu', org: 'SAMU 13', code: '13', numbers: [], symptom: 'NO_RING' },
      { kind: 'radio_station', org: 'Radio', code: 'FR', numbers: ['112'], symptom: 'NO_RING' },
    ].map((one) => ({ ...one, at: 12, tests: [0, 0] as [number, number], text: '' })),
  ])
  const outcome = await play(asDrill(odd), 'standard')
  expect(outcome.per_report.map((one) => [one.seq, one.outcome, one.qualifies])).toEqual([
    [1, 'case', true],
    [2, 'case', true],
    [3, 'case', false],
    [4, 'case', false],
    [5, 'redirected', false],
  ])
}, 60_000)

test('in a service of its own, for measuring, its reports are real ones, and an organisation that reports twice is one', async () => {
  const drill = shipped('fr-2021-06-02-orange-national')
  const actor = machine('drill')
  const places = await asActor(actor, (tx) => settlePlaces(tx, actor, drill))
  const twice = drill.reports.filter(({ reporter }) => reporter.org === 'SAMU 59 - CRRA 15 Lille')
  for (const report of twice) await takeReport(actor, drill, report, places, startedAt)
  const rows = await owner`
    select c.exercise_id as world, o.exercise_id as directory, c.territory_code as place, o.id from cases c join organisation o on o.id = c.organisation_id
    where o.name = 'SAMU 59 - CRRA 15 Lille' and c.exercise_id is null`
  const [{ id }] = rows as unknown as [{ id: number }]
  expect([...rows]).toEqual([1, 2].map(() => ({ world: null, directory: null, place: '59', id })))
})

import { describe, expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { readReview } from '#app/reviews/queries.ts'
import { delaysOf } from '#app/reviews/rules/delays.ts'
import type { Party } from '#app/told/rules/told.ts'
import { asActor } from '#db/transaction.ts'
import type { Drill } from '../rules/drill.ts'
import { invented } from '../rules/invented.fixture.ts'
import { whoKnew } from '../rules/who-knew.ts'
import { readWhoKnew } from '../who-knew-facts.ts'
import { asDrill, owner, people, play, SLOW, sameAsRules, shipped, startedAt } from './drills.fixture.ts'
import { takeReport } from './intake.ts'
import { settlePlaces } from './places.ts'
import { lastMinute } from './player.ts'

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
})

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

import { expect } from 'vitest'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { loadReference } from '#db/reference/load.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { type Drill, readDrill } from '../rules/drill.ts'
import { replay } from '../rules/replay.ts'
import { shippedDrills } from '../shipped.ts'
import type { DrillOutcome } from './outcome.ts'
import { playDrill } from './play.ts'
import type { Crew } from './player.ts'

export const { owner } = await createTestDatabase()
await loadReference(owner)
export const people = await makePeople(owner)
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
export const startedAt = new Date('2026-11-23T06:00:00Z')
// Six hours of a country through the commands: minutes on a machine that does other things.
export const SLOW = 300_000

/** A drill that comes with the product. */
export function shipped(id: string): Drill {
  const found = shippedDrills().find(({ drill }) => drill.id === id)
  if (!found) throw new Error(`no drill ${id}`)
  return found.drill
}

/** A drill written for the tests, read as a file is. */
export function asDrill(json: unknown): Drill {
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

/** Plays it, and nothing real is touched. */
export async function play(drill: Drill, crew: Crew): Promise<DrillOutcome> {
  const before = await realRows()
  const outcome = await playDrill(drill, { crew, startedAt })
  expect(await realRows()).toBe(before)
  return outcome
}

/** What the commands did, nobody answering, and what the rules alone say of the same file. */
export function sameAsRules(drill: Drill, commands: DrillOutcome): void {
  const rules = replay(drill)
  expect(commands.crisis_proposed_offset_min).toBe(rules.crisisProposed)
  expect(commands.crisis_active_offset_min).toBe(rules.crisisActive)
  expect(commands.first_qualifying_offset_min).toBe(rules.firstQualifying)
  expect(commands.incidents.length).toBe(rules.incidents.length)
  expect(commands.per_report.map(({ seq, outcome, qualifies }) => [seq, outcome, qualifies])).toEqual(
    rules.reports.map(({ seq, outcome, verdict }) => [seq, outcome, verdict.qualifies]),
  )
}

import { beforeEach, expect, test, vi } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { inExercise, timeOf } from '#app/_auth/lookup.ts'
import { react } from '#app/_jobs/reactions.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { OWN_NUMBERS } from '../rules/invented-abroad.fixture.ts'
import { keepPlaying } from './keep-playing.ts'
import { resumeExercise, startExercise, stopExercise } from './run-exercise.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const T0 = Date.parse('2026-11-23T06:00:00Z')
let wall = T0

/** The worker's second, as often as said. */
async function seconds(count: number, play = keepPlaying) {
  for (let n = 0; n < count; n += 1) {
    wall += 1_000
    await play(() => new Date(wall))
  }
}

async function started(speed: number): Promise<number> {
  const made = await startExercise(
    people.lead,
    { file: OWN_NUMBERS, fileName: 'own.json', crew: 'none', speed },
    new Date(wall),
  )
  if (!made.ok) throw new Error(made.reason.key)
  return made.value.id
}

const state = async (id: number) =>
  (
    await owner<{ state: string; minute: number; cases: number }[]>`select state, minute,
      (select count(*)::int from cases where exercise_id = e.id) as cases from exercise e where id = ${id}`
  )[0]

beforeEach(async () => {
  await owner`update exercise set state = 'stopped' where state in ('running', 'set_aside')`
})

test('plays on its own clock; one at a time; a lead decides', async () => {
  const id = await started(60)
  expect(
    await startExercise(
      people.lead,
      { file: OWN_NUMBERS, fileName: '', crew: 'none', speed: 1 },
      new Date(wall),
    ),
  ).toMatchObject({ reason: { key: 'drills.refused.running' } })
  expect(await stopExercise(people.agent, { id }, new Date(wall))).toMatchObject({
    reason: { key: 'drills.refused.lead' },
  })
  await seconds(7)
  expect(await state(id)).toMatchObject({ state: 'running', minute: 7, cases: 1 })
  const inside = await inExercise(people.agent, id)
  expect(inside.exerciseId).toBe(id)
  // 12:00 local is minute 0 of this drill
  expect((await timeOf(inside, new Date(wall + 500))).toISOString()).toBe('2024-10-08T10:07:30.000Z')
  expect((await inExercise(people.samu59, id)).exerciseId).toBeNull()

  await stopExercise(people.lead, { id }, new Date(wall))
  await seconds(20)
  expect(await state(id)).toMatchObject({ state: 'stopped', minute: 7, cases: 1 })
  expect((await inExercise(people.agent, id)).exerciseId).toBeNull()
})

test('a worker that died is taken over: the same minute again makes no second case', async () => {
  const id = await started(60)
  await seconds(12)
  expect(await state(id)).toMatchObject({ minute: 12, cases: 2 })
  // what a worker had done and not yet written down when it died
  await owner`update exercise set minute = 4, progress = null where id = ${id}`
  vi.resetModules()
  const { keepPlaying: another } = await import('./keep-playing.ts')
  wall += 3600_000
  await seconds(1, another)
  expect((await state(id))?.minute).toBeLessThan(15)
  await seconds(100, another)
  expect(await state(id)).toMatchObject({ state: 'finished', cases: 4 })
  const [row] = await owner`select result from exercise where id = ${id}`
  expect(row?.result).toMatchObject({ crisis_proposed_offset_min: 16, activated_by: 'silence' })
})

test('two workers at once play it once', async () => {
  const id = await started(0)
  wall += 1_000
  const clock = () => new Date(wall)
  await Promise.all([keepPlaying(clock), keepPlaying(clock)])
  await keepPlaying(clock)
  expect(await state(id)).toMatchObject({ state: 'finished', cases: 4 })
})

test('a real report sets it aside; taken up again it plays on from there', async () => {
  const id = await started(60)
  await seconds(7)
  const made = await reportCase(
    people.samu59,
    reportInput.parse({
      submissionId: '0b9c4c1e-94a9-4c0f-8f4e-6a1d2a1f9d10',
      ...{ numbers: ['15'], symptom: 'NO_RING', territoryCode: '59' },
    }),
    new Date(wall),
  )
  const [line] = await owner`select id from journal where event = 'case.reported' and exercise_id is null`
  await react(machine('reactions'), [Number(line?.id)], new Date(wall))
  expect(made.ok && (await state(id))).toMatchObject({ state: 'set_aside', minute: 7 })
  expect((await inExercise(people.agent, id)).exerciseId).toBeNull()
  await seconds(10)
  expect(await state(id)).toMatchObject({ minute: 7, cases: 1 })

  await resumeExercise(people.lead, { id }, new Date(wall))
  await seconds(5)
  expect(await state(id)).toMatchObject({ state: 'running', minute: 12, cases: 2 })
  const said =
    await owner`select event from journal where chain = 'exercises' and (data->>'exerciseId')::int = ${id} order by seq`
  expect(said.map((one) => one.event)).toEqual(['exercise.started', 'exercise.set_aside', 'exercise.resumed'])
})

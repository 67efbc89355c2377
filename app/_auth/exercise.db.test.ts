import { expect, test } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { inExercise } from './lookup.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-23T03:00:00Z')

async function running(attended: boolean): Promise<number> {
  const [row] = await owner`insert into exercise (drill_id, title, state, started_at, attended)
    values ('d', 'Exercice', 'running', ${now}, ${attended}) returning id`
  return Number(row?.id)
}

test('the exercise chosen in the browser counts for the cell, while it runs', async () => {
  const id = await running(true)
  expect((await inExercise(people.agent, id)).exerciseId).toBe(id)
  expect((await inExercise(people.samu59, id)).exerciseId).toBeNull()
  expect((await inExercise(people.agent, id + 1)).exerciseId).toBeNull()
  // What the command line plays is nobody's to enter.
  expect((await inExercise(people.agent, await running(false))).exerciseId).toBeNull()
  expect((await inExercise(people.agent, Number('x'))).exerciseId).toBeNull()
  await owner`update exercise set state = 'stopped' where id = ${id}`
  expect((await inExercise(people.agent, id)).exerciseId).toBeNull()
})

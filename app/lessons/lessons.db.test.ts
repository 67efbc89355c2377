import { describe, expect, it } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { react } from '#app/_jobs/reactions.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { closeLesson, proveLesson, saveLesson } from './commands/keep.ts'
import { tellOverdue } from './commands/tell-overdue.ts'
import { lessonInput } from './input.ts'
import { readLessons } from './queries.ts'

const { owner } = await createTestDatabase()
const { lead, director, agent, samu59 } = await makePeople(owner)
const now = new Date('2026-11-26T10:00:00Z')
const later = (days: number) => new Date(now.getTime() + days * 86_400_000)
const lesson = (more: object = {}) =>
  lessonInput.parse({ recommendation: 'Une ligne dédiée', ownerName: 'Ada', dueOn: '2026-12-01', ...more })
const idOf = async () => {
  const made = await saveLesson(lead, lesson(), now)
  if (!made.ok) throw new Error(JSON.stringify(made))
  return made.value.id
}

describe('a lesson', () => {
  it('goes from a recommendation to its proof to its closing, and never past one of them', async () => {
    const id = await idOf()
    expect(await closeLesson(lead, { id, version: 1, to: 'closed' }, now)).toMatchObject({
      reason: { key: 'lessons.refused.not_there' },
    })
    expect(await proveLesson(lead, { id, version: 1, proof: null, exerciseId: null }, now)).toMatchObject({
      fields: { proof: {} },
    })
    const [one, two] = await Promise.all([
      proveLesson(lead, { id, version: 1, proof: 'Ligne ouverte', exerciseId: null }, now),
      proveLesson(director, { id, version: 1, proof: 'Autre', exerciseId: null }, now),
    ])
    expect([one.ok, two.ok].sort()).toEqual([false, true])
    expect(await closeLesson(director, { id, version: 2, to: 'closed' }, now)).toMatchObject({ ok: true })
    expect((await readLessons(agent)).lessons).toMatchObject([
      { state: 'closed', closedByName: director.name },
    ])
  })

  it('is kept by leads, read by the cell, and is nothing to a reporter', async () => {
    expect(await saveLesson(agent, lesson(), now)).toMatchObject({ ok: false })
    expect((await readLessons(samu59)).lessons).toEqual([])
  })

  it('comes from what exists: an exercise is no incident, a record stands in the register', async () => {
    expect(await saveLesson(lead, lesson({ incidentReference: 'INC-9' }), now)).toMatchObject({
      fields: { incidentReference: {} },
    })
    expect(await saveLesson(lead, lesson({ recordId: 'XX-nowhere' }), now)).toMatchObject({
      fields: { recordId: {} },
    })
    expect(await saveLesson(lead, lesson({ recordId: 'FR-2021-06-02-ORANGE' }), now)).toMatchObject({
      ok: true,
    })
  })

  it('is proved by a finished run of its own drill alone', async () => {
    const drillId = 'uk-2023-06-25-bt-999'
    const made = await saveLesson(lead, lesson({ drillId }), now)
    if (!made.ok) throw new Error('no lesson')
    const run = async (drill: string, result: object | null) =>
      Number(
        (
          await owner`insert into exercise (drill_id, title, state, started_at, result) values (${drill}, 'x', 'finished', ${now}, ${result && owner.json(result as never)}) returning id`
        )[0]?.id,
      )
    const prove = (exerciseId: number) =>
      proveLesson(lead, { id: made.value.id, version: 1, proof: null, exerciseId }, now)
    expect(await prove(await run('autre', {}))).toMatchObject({ fields: { exerciseId: {} } })
    expect(await prove(await run(drillId, null))).toMatchObject({ fields: { exerciseId: {} } })
    expect(await prove(await run(drillId, { drill_id: drillId }))).toMatchObject({ ok: true })
  })

  it('whatever it recommends, it is kept', async () => {
    const recommendation = `${'a'.repeat(119)}🛑 suite`
    expect(await saveLesson(lead, lesson({ recommendation }), now)).toMatchObject({ ok: true })
  })

  it('overdue is told to the directors from the day after, once; a new day is told anew', async () => {
    await owner`update lesson set state = 'closed'`
    const id = await idOf()
    const told = async () =>
      (await owner`select id from journal where event = 'lesson.overdue'`).map((row) => Number(row.id))
    await tellOverdue(machine('clock'), new Date('2026-12-01T22:00:00Z'))
    expect(await told()).toEqual([])
    for (const days of [6, 7]) await tellOverdue(machine('clock'), later(days))
    const lines = await told()
    expect(lines).toHaveLength(1)
    await react(machine('worker'), lines, later(7))
    expect(
      await owner`select account_id::int from inbox_message where kind = 'lesson_overdue'`,
    ).toMatchObject([{ account_id: director.accountId }])
    await saveLesson(lead, { ...lesson({ dueOn: '2026-12-10' }), id, version: 1 }, later(8))
    await tellOverdue(machine('clock'), later(20))
    expect(await told()).toHaveLength(2)
  })
})

import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { acknowledgeCase } from '#app/cases/commands/acknowledge.ts'
import { CLAIM_MIN, claimCase } from '#app/cases/commands/claim.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { restoreCase } from '#app/cases/commands/restore.ts'
import { acknowledgeInput, claimInput, reportInput, restoreInput } from '#app/cases/input.ts'
import { LEVEL_CLOCK } from '#app/cases/rules/deadlines.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { gridOf } from '../rules/grid.ts'
import { readRoom } from './query.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const T0 = Date.parse('2026-11-23T08:00:00Z')
const minute = (n: number) => new Date(T0 + n * 60_000)
const room = (n: number, actor = people.agent) => readRoom(actor, minute(n).toISOString())

async function reported(who: typeof people.samu59, given: Record<string, unknown>, at: number) {
  const input = reportInput.parse({ submissionId: randomUUID(), symptom: 'NO_RING', ...given })
  const answer = await reportCase(who, input, minute(at))
  if (!answer.ok) throw new Error(answer.reason.key)
  return answer.value.reference
}

test('a quiet night has nothing to show', async () => {
  const { reported, calls, missed, due, next, instants } = await room(0)
  expect({ reported, calls, missed, due, next, instants }).toEqual({
    reported: [],
    calls: [],
    missed: [],
    due: [],
    next: null,
    instants: [],
  })
})

test('a report of two numbers stands in two cells, with its tests, its hour and its promise; a test of one in one', async () => {
  const reference = await reported(
    people.samu59,
    {
      numbers: ['15', '18'],
      territoryCode: '59',
      sinceAt: minute(-10).toISOString(),
      tests: [
        { passed: 1, tried: 4, technology: 'volte' },
        { passed: 0, tried: 2, technology: 'volte', number: '18' },
      ],
    },
    0,
  )
  await reported(people.samu37, { numbers: ['15'], territoryCode: '37' }, 1)
  const seen = await room(2)
  const rows = gridOf(seen.reported, seen.proofs, minute(2).getTime())
  expect(rows.map((row) => row.territory)).toEqual(['59', '37'])
  expect(seen.names).toEqual({ 59: 'Nord', 37: 'Indre-et-Loire' })
  const [nord] = rows
  expect(nord?.cells['15']).toMatchObject({
    cases: 1,
    passed: 1,
    tried: 4,
    since: T0 - 600_000,
    says: 'partly',
  })
  expect(nord?.cells['18']).toMatchObject({ cases: 1, passed: 1, tried: 6 })
  expect(nord?.cells['15']?.nextAt).not.toBeNull()
  expect(seen.unheld.map((one) => one.reference)).toContain(reference)
  expect([seen.unheldCount, seen.instants.length]).toEqual([2, 2])
})

test('whoever takes it holds it; restored it waits for its reporter and says so; a broken promise is first to be kept', async () => {
  const [first] = await owner`select reference from cases where territory_code = '37'`
  const reference = String(first?.reference)
  const [other] = await owner`select reference from cases where territory_code = '59'`
  const claimed = String(other?.reference)
  const unheld = async (n: number) => (await room(n)).unheld.map((one) => one.reference)
  expect(await unheld(2)).toEqual([claimed, reference])
  expect(await acknowledgeCase(people.agent, acknowledgeInput.parse({ reference }), minute(3))).toMatchObject(
    {
      ok: true,
    },
  )
  expect(await claimCase(people.agent, claimInput.parse({ reference: claimed }), minute(3))).toMatchObject({
    ok: true,
  })
  expect(await unheld(4)).toEqual([])
  // A claim ends by itself, whoever acknowledged keeps his case.
  expect(await unheld(3 + CLAIM_MIN)).toEqual([claimed])

  const words = { reference, text: 'Réparé, essayez', nextContactAt: minute(50).toISOString() }
  expect(await restoreCase(people.agent, restoreInput.parse(words), minute(5))).toMatchObject({ ok: true })
  const seen = await room(6)
  const rows = gridOf(seen.reported, seen.proofs, minute(6).getTime())
  expect(rows.find((row) => row.territory === '37')?.cells['15']?.says).toBe('restored')

  const late = LEVEL_CLOCK[3].updateMin + 1
  await owner`update cases set promise_missed_at = ${minute(late)}, queue_rank = 2 where territory_code = '59'`
  const after = await room(late)
  expect(after.missed.map((one) => one.territory)).toEqual(['59'])
  expect(after.due.map((one) => one.territory)).not.toContain('59')
})

test('the screen on the wall sees what an agent sees', async () => {
  const [wall, agent] = [await room(10, people.wall), await room(10)]
  expect({ ...wall, strip: null }).toEqual({ ...agent, strip: null })
})

import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { AccountActor } from '#app/_auth/actor.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { SQL_REFUSES, sqlAs } from '#scripts/testing/sql-as.ts'

const { owner, app } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-23T10:00:00Z')
const as = sqlAs(app)

// Nothing to see would be seen by everybody alike.
beforeAll(async () => {
  const input = { submissionId: randomUUID(), channel: 'portal', numbers: ['15'], symptom: 'NO_RING' }
  const report = reportInput.parse({ ...input, territoryCode: '59' })
  expect(await reportCase(people.samu59, report, now)).toMatchObject({ ok: true })
})

describe('a screen on the wall', () => {
  test.each([
    'cases',
    'journal',
    'incident',
    'proposal',
    'crisis',
    'cell_state',
    'roster_shift',
    'organisation',
    'team',
  ])('sees %s as the cell does', async (table) => {
    const seen = (who: AccountActor) => as(who, (sql) => sql`select count(*)::int as n from ${sql(table)}`)
    expect(await seen(people.wall)).toEqual(await seen(people.agent))
  })

  test('writes in no table', async () => {
    const tables = await owner<{ name: string; column: string }[]>`
      select table_name::text as name, (array_agg(column_name::text order by ordinal_position desc))[1] as column
      from information_schema.columns where table_schema = 'public' group by table_name`
    expect(tables.length).toBeGreaterThan(30)
    for (const { name, column } of tables) {
      const written = await as(
        people.wall,
        (sql) => sql`update ${sql(name)} set ${sql(column)} = ${sql(column)} returning 1`,
      ).catch((error: Error) => (SQL_REFUSES.test(error.message) ? [] : Promise.reject(error)))
      expect([name, written.length]).toEqual([name, 0])
    }
    await expect(
      as(
        people.wall,
        (sql) => sql`insert into cell_state (state, at, by_name, why) values ('crisis', ${now}, 'x', 'x')`,
      ),
    ).rejects.toThrow(SQL_REFUSES)
  })
})

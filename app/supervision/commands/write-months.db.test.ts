import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, expect, test, vi } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { writeMonths } from './write-months.ts'

const folder = mkdtempSync(join(tmpdir(), 'permanence-months-'))
vi.stubEnv('STATISTICS_DIR', folder)
const { owner } = await createTestDatabase()

/** In Paris it is the first of November an hour before it is in UTC. */
const LAST_OF_OCTOBER = '2026-10-31T22:45:00Z'
const FIRST_OF_NOVEMBER = '2026-10-31T23:00:00Z'
const count = (source: string, from: string, [attempts, seizures, answers, busy]: number[]) => ({
  ...{ source, territory_code: '59', number: '15', from_at: from, heard_at: from },
  to_at: new Date(Date.parse(from) + 900_000).toISOString(),
  ...{ attempts, seizures, answers, busy, no_answer: 1, rejected: 0 },
})
const read = (month: string): Record<string, string>[] =>
  parse(readFileSync(join(folder, `statistics-${month}.csv`)), { bom: true, delimiter: ';', columns: true })

beforeAll(async () => {
  for (const row of [
    count('=switch', LAST_OF_OCTOBER, [100, 90, 80, 5]),
    count('=switch', FIRST_OF_NOVEMBER, [10, 8, 4, 1]),
    count('=switch', '2026-11-02T09:00:00Z', [10, 8, 4, 1]),
    count('sbc', '2026-11-02T09:00:00Z', [20, 0, 0, 0]),
    count('sbc', '2026-08-02T09:00:00Z', [20, 20, 20, 0]),
  ])
    await owner`insert into switch_count ${owner(row)}`
})

test('the month that runs and the one before, a line for each number, territory and switch', async () => {
  const now = new Date('2026-11-03T02:27:00Z')
  await writeMonths(machine('clock'), now)
  await writeMonths(machine('clock'), now)
  expect(readdirSync(folder).sort()).toEqual(['statistics-2026-10.csv', 'statistics-2026-11.csv'])
  expect(read('2026-10')).toMatchObject([
    { source: "'=switch", seizures: '90', answers: '80', asr: '0.8889' },
  ])
  expect(read('2026-11')).toMatchObject([
    { month: '2026-11', number: '15', territory_code: '59', seizures: '16', asr: '0.5', ner: '0.75' },
    // Nothing was seized: no rate, and not a rate of nought.
    { source: 'sbc', attempts: '20', asr: '', ner: '' },
  ])
})

test('what was written of a month that is over for good stays', async () => {
  await writeMonths(machine('clock'), new Date('2026-12-05T02:27:00Z'))
  expect(read('2026-10')).toHaveLength(1)
})

import { describe, expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { readCsv } from '#app/_doors/csv.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { takeCounts } from './commands/take-counts.ts'
import { COUNT_COLUMNS, MOST_RESULTS } from './input.ts'
import { readSupervision } from './queries.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const T = Date.parse('2026-11-26T10:00:00Z')
const at = (minutes: number) => new Date(T + minutes * 60_000)
const PROBES = machine('probes')

describe('what a switch counted', () => {
  const window = {
    source: 'SBC-1',
    number: '15',
    territory: '59',
    from: at(-10).toISOString(),
    to: at(-5).toISOString(),
    attempts: 120,
    seizures: 100,
    answers: 60,
    busy: 30,
    noAnswer: 8,
  }
  const counts = (given: object[], allOrNone = false) =>
    takeCounts(PROBES, { counts: given, allOrNone }, at(0))

  test('ASR and NER stand side by side; told again it is known, told otherwise the newer word stands', async () => {
    expect(await counts([window])).toMatchObject({ value: { taken: 1, known: 0, refused: [] } })
    expect(await counts([window])).toMatchObject({ value: { taken: 0, known: 1 } })
    expect(await counts([{ ...window, answers: 61 }])).toMatchObject({ value: { taken: 1 } })
    const { switches } = await readSupervision(people.agent, at(0).toISOString())
    expect(switches).toMatchObject([
      { source: 'SBC-1', number: '15', attempts: 120, seized: 100, answered: 61, effective: 99 },
    ])
    expect((await readSupervision(people.pref59, at(0).toISOString())).switches).toEqual([])
  })

  test('beside it what is usual at this hour, of the weeks before: what gives way is told from a full room', async () => {
    const switches = async () => (await readSupervision(people.agent, at(0).toISOString())).switches
    expect(await switches()).toMatchObject([{ source: 'SBC-1', usual: { seized: 0 } }])
    for (const [source, weeks, hours] of [
      ...[['SBC-1', 1, 0] as const, ['SBC-1', 4, 0] as const],
      // Too long ago, at another hour, and a switch that says nothing today.
      ...[['SBC-1', 5, 0] as const, ['SBC-1', 1, 2] as const, ['SBC-2', 1, 0] as const],
    ]) {
      const from = at(-10 - (weeks * 7 * 24 + hours) * 60)
      await owner`insert into switch_count (source, territory_code, number, from_at, to_at, attempts, seizures, answers, busy, no_answer, rejected, heard_at)
        values (${source}, '59', '15', ${from}, ${from}, 100, 100, 90, 9, 0, 0, ${from})`
    }
    expect(await switches()).toMatchObject([
      { source: 'SBC-1', attempts: 120, usual: { seized: 200, answered: 180, effective: 198 } },
    ])
  })

  test.each([
    ['an unknown number', { number: '99' }, 'number'],
    ['an unknown territory', { territory: 'X' }, 'territory'],
    ['more seized than attempted', { seizures: 121 }, 'seizures'],
    ['more arrived than seized', { answers: 63 }, 'answers'],
    ['a window that ends before it begins', { to: at(-11).toISOString() }, 'to'],
    ['of the future', { from: at(9).toISOString(), to: at(10).toISOString() }, 'to'],
    [
      'of last week',
      { from: at(-60 * 24 * 7).toISOString(), to: at(-60 * 24 * 7 + 5).toISOString() },
      'from',
    ],
    ['no number', { attempts: 'many' }, 'attempts'],
    ['of no switch', { source: '' }, 'source'],
  ])('%s is named, the others are kept', async (_, given, field) => {
    const fresh = { ...window, source: `SBC ${field} ${JSON.stringify(given)}`.slice(0, 60) }
    const bad = { ...fresh, ...given }
    expect(await counts([bad, fresh])).toMatchObject({ value: { taken: 1, refused: [{ line: 1, field }] } })
    expect(await counts([bad, { ...fresh, attempts: 121 }], true)).toMatchObject({
      value: { taken: 0, refused: [{ field }] },
    })
  })

  test('a file of a switch is read by its columns, its lines named as they stand in it; another file is no such file', async () => {
    const file = `source,number,territory,from,to,attempts,seizures,answers,busy\nMSC;1,18,69,${window.from},${window.to},10,9,8,1\nMSC;1,99,69,${window.from},${window.to},10,9,8,1\n`
    const read = readCsv(new TextEncoder().encode(file), COUNT_COLUMNS, MOST_RESULTS)
    if (!read.ok) throw new Error(read.key)
    const told = await counts(read.rows.map(({ line, cells }) => ({ ...cells, line })))
    expect(told).toMatchObject({ value: { taken: 1, refused: [{ line: 3, field: 'number' }] } })
    expect(readCsv(new TextEncoder().encode('reference,title\nx,y'), COUNT_COLUMNS, 5).ok).toBe(false)
  })
})

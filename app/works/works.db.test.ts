import { describe, expect, test } from 'vitest'
import { readCsv } from '#app/_doors/csv.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { announceOne, announceWorks, cancelWorks } from './commands/announce.ts'
import { CSV_COLUMNS, linesOfCsv, MOST_LINES } from './input.ts'
import { readWorks, readWorksHere } from './queries.ts'
import { FURTHEST_DAYS, judgeWorks, LONGEST_DAYS, phaseState } from './rules/works-line.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const T = Date.parse('2026-11-26T10:00:00Z')
const at = (hours: number) => new Date(T + hours * 3_600_000)
const iso = (hours: number) => at(hours).toISOString()
const works = {
  ...{
    reference: 'TX-1',
    operator: 'Alpha',
    title: 'Bascule du cœur',
    territories: '59, R84',
    numbers: '15;18',
  },
  ...{ from: iso(1), to: iso(4), contact: 'NOC', wayBack: 'Retour à la version 4' },
}

describe('a line', () => {
  const why = (given: object) => {
    const verdict = judgeWorks({ ...works, ...given }, T)
    return verdict.ok ? null : `${verdict.field} ${verdict.key.replace('works.line.', '')}`
  }
  test.each([
    ['as it should be', {}, null],
    ['an unknown territory', { territories: '59, 999' }, 'territories territory'],
    ['nowhere', { territories: '' }, 'territories text'],
    ['an unknown number', { numbers: '15, 99' }, 'numbers number'],
    ['over an emergency number without a way back', { wayBack: '' }, 'wayBack way_back'],
    ['over one without anybody to call', { contact: null }, 'contact contact'],
    ['over none: neither is asked for', { numbers: '', wayBack: '', contact: '' }, null],
    ['its end before its beginning', { to: iso(1) }, 'to order'],
    ['over already', { from: iso(-5), to: iso(-1) }, 'to over'],
    ['as long as may be', { to: iso(1 + LONGEST_DAYS * 24) }, null],
    ['longer', { to: iso(2 + LONGEST_DAYS * 24) }, 'to too_long'],
    ['too far ahead', { from: iso(FURTHEST_DAYS * 24 + 1), to: iso(FURTHEST_DAYS * 24 + 2) }, 'from too_far'],
    ['an hour without its zone', { from: '2026-11-26T11:00:00' }, 'from hour'],
    ['no text', { title: 12 }, 'title text'],
  ])('%s', (_, given, expected) => {
    expect(why(given)).toBe(expected)
  })
  test.each([
    ['later', -1.5, 0, 0, 'later'],
    ['to be made', -0.5, 0, 0, 'due'],
    ['made', 2, 3, 3, 'made'],
    ['one failed', 2, 2, 3, 'failed'],
    ['never made', 0.5, 0, 0, 'missed'],
  ] as const)('tests before: %s', (_, hour, passed, tried, state) => {
    expect(
      phaseState('before', { from: T, to: T + 3_600_000 }, { passed, tried }, T + hour * 3_600_000),
    ).toBe(state)
  })
})

test('announced once, told again known, told otherwise changed; bad lines are named; cancelled it is gone', async () => {
  const lines = [works, { ...works, reference: 'TX-2', territories: '999' }].map((raw, n) => ({
    line: n + 2,
    raw,
  }))
  expect(await announceWorks(people.agent, lines, at(0))).toMatchObject({
    value: { announced: 1, changed: 0, known: 0, refused: [{ line: 3, field: 'territories' }] },
  })
  expect(await announceWorks(people.agent, lines, at(0))).toMatchObject({ value: { announced: 0, known: 1 } })
  expect(await announceOne(people.agent, { ...works, to: iso(5) }, at(0))).toMatchObject({
    value: { changed: 1 },
  })
  const twice = [works, { ...works, to: iso(5) }].map((raw, n) => ({ line: n + 2, raw }))
  expect(await announceWorks(people.agent, twice, at(0))).toMatchObject({
    value: { announced: 0, changed: 2 },
  })
  expect(await announceOne(people.agent, { ...works, title: '' }, at(0))).toMatchObject({
    fields: { title: { key: 'works.line.text' } },
  })
  for (const who of [people.samu59, people.wall])
    expect(await announceOne(who, works, at(0))).toMatchObject({ ok: false })
  expect(await readWorks(people.samu59, at(0))).toEqual([])
  const [one] = await readWorks(people.agent, at(0))
  expect(one).toMatchObject({
    reference: 'TX-1',
    territories: ['59', 'R84'],
    numbers: ['15', '18'],
    tests: { before: { tried: 0 } },
  })
  const here = (territory: string, number: string, hour: number) =>
    readWorksHere(people.agent, [territory], [number], at(hour))
  expect(await here('59', '15', 2)).toMatchObject([{ underWay: true }])
  // Of its region; a number that it does not touch; long before.
  expect(await here('69', '18', 0)).toMatchObject([{ underWay: false }])
  expect(await here('59', '17', 2)).toEqual([])
  // A detection names places, and no number.
  expect(await readWorksHere(people.agent, ['37', '59'], [], at(2))).toHaveLength(1)
  expect(await readWorksHere(people.agent, ['37'], [], at(2))).toEqual([])
  expect(await here('37', '15', 2)).toEqual([])
  expect(await here('59', '15', -3)).toEqual([])
  expect(await cancelWorks(people.agent, { worksId: one?.id ?? 0 }, at(1))).toMatchObject({ ok: true })
  expect(await cancelWorks(people.agent, { worksId: one?.id ?? 0 }, at(1))).toMatchObject({ ok: false })
  expect(await here('59', '15', 2)).toEqual([])
})

test('a file of a spreadsheet is read by its columns; another file is refused as one', () => {
  const read = (text: string) => readCsv(new TextEncoder().encode(text), CSV_COLUMNS, MOST_LINES)
  const file = `Reference;Operator;Title;Territories;From;To;Way_back\nTX-9;Alpha;"Fibre; lot 2";59,62;${iso(1)};${iso(2)};retour\n`
  const found = read(file)
  if (!found.ok) throw new Error(found.key)
  const [line] = linesOfCsv(found.rows)
  expect(line).toMatchObject({
    line: 2,
    raw: { title: 'Fibre; lot 2', territories: '59,62', wayBack: 'retour' },
  })
  expect(judgeWorks(line?.raw, T)).toMatchObject({ ok: true, works: { territories: ['59', '62'] } })
  expect(read('source;number;attempts\nx;15;3')).toMatchObject({ ok: false, key: 'works.csv.other_file' })
  expect(read(`${file}${'x\n'.repeat(MOST_LINES)}`)).toMatchObject({ ok: false, key: 'works.csv.too_many' })
})

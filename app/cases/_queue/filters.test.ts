import { expect, test } from 'vitest'
import { filterQuery, NO_FILTER, overOpenCases, queuePath, readFilters } from './filters.ts'

test.each([
  ['nothing', {}, {}],
  ['a level', { level: '3' }, { level: 3 }],
  ['a level that does not exist', { level: '7' }, {}],
  ['a state', { state: 'received' }, { state: 'received' }],
  ['an invented state', { state: 'gone' }, {}],
  ['a number', { number: '112' }, { number: '112' }],
  ['a number that is none', { number: "1' or" }, {}],
  ['a flag alone', { residual: '' }, { residual: true }],
  ['a flag refused', { mine: '0' }, {}],
  ['twice the same: the first', { territory: ['59', '62'] }, { territory: '59' }],
  ['words, trimmed', { q: '  lille ' }, { q: 'lille' }],
  ['a team', { team: '12' }, { team: 12 }],
])('%s', (_, params, expected) => {
  expect(readFilters(params)).toEqual({ ...NO_FILTER, ...expected })
})

test('an address read and written again is the same', () => {
  const filters = readFilters({ q: 'Saint-Denis', level: '4', mine: '1', territory: 'Bretagne' })
  expect(readFilters(Object.fromEntries(new URLSearchParams(filterQuery(filters))))).toEqual(filters)
  expect(queuePath(NO_FILTER)).toBe('/cases')
  expect(queuePath({ ...NO_FILTER, level: 2 }, 'x1')).toBe('/cases?level=2&after=x1')
})

test('closed cases are another list, in another order', () => {
  expect(overOpenCases(NO_FILTER)).toBe(true)
  expect(overOpenCases({ ...NO_FILTER, state: 'received' })).toBe(true)
  expect(overOpenCases({ ...NO_FILTER, state: 'closed' })).toBe(false)
  expect(overOpenCases({ ...NO_FILTER, closed: true })).toBe(false)
})

test('what is looked for is cut by whole characters', () => {
  expect(readFilters({ q: `${'a'.repeat(119)}🛑` }).q).toBe('a'.repeat(119))
})

import { expect, test } from 'vitest'
import { isListAlone, ordered, withoutPlace } from './address.ts'
import { filterQuery, readFilters } from './filters.ts'

const asTheServer = (typed: string) =>
  filterQuery(readFilters(Object.fromEntries(new URLSearchParams(typed))))

test.each([
  ['nothing', ''],
  ['as a link writes it', 'level=3&number=15&mine=1'],
  ['in another order', 'mine=1&number=15&level=3'],
  ['a flag alone', 'closed'],
  ['a flag in words', 'closed=true&overdue=false&mine=0'],
  [
    'a form: what was not filled is sent empty',
    'closed=1&q=&level=&state=received&number=&territory=&organisation=&team=',
  ],
  ['words with spaces around', 'q=+lille+&organisation=++'],
  ['what is no filter', 'level=2&utm=x'],
])('an address names the same list as on the server: %s', (_, typed) => {
  expect(ordered(new URLSearchParams(typed)).toString()).toBe(asTheServer(typed))
})

test('the place comes last, and is no filter', () => {
  const query = ordered(new URLSearchParams('after=1.2.3.4&closed=1')).toString()
  expect(query).toBe('closed=1&after=1.2.3.4')
  expect(withoutPlace(query)).toBe('closed=1')
})

test.each([
  ['a tab', 'mine=1', true],
  ['a page of it', 'closed=1&after=1.2.3.4', true],
  ['an organisation', 'organisation=samu', true],
  ['a search', 'q=lille', false],
  ['a territory, which the page understands', 'territory=59', false],
  ['what remains, and its roll-up', 'residual=1', false],
])('%s can be read without its page: %s', (_, query, alone) => {
  expect(isListAlone(new URLSearchParams(query))).toBe(alone)
})

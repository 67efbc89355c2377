import { expect, test } from 'vitest'
import { refusal, standing } from './standing.ts'

const words = (said: object) => JSON.stringify({ tag: '20270301000000_x', last: 300, serves: 200, ...said })

test.each([
  ['nothing there yet', null, null, 'older'],
  ['made by an older version', 199, null, 'older'],
  ['of this version', 200, null, 'same'],
  ['a newer one that still serves this one', 300, words({}), 'served'],
  ['a newer one that serves nothing before itself', 300, words({ serves: 300 }), 'newer'],
  ['a newer one that serves the next one, not this one', 300, words({ serves: 201 }), 'newer'],
  ['a newer one that said nothing', 300, null, 'newer'],
  ['changed since it was said', 301, words({}), 'newer'],
  ['words of somebody else', 300, 'the schema of our functions', 'newer'],
  ['a number for words', 300, '7', 'newer'],
])('%s', (_, last, said, is) => {
  expect(standing({ last, words: said }, 200)).toBe(is)
  // PostgreSQL writes so large a number as text.
  expect(standing({ last: last === null ? null : String(last), words: said }, 200)).toBe(is)
})

test('the refusal is one sentence, with both versions when they are known', () => {
  expect(refusal('db:5432/p', { last: 300, words: words({}) })).toContain('(20270301000000_x)')
  // Nothing was said, or of an earlier change.
  for (const before of [null, words({})]) {
    const unknown = refusal('db:5432/p', { last: Date.parse('2027-03-01T08:30:00Z'), words: before })
    expect(unknown).toContain('its last change is of 2027-03-01 08:30')
    expect(unknown.split('\n')).toHaveLength(1)
  }
})

import { describe, expect, it } from 'vitest'
import { audienceOf, FIRST_WORD_MIN, FOLLOW_UP_MIN, fieldsLacking } from './audiences.ts'

it.each([
  ['prefecture', 'operational'],
  ['coz', 'operational'],
  ['ars', 'operational'],
  ['samu', 'room'],
  ['sdis', 'room'],
  ['cogic', 'figures'],
  ['ministry', 'figures'],
] as const)('%s reads %s words', (kind, audience) => {
  expect(audienceOf(kind)).toBe(audience)
})

describe('what is owed at thirty minutes and at two hours', () => {
  const whole = { text: 'x', contact: 'x', fallback: 'x', cause: 'x', estimate: 'x', places: 1 }
  const soon = FOLLOW_UP_MIN - FIRST_WORD_MIN
  it.each([
    ['nothing said', { places: 0 }, 0, ['text', 'contact', 'places', 'room']],
    ['blank is nothing', { ...whole, contact: ' ' }, 0, ['contact']],
    ['no cause in the first half hour', { ...whole, cause: '', estimate: '' }, soon - 1, []],
    ['the next one is due at two hours', { ...whole, cause: '', estimate: '' }, soon, ['cause', 'estimate']],
    ['an instruction is as good as a fallback', { ...whole, fallback: '', instruction: 'x' }, soon, []],
    ['all of it', whole, 600, []],
  ])('%s', (_, said, minutes, lacking) => {
    expect(fieldsLacking(said, minutes)).toEqual(lacking)
  })
})

import { expect, test } from 'vitest'
import { KNOWN_DAYS } from '#app/_auth/browser.ts'
import { KEPT_MS } from '#app/_doors/forget-kept.ts'
import { daysOf, FORGOTTEN, lengthText, RETENTION } from './retention.ts'

test.each<[string, Parameters<typeof daysOf>, number | null]>([
  ['what the table says', ['messages', {}], 365],
  ['what an operator decided', ['messages', { messages: 100 }], 100],
  ['a day, at least', ['messages', { messages: 1 }], 1],
  ['less than a day is a slip', ['messages', { messages: 0.5 }], 365],
  ['nothing is a slip', ['messages', { messages: 0 }], 365],
  ['ten times as long, at most', ['messages', { messages: 3650 }], 3650],
  ['longer is a slip', ['messages', { messages: 3651 }], 365],
  ['words are a slip', ['messages', { messages: 'a year' }], 365],
  ['of the journal nothing is decided', ['journal', { journal: 10 }], null],
  ['what is typed is given back within the hour', ['typed', { typed: 30 }], 1 / 24],
])('%s', (_, asked, days) => expect(daysOf(...asked)).toBe(days))

test('what others forget by themselves is said as they do it', () => {
  expect(RETENTION.typed.days * 86_400_000).toBe(KEPT_MS)
  expect(RETENTION.known_origins.days).toBe(KNOWN_DAYS)
})

test('the journal is never forgotten', () => expect(FORGOTTEN).not.toContain('journal'))

test.each<[number, string, string]>([
  [1 / 24, '1 heure', '1 hour'],
  [1, '1 jour', '1 day'],
  [90, '90 jours', '90 days'],
  [182, '6 mois', '6 months'],
  [365, '1 an', '1 year'],
  [1825, '5 ans', '5 years'],
  [400, '400 jours', '400 days'],
])('%d days is said %s, %s', (days, fr, en) => {
  expect(lengthText(days, 'fr').replace(/\s/g, ' ')).toBe(fr)
  expect(lengthText(days, 'en')).toBe(en)
})

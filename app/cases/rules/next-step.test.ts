import { expect, test } from 'vitest'
import { nextSteps, PROMISE_SOON_MIN, type StepFacts } from './next-step.ts'

const now = new Date('2026-03-10T03:00:00Z')
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const facts = (some: Partial<StepFacts>): StepFacts => ({
  state: 'checking',
  verified: true,
  known: true,
  checkDueAt: null,
  nextContactAt: inMinutes(50),
  ...some,
})

test.each<[string, Partial<StepFacts>, string]>([
  ['just arrived: acknowledge', { state: 'received' }, 'acknowledge'],
  ['unverified, of the directory: call back', { verified: false }, 'verify'],
  ['unverified, unknown: nobody to call back', { verified: false, known: false }, 'diagnose'],
  [
    'a promise due now comes first',
    { nextContactAt: inMinutes(PROMISE_SOON_MIN), checkDueAt: now },
    'update',
  ],
  [
    'a promise a minute later does not',
    { nextContactAt: inMinutes(PROMISE_SOON_MIN + 1), checkDueAt: now },
    'record_tests',
  ],
  ['a missed promise does', { nextContactAt: inMinutes(-1) }, 'update'],
  ['tests done: what is it', {}, 'diagnose'],
  ['known: mend it', { state: 'diagnosed' }, 'restore'],
  ['the reporter is silent', { state: 'waiting_reporter' }, 'log_attempt'],
  ['confirmed', { state: 'confirmed' }, 'close'],
])('%s', (_, some, first) => {
  expect(nextSteps(facts(some), now)[0]).toBe(first)
})

test('restored: closed if the rules allow it, otherwise confirmed by telephone', () => {
  expect(nextSteps(facts({ state: 'restored' }), now)).toEqual(['close', 'confirm'])
})

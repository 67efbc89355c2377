import { expect, test } from 'vitest'
import { ACR_ASKED, DRIFT_MS, hintOf, isDrifted, isStrongEnough } from './provider.ts'

const now = new Date('2026-11-26T03:00:00Z')
const at = (ms: number) => (now.getTime() + ms) / 1000

test.each<[unknown, boolean]>([
  ...ACR_ASKED.map((acr): [unknown, boolean] => [acr, true]),
  ['eidas1', false],
  ['eidas2 ', false],
  ['', false],
  [undefined, false],
  [['eidas2'], false],
])('acr %j', (acr, enough) => {
  expect(isStrongEnough(acr, ACR_ASKED)).toBe(enough)
})

test.each([
  ['now', at(0), false],
  ['at the limit before', at(-DRIFT_MS), false],
  ['at the limit after', at(DRIFT_MS), false],
  ['five minutes late', at(-5 * 60_000), true],
  ['five minutes ahead', at(5 * 60_000), true],
  ['never', undefined, true],
  ['in words', 'now', true],
])('a provider that signed %s', (_, issuedAt, drifted) => {
  expect(isDrifted(issuedAt, now)).toBe(drifted)
})

test.each([
  ['a name', 'Ada Essai', 'Ada Essai'],
  ['what nobody sees', 'A\u202eda\u0000', 'Ada'],
  ['a list', ['x'], ''],
  ['a novel', 'x'.repeat(500), 'x'.repeat(120)],
])('a hint: %s', (_, said, kept) => {
  expect(hintOf(said)).toBe(kept)
})

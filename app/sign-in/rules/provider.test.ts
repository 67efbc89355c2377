import { expect, test } from 'vitest'
import {
  ACR_ASKED,
  DRIFT_MS,
  hintOf,
  isDrifted,
  isJustShown,
  isStrongEnough,
  SHOWN_WITHIN_MS,
  shownAt,
} from './provider.ts'

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

test.each<[string, unknown, number | null, boolean]>([
  ['now', at(0), 0, true],
  ['by a clock that is ahead', at(DRIFT_MS), 0, true],
  ['at the limit', at(-SHOWN_WITHIN_MS), -SHOWN_WITHIN_MS, true],
  ['a second before', at(-SHOWN_WITHIN_MS - 1000), -SHOWN_WITHIN_MS - 1000, false],
  ['at an hour it does not tell', undefined, null, false],
  ['in words', 'now', null, false],
])('who he is was shown %s', (_, authTime, ms, just) => {
  const shown = shownAt(authTime, now)
  expect(shown && shown.getTime() - now.getTime()).toBe(ms)
  expect(isJustShown(shown, now)).toBe(just)
})

test.each([
  ['a name', 'Ada Essai', 'Ada Essai'],
  ['what nobody sees', 'A\u202eda\u0000', 'Ada'],
  ['a list', ['x'], ''],
  ['a novel', 'x'.repeat(500), 'x'.repeat(120)],
])('a hint: %s', (_, said, kept) => {
  expect(hintOf(said)).toBe(kept)
})

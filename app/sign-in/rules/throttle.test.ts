import { describe, expect, test } from 'vitest'
import {
  type Attempts,
  counted,
  isWrittenDown,
  type Origin,
  SCOPES,
  type Scope,
  scopesOf,
  waitsUntil,
  withOneMore,
} from './throttle.ts'

const now = new Date('2026-11-23T03:00:00Z')
const ago = (ms: number) => new Date(now.getTime() - ms)
const later = (ms: number) => ago(-ms)
const HELD = SCOPES.known_browser
const NAME = SCOPES.name

describe('what an attempt is counted on', () => {
  test.each<[string, Origin, Scope[]]>([
    ['a browser that was right before', { browser: 'known', address: 'new' }, ['known_browser']],
    ['the same, behind an address that was too', { browser: 'known', address: 'known' }, ['known_browser']],
    ['the same, its address hidden', { browser: 'known', address: 'hidden' }, ['known_browser']],
    ['a new browser in a known place', { browser: 'new', address: 'known' }, ['known_address']],
    ['nothing known', { browser: 'new', address: 'new' }, ['name_from_address', 'new_address', 'name']],
    ['nothing known, nor where from', { browser: 'new', address: 'hidden' }, ['name_without_address']],
  ])('%s', (_, origin, scopes) => {
    expect(scopesOf(origin)).toEqual(scopes)
  })

  test('what is known and what is not share nothing: strangers hold up no one who is known', () => {
    const of = (known: boolean) =>
      (['known', 'new'] as const).flatMap((browser) =>
        (['known', 'new', 'hidden'] as const).flatMap((address) =>
          (browser === 'known' || address === 'known') === known ? scopesOf({ browser, address }) : [],
        ),
      )
    expect(of(true).filter((scope) => of(false).includes(scope))).toEqual([])
  })
})

describe('how long the next attempt waits, from the last failure', () => {
  test.each([
    ['nothing yet', 0, null],
    ['a typing mistake', 1, null],
    ['the last free one', HELD.free, null],
    ['one too many', HELD.free + 1, HELD.firstWaitMs],
    ['twice that', HELD.free + 2, 2 * HELD.firstWaitMs],
    ['four times', HELD.free + 3, 4 * HELD.firstWaitMs],
    ['under the cap', HELD.free + 5, 16 * HELD.firstWaitMs],
    ['at the cap', HELD.free + 6, HELD.capMs],
    ['never more', 10_000, HELD.capMs],
  ])('%s: %i failures', (_, failures, wait) => {
    const until = waitsUntil({ failures, lastFailureAt: now }, HELD, now)
    expect(until && until.getTime() - now.getTime()).toBe(wait)
  })

  test.each([
    ['one millisecond before the end', HELD.capMs - 1, true],
    ['at the end', HELD.capMs, false],
  ])('%s', (_, since, waits) => {
    expect(waitsUntil({ failures: 50, lastFailureAt: ago(since) }, HELD, now) !== null).toBe(waits)
  })

  test.each([
    ['one millisecond before', HELD.forgetMs - 1, 50],
    ['at the quiet time', HELD.forgetMs, 0],
  ])('failures are forgotten: %s', (_, since, expected) => {
    expect(counted({ failures: 50, lastFailureAt: ago(since) }, HELD, now).failures).toBe(expected)
  })

  test('a whole préfecture behind one address makes more mistakes than one person', () => {
    const attempts = { failures: SCOPES.new_address.free, lastFailureAt: now }
    expect(waitsUntil(attempts, SCOPES.new_address, now)).toBeNull()
    expect(waitsUntil(attempts, HELD, now)).not.toBeNull()
  })
})

describe('a steady allowance: so many at once, then one each while', () => {
  test.each([
    ['room for one', NAME.free - 1, 0, null],
    ['full', NAME.free, 0, NAME.everyMs],
    ['full, a moment before the next', NAME.free, NAME.everyMs - 1, 1],
    ['full, when the next may', NAME.free, NAME.everyMs, null],
  ])('%s', (_, failures, since, wait) => {
    const until = waitsUntil({ failures, lastFailureAt: ago(since) }, NAME, now)
    expect(until && until.getTime() - now.getTime()).toBe(wait)
  })

  test.each([
    ['none, at once', 0, 5],
    ['none, a moment before one is', NAME.everyMs - 1, 5],
    ['one', NAME.everyMs, 4],
    ['three', 3.5 * NAME.everyMs, 2],
    ['all, and no more than all', 900 * NAME.everyMs, 0],
  ])('forgotten: %s', (_, since, left) => {
    expect(counted({ failures: 5, lastFailureAt: ago(since) }, NAME, now).failures).toBe(left)
  })

  test('a failure does not begin the while anew: none of it is lost to who tries early', () => {
    const after = withOneMore({ failures: 5, lastFailureAt: ago(1.5 * NAME.everyMs) }, NAME, now)
    expect(after).toEqual({ failures: 5, lastFailureAt: ago(0.5 * NAME.everyMs) })
  })
})

/** One wrong try each `everyMs` for an hour, from `places` places at once: how many were let in, and how many tries each scope held. */
function guess(scopes: readonly Scope[], everyMs: number, places: number) {
  const shared: Partial<Record<Scope, Attempts>> = {}
  const own = Array.from({ length: places }, (): Partial<Record<Scope, Attempts>> => ({}))
  const none = { failures: 0, lastFailureAt: now }
  let letIn = 0
  for (let ms = 0; ms < 3600_000; ms += everyMs)
    for (const place of own) {
      const at = later(ms)
      const kept = (scope: Scope) => (scope === 'name' || scope === 'name_without_address' ? shared : place)
      if (scopes.some((scope) => waitsUntil(kept(scope)[scope] ?? none, SCOPES[scope], at))) continue
      letIn++
      for (const scope of scopes)
        kept(scope)[scope] = withOneMore(kept(scope)[scope] ?? none, SCOPES[scope], at)
    }
  return { letIn, nameFull: waitsUntil(shared.name ?? none, NAME, later(3600_000)) !== null }
}

describe('guessing for an hour, one try every 0.7 s from each place', () => {
  const stranger = scopesOf({ browser: 'new', address: 'new' })

  test('from one place: two a minute, and the name stays open to its owner anywhere else', () => {
    const { letIn, nameFull } = guess(stranger, 700, 1)
    expect(letIn).toBeLessThan(130)
    expect(nameFull).toBe(false)
  })

  test('from a hundred places: no more than the name’s own allowance', () => {
    const { letIn } = guess(stranger, 700, 100)
    expect(letIn).toBeLessThanOrEqual(NAME.free + 3600_000 / NAME.everyMs)
  })

  test('from nowhere: no more than what those without an address have together', () => {
    const { free, everyMs } = SCOPES.name_without_address
    const { letIn } = guess(scopesOf({ browser: 'new', address: 'hidden' }), 700, 3)
    expect(letIn).toBeLessThanOrEqual(free + 3600_000 / everyMs)
  })
})

test.each([
  [0, false],
  [1, true],
  [2, true],
  [3, false],
  [4, true],
  [1023, false],
  [1024, true],
])('failure %i is written down: %s', (failures, written) => {
  expect(isWrittenDown(failures)).toBe(written)
})

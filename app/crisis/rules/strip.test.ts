import { describe, expect, it } from 'vitest'
import { behind, STRIP_ITEMS, type StripCounts, stripLine } from './strip.ts'

const counted = (given: Partial<StripCounts> = {}): StripCounts => ({
  ...(Object.fromEntries(STRIP_ITEMS.map((item) => [item, 0])) as StripCounts),
  ...given,
})

describe('the one line of the strip', () => {
  it.each([
    ['a quiet night', {}, null, 0],
    ['a first report', { first_report: 1 }, 'first_report', 0],
    ['a decision before everything that runs', { decision: 1, first_report: 1, to_call: 22 }, 'decision', 2],
    ['called before the decision one is called for', { called: 1, decision: 1 }, 'called', 1],
    ['two decisions are two questions', { decision: 2 }, 'decision', 1],
    ['twenty-two calls are one sentence', { to_call: 22 }, 'to_call', 0],
    ['who called and was not answered, after the authorities', { call_back: 3, to_call: 1 }, 'to_call', 1],
    ['a hole now before what the rules ask', { asked: 3, hole_now: 1 }, 'hole_now', 3],
    ['a hole now before one to come', { hole_soon: 1, hole_now: 1 }, 'hole_now', 1],
    ['in crisis, what watches does not', { service: 2, active: 1 }, 'active', 2],
    ['decided a minute ago, still to be read', { decided: 1 }, 'decided', 0],
  ] as [string, Partial<StripCounts>, string | null, number][])('%s', (_, given, first, more) => {
    const counts = counted(given)
    const line = stripLine(counts)
    expect(line.first).toBe(first)
    expect(behind(counts, line)).toBe(more)
  })

  it('everything at once: one is said, all the others are behind it, none twice', () => {
    const counts = counted(Object.fromEntries(STRIP_ITEMS.map((item) => [item, 1])))
    const { first, rest } = stripLine(counts)
    expect([first, ...rest]).toEqual([...STRIP_ITEMS])
    expect(behind(counts, { first, rest })).toBe(STRIP_ITEMS.length - 1)
  })
})

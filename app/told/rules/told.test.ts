import { describe, expect, it } from 'vitest'
import type { Level } from '#db/schema/cases.ts'
import { notToldYet, owedTo, type ToldFacts } from './told.ts'

const since = new Date('2026-11-23T16:45:00Z')
const later = (minutes: number) => new Date(since.getTime() + minutes * 60_000)
const facts = (level: Level, told: ToldFacts['told'] = {}): ToldFacts => ({ level, levelSince: since, told })

describe('who must know by when', () => {
  it.each([
    [1, []],
    [2, ['prefecture', 'services']],
    [3, ['prefecture', 'services', 'zone', 'national', 'health', 'public']],
    [4, ['prefecture', 'services', 'zone', 'national', 'health', 'ministry', 'public', 'media']],
  ] as [Level, string[]][])('at N%i: %j', (level, parties) => {
    expect(owedTo(facts(level), since).map(({ party }) => party)).toEqual(parties)
  })

  it.each([
    ['a minute before', 29, null, 'waiting'],
    ['at its minute', 30, null, 'late'],
    ['told in time', 45, later(20), 'told'],
    ['told late is told', 45, later(40), 'told'],
  ] as const)('the authorities of an N3, %s', (_, minutes, toldAt, standing) => {
    const [first] = owedTo(facts(3, { prefecture: toldAt }), later(minutes))
    expect(first).toMatchObject({ party: 'prefecture', dueAt: later(30), standing })
  })

  it('on 2 June 2021 the authorities were told after two hours: here they are late after thirty minutes', () => {
    const left = notToldYet(owedTo(facts(4), later(120)))
    expect(left.every(({ standing }) => standing === 'late')).toBe(true)
    expect(left).toHaveLength(8)
  })
})

import { describe, expect, it } from 'vitest'
import { type LevelFacts, LOST_SHARE_N3, levelOf, NO_FALLBACK_MIN, TRIES_FOR_A_SHARE } from './level.ts'

const MORNING = new Date('2026-03-10T09:00:00Z')
const PEAK = new Date('2026-03-10T17:30:00Z') // 18:30 in Paris
const ago = (minutes: number) => new Date(MORNING.getTime() - minutes * 60_000)

function facts(given: Partial<LevelFacts> = {}): LevelFacts {
  return {
    verified: true,
    numbers: ['15'],
    vitalNumbers: ['15', '17', '18', '112'],
    symptom: 'NO_RING',
    family: 'routing',
    territoryKind: 'departement',
    timeZone: 'Europe/Paris',
    overseas: false,
    communes: 1,
    wideView: false,
    namesSeveral: false,
    tests: [],
    flowNow: null,
    flowNormal: null,
    fallback: null,
    callingOperator: null,
    sinceAt: null,
    victimsKnown: false,
    majorEvent: false,
    announcedWorks: false,
    ...given,
  }
}
const whole = (given: Partial<LevelFacts>) => facts({ communes: 0, ...given })

describe('level of a report', () => {
  it.each<[string, LevelFacts, number]>([
    ['a vital number in one commune', facts(), 2],
    ['the same from somebody not verified', facts({ verified: false }), 1],
    ['a number that is not vital', facts({ numbers: ['115'] }), 1],
    ['calls arrive, the sound is chopped', facts({ symptom: 'POOR_AUDIO', family: 'media' }), 1],
    ['nobody can be heard', facts({ symptom: 'NO_AUDIO', family: 'media' }), 2],
    ['location lost in a département', whole({ symptom: 'NO_LOCATION', family: 'data' }), 2],
    ['location lost in one commune', facts({ symptom: 'NO_LOCATION', family: 'data' }), 1],
    ['ordinary busy tone', facts({ symptom: 'USER_BUSY', family: 'load' }), 1],
    ['nothing to report', facts({ symptom: 'NONE', family: 'none' }), 1],
    ['announced works', facts({ announcedWorks: true }), 1],
    ['18 and 112 ring in one room: one service', whole({ numbers: ['18', '112'] }), 2],
    ['15 and 18: two', whole({ numbers: ['15', '18'] }), 3],
    ['two numbers in one commune', facts({ numbers: ['15', '18'] }), 2],
    ['a share just under the threshold', whole({ flowNow: 91, flowNormal: 100 }), 2],
    ['the share of the threshold', whole({ flowNow: 100 - LOST_SHARE_N3 * 100, flowNormal: 100 }), 3],
    [
      'too few tries to say a share',
      whole({ symptom: 'INBOUND_DROP', tests: [{ passed: 0, tried: TRIES_FOR_A_SHARE - 1 }] }),
      2,
    ],
    ['enough tries', whole({ symptom: 'INBOUND_DROP', tests: [{ passed: 0, tried: TRIES_FOR_A_SHARE }] }), 3],
    ['a zone', whole({ territoryKind: 'zone' }), 3],
    ['fallback failing while the number is down', whole({ fallback: 'failing' }), 3],
    [
      'a national authority that names several',
      whole({ territoryKind: 'country', wideView: true, namesSeveral: true }),
      4,
    ],
    ['a national authority that tells of one place', whole({ territoryKind: 'country', wideView: true }), 3],
    [
      '112 of a named operator for the country',
      whole({ territoryKind: 'country', numbers: ['112'], callingOperator: 'X' }),
      4,
    ],
    ['every test passes', whole({ numbers: ['15', '18'], tests: [{ passed: 6, tried: 6 }] }), 2],
  ])('%s', (_, given, level) => {
    expect(levelOf(given, MORNING).level).toBe(level)
  })

  it.each<[string, LevelFacts, Date, number]>([
    [
      'no fallback for exactly the time allowed',
      facts({ fallback: 'none', sinceAt: ago(NO_FALLBACK_MIN) }),
      MORNING,
      2,
    ],
    ['a minute more', facts({ fallback: 'none', sinceAt: ago(NO_FALLBACK_MIN + 1) }), MORNING, 3],
    ['known victims', facts({ victimsKnown: true }), MORNING, 3],
    ['two aggravations raise once', facts({ victimsKnown: true, majorEvent: true }), MORNING, 3],
    ['evening peak, and nothing shows how much is lost', facts(), PEAK, 2],
    ['evening peak, tests failed', facts({ tests: [{ passed: 3, tried: 4 }] }), PEAK, 3],
    ['evening peak, the flow fell', facts({ communes: 1, flowNow: 9, flowNormal: 20 }), PEAK, 3],
    [
      'evening peak, tests failed, of a number that does not peak',
      facts({ numbers: ['17'], tests: [{ passed: 3, tried: 4 }] }),
      PEAK,
      2,
    ],
    [
      'evening peak in Réunion is another hour',
      facts({ timeZone: 'Indian/Reunion', tests: [{ passed: 3, tried: 4 }] }),
      PEAK,
      2,
    ],
    ['overseas', facts({ overseas: true }), MORNING, 3],
    ['overseas, every test passes', facts({ overseas: true, tests: [{ passed: 3, tried: 3 }] }), MORNING, 2],
    ['never to N4 by itself', whole({ numbers: ['15', '18'], victimsKnown: true }), MORNING, 3],
    [
      'a comfort loss is not raised',
      facts({ symptom: 'POOR_AUDIO', family: 'media', victimsKnown: true }),
      MORNING,
      1,
    ],
  ])('raised or not: %s', (_, given, now, level) => {
    expect(levelOf(given, now).level).toBe(level)
  })

  it('always says why', () => {
    expect(
      levelOf(whole({ numbers: ['15', '18'], victimsKnown: true }), MORNING).reasons.map((one) => one.key),
    ).toEqual(['cases.level_reason.two_numbers', 'cases.level_reason.victims'])
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CHECK_ANSWERS, CHECK_ITEMS, type CheckItem } from '#db/schema/migration.ts'
import {
  type CheckFacts,
  LETTERS,
  type LineFacts,
  MOST_POINTS,
  POINTS,
  PROOF_LASTS_DAYS,
  scoreOf,
} from './resilience.ts'
import { onCopper, PLAN_BEFORE_DAYS, type RiskFacts, risksOf } from './risk.ts'

const now = new Date('2026-11-26T10:00:00Z')
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10)
const line = (more: Partial<LineFacts> = {}): LineFacts => ({
  kind: 'sip',
  stage: 'in_service',
  operator: null,
  path: null,
  exchange: null,
  ...more,
})
const TWO = [
  line({ operator: 'Télécom Exemple', exchange: 'Nord', path: 'rue A' }),
  line({ operator: 'Réseau Modèle', exchange: 'Sud', path: 'rue B' }),
]
const yes = (item: CheckItem, more: Partial<CheckFacts> = {}): CheckFacts => ({
  item,
  answer: 'yes',
  proof: 'compte rendu',
  provedOn: ago(10),
  ...more,
})
const ALL = CHECK_ITEMS.map((item) => yes(item))
const but = (item: CheckItem, more: Partial<CheckFacts>) =>
  ALL.map((one) => (one.item === item ? { ...one, ...more } : one))

describe('the score explains itself', () => {
  test('all proved is everything, nothing answered is nothing', () => {
    expect(scoreOf(ALL, TWO, now)).toMatchObject({
      points: MOST_POINTS,
      letter: 'A',
      cappedBy: null,
      unknown: 0,
    })
    expect(scoreOf([], [], now)).toMatchObject({ points: 0, letter: 'E', unknown: CHECK_ITEMS.length })
  })

  test.each<[string, CheckFacts[], LineFacts[], CheckItem, string, number]>([
    ['no proof: half', but('batteries', { proof: null, provedOn: null }), TWO, 'batteries', 'unproved', 1],
    ['a proof without its day: half', but('batteries', { provedOn: null }), TWO, 'batteries', 'unproved', 1],
    [
      'a proof of a year less a day',
      but('batteries', { provedOn: ago(PROOF_LASTS_DAYS - 1) }),
      TWO,
      'batteries',
      'proved',
      2,
    ],
    [
      'a proof of more than a year: half',
      but('batteries', { provedOn: ago(PROOF_LASTS_DAYS + 1) }),
      TWO,
      'batteries',
      'old',
      1,
    ],
    ['no', but('batteries', { answer: 'no' }), TWO, 'batteries', 'no', 0],
    ['unknown', but('batteries', { answer: 'unknown' }), TWO, 'batteries', 'unknown', 0],
    ['two accesses, one described', ALL, [line()], 'two_accesses', 'contradicted', 0],
    [
      'two accesses, one only planned',
      ALL,
      [line(), line({ stage: 'planned' })],
      'two_accesses',
      'contradicted',
      0,
    ],
    [
      'two paths, one exchange',
      ALL,
      [line({ exchange: 'Nord' }), line({ exchange: ' nord ' })],
      'two_paths',
      'contradicted',
      0,
    ],
    ['two paths, exchanges not written down', ALL, [line(), line()], 'two_paths', 'proved', 3],
    [
      'two operators, one name',
      ALL,
      [line({ operator: 'X' }), line({ operator: 'x' })],
      'two_operators',
      'contradicted',
      0,
    ],
  ])('%s', (_, checks, lines, item, why, got) => {
    expect(scoreOf(checks, lines, now).lines.find((one) => one.item === item)).toEqual({
      item,
      of: POINTS[item],
      got,
      why,
    })
  })

  test('a second access that is not there caps the letter, whatever the rest', () => {
    expect(scoreOf(but('two_accesses', { answer: 'no' }), TWO, now)).toMatchObject({
      letter: 'D',
      cappedBy: 'two_accesses',
    })
    expect(scoreOf(but('take_over_tested', { answer: 'no' }), TWO, now)).toMatchObject({
      letter: 'C',
      cappedBy: 'take_over_tested',
    })
  })

  test('whatever is answered: the sum is that of the lines, and a better answer never lowers the letter', () => {
    const answers = fc.array(fc.constantFrom(...CHECK_ANSWERS), {
      minLength: CHECK_ITEMS.length,
      maxLength: CHECK_ITEMS.length,
    })
    const rank = (letter: string) => LETTERS.findIndex(([one]) => one === letter)
    fc.assert(
      fc.property(answers, fc.nat(CHECK_ITEMS.length - 1), (given, better) => {
        const checks = CHECK_ITEMS.map((item, at) => yes(item, { answer: given[at] ?? 'unknown' }))
        const score = scoreOf(checks, TWO, now)
        expect(score.points).toBe(score.lines.reduce((sum, one) => sum + one.got, 0))
        const improved = checks.map((one, at) => (at === better ? { ...one, answer: 'yes' as const } : one))
        expect(rank(scoreOf(improved, TWO, now).letter)).toBeLessThanOrEqual(rank(score.letter))
      }),
    )
  })
})

describe('what threatens a site', () => {
  const ahead = (days: number) => ago(-days)
  const closure = (technicalOn: string, more: object = {}): RiskFacts['closure'] => ({
    commercialOn: null,
    technicalOn,
    state: 'planned',
    ...more,
  })
  const at = (days: number, state: RiskFacts['steps'][number]['state'] = 'planned') => ({
    kind: 'cut_over' as const,
    state,
    startsAt: new Date(now.getTime() + days * 86_400_000),
  })
  const T2 = line({ kind: 't2' })
  const facts = (more: Partial<RiskFacts>): RiskFacts => ({
    access: 'rtc',
    lines: [],
    steps: [],
    closure: null,
    ended: false,
    ...more,
  })
  test.each<[string, Partial<RiskFacts>, string[]]>([
    ['on copper, no calendar', {}, []],
    ['no plan at nine months', { closure: closure(ahead(PLAN_BEFORE_DAYS)) }, ['no_plan']],
    ['no plan, ten months to go', { closure: closure(ahead(PLAN_BEFORE_DAYS + 30)) }, []],
    ['a plan before', { closure: closure(ahead(100)), steps: [at(50)] }, []],
    ['a plan that failed is none', { closure: closure(ahead(100)), steps: [at(-1, 'failed')] }, ['no_plan']],
    ['a plan after', { closure: closure(ahead(100)), steps: [at(120)] }, ['late_plan']],
    ['closed', { closure: closure(ago(1)), steps: [at(50)] }, ['closed']],
    ['nothing to order', { closure: closure(ahead(400), { commercialOn: ago(1) }) }, ['no_order']],
    ['suspended', { closure: closure(ago(1), { state: 'suspended' }) }, ['suspended']],
    ['on IP already', { closure: closure(ago(1)), lines: [line()], access: 'sip' }, []],
    ['on IP by its accesses, whatever the directory says', { closure: closure(ago(1)), lines: [line()] }, []],
    ['over', { closure: closure(ago(1)), ended: true }, []],
    [
      'one exchange',
      { lines: [line({ exchange: 'Nord' }), { ...T2, exchange: 'NORD' }] },
      ['shared_exchange'],
    ],
    [
      'one exchange, the first removed',
      { lines: [line({ exchange: 'Nord' }), { ...T2, exchange: 'Nord', stage: 'removed' }] },
      [],
    ],
  ])('%s', (_, more, risks) => {
    expect(risksOf(facts(more), now)).toEqual(risks)
  })

  test('copper is what the accesses say; without any, what the directory says', () => {
    expect(onCopper({ access: 'sip', lines: [T2] })).toBe(true)
    expect(onCopper({ access: 'mixed', lines: [] })).toBe(true)
    expect(onCopper({ access: 'unknown', lines: [] })).toBe(false)
  })
})

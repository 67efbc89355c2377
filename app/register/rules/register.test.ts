import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { messagesOf } from '#app/_i18n/messages.ts'
import incidents from '../files/incidents.json' with { type: 'json' }
import { shippedLosses } from '../shipped.ts'
import { anonymised, FEWEST_OPERATORS, judgeAnonymity, OPEN } from './anonymity.ts'
import { arrivalOf, differences, flat, type Held } from './differences.ts'
import { canonical, readLines } from './envelope.ts'
import { FIELD_NAMES, FIELD_VALUES } from './field-names.ts'
import { judgePullAddress } from './pull-address.ts'
import { contradictions, FORMAT, type Loss, lossRecord } from './record.ts'
import { mayLeave, TLPS } from './tlp.ts'
import { countBy, FEWEST_FOR_RANGE, FEWEST_FOR_SHARE, survival, wilson, wordsFor } from './views.ts'

const SHIPPED = shippedLosses()
const base = SHIPPED.find(({ id }) => id === 'FR-2021-06-02-ORANGE') as Loss
const loss = (more: Partial<Loss> = {}): Loss => ({ ...base, ...more })

describe('the public losses', () => {
  test('each is whole, and says nothing against itself that it does not mark as doubtful', () => {
    for (const one of incidents as { id: string }[]) {
      const read = lossRecord.safeParse(one)
      expect(read.success ? contradictions(read.data) : read.error.issues, one.id).toEqual([])
    }
    expect(SHIPPED).toHaveLength(58)
    expect(new Set(SHIPPED.map(({ country }) => country)).size).toBe(17)
    expect(new Set(SHIPPED.map(({ id }) => id)).size).toBe(58)
  })

  test('what the collection says of itself holds: no detector is a monitoring system, planned works are 18', () => {
    const by = countBy(SHIPPED, 'detection.by', (one) => [one.detection.by])
    expect(by.known).toBe(19)
    expect(by.rows.map(({ key }) => key)).not.toContain('monitoring')
    expect(countBy(SHIPPED, 'works', (one) => [one.works]).rows).toContainEqual({ key: 'planned', count: 18 })
    for (const one of SHIPPED) expect(one.sources.length, one.id).toBeGreaterThan(0)
  })
})

describe('hours that contradict each other', () => {
  const at = (
    began: string | null,
    ended: string | null,
    durationMin: number | null = null,
    doubts: Loss['doubts'] = [],
  ) =>
    contradictions(
      loss({
        durationMin,
        doubts,
        times: {
          began: { at: began, precision: precisionOf(began) },
          ended: { at: ended, precision: precisionOf(ended) },
        },
      }),
    ).map(({ key }) => key.split('.').at(-1))
  const precisionOf = (said: string | null) =>
    said === null
      ? 'unknown'
      : (({ 4: 'year', 7: 'month', 10: 'day' } as const)[said.length as 4] ?? 'minute')
  test.each<[string, ReturnType<typeof at>, string[]]>([
    ['an end before the start', at('2026-01-02T10:00:00Z', '2026-01-02T09:00:00Z'), ['ends_before']],
    ['the same, by their offsets alone', at('2026-01-02T10:00:00+01:00', '2026-01-02T09:30:00Z'), []],
    ['a day before', at('2026-01-02', '2026-01-01'), ['ends_before']],
    ['a day, then its month', at('2026-01-02', '2026-01'), []],
    [
      'a duration that the hours do not make',
      at('2026-01-02T10:00:00Z', '2026-01-02T11:00:00Z', 61),
      ['duration'],
    ],
    [
      'the same, marked',
      at('2026-01-02T10:00:00Z', '2026-01-02T11:00:00Z', 61, [{ field: 'durationMin', why: 'press' }]),
      [],
    ],
    ['a day that is none', at('2026-02-30T10:00:00Z', null), ['precision']],
    ['an hour that is none', at('2026-02-03T25:00:00Z', null), ['precision']],
    ['a doubt about nothing', at('2026-01-02', null, null, [{ field: 'constructor', why: 'x' }]), ['doubt']],
  ])('%s', (_, found, keys) => {
    expect(found).toEqual(keys)
  })
  test('an hour that is said to be a day', () => {
    const times = {
      began: { at: '2026-01-02T10:00:00Z', precision: 'day' as const },
      ended: base.times.ended,
    }
    expect(contradictions(loss({ times, durationMin: null })).map(({ key }) => key)).toContain(
      'register.fault.precision',
    )
  })
})

describe('what may leave', () => {
  test.each([
    ['TLP:CLEAR', true, true, true],
    ['TLP:GREEN', false, true, true],
    ['TLP:AMBER', false, false, true],
    ['TLP:AMBER+STRICT', false, false, false],
    ['TLP:RED', false, false, false],
  ] as const)('%s: public %s, neighbour %s, by hand %s', (tlp, ...allowed) => {
    expect((['public', 'neighbour', 'by_hand'] as const).map((to) => mayLeave(tlp, to))).toEqual(allowed)
    expect(TLPS).toContain(tlp)
  })
})

describe('anonymity', () => {
  const hide = { operator: true, territory: true, hours: true }
  const by = (name: string, more: Partial<Loss> = {}) =>
    loss({ id: `XX-${name}`, country: 'XX', learned: null, operator: { name, role: 'network' }, ...more })
  const some = (n: number) => Array.from({ length: n }, (_, at) => by(`Opérateur ${at}`))
  test.each<[string, Loss, Loss[], string | null]>([
    ['one operator less than three', by('Opérateur 0'), some(FEWEST_OPERATORS - 1), 'too_few'],
    ['three', by('Opérateur 0'), some(FEWEST_OPERATORS), null],
    [
      'three names of one',
      by('Opérateur 0'),
      ['Opérateur 0', 'opérateur-0', 'OPERATEUR 0'].map((name) => by(name)),
      'too_few',
    ],
    [
      'three of another role',
      by('Opérateur 9', { operator: { name: 'Opérateur 9', role: 'calling' } }),
      some(5),
      'too_few',
    ],
    ['three elsewhere', by('Opérateur 9', { country: 'YY' }), some(5), 'too_few'],
    [
      'three, and a zone that is its own',
      by('Opérateur 9', { territory: { words: 'x', extent: 'local', zone: 'Z-9' } }),
      some(5),
      'too_few',
    ],
    [
      'named in what was learned',
      by('Opérateur 0', { learned: 'Chez Operateur-0, tout.' }),
      some(5),
      'named_in_text',
    ],
  ])('%s', (_, one, register, key) => {
    const verdict = judgeAnonymity(one, hide, register)
    expect(verdict.ok ? null : verdict.key).toBe(key && `register.refused.${key}`)
  })

  test('open, it is as it was; hidden, no word of the operator stays anywhere', () => {
    expect(anonymised(base, OPEN)).toEqual(base)
    const shown = JSON.stringify(anonymised({ ...base, id: 'FR-2021-0001', learned: null }, hide))
    expect(shown).not.toMatch(/orange/i)
    expect(shown).not.toContain('16:45')
    expect(lossRecord.safeParse(JSON.parse(shown)).success).toBe(true)
  })
})

describe('what comes in', () => {
  const held = (more: Partial<Held> = {}): Held => ({ loss: base, authorKey: 'A', ours: false, ...more })
  test.each<[string, Loss, string, Held | undefined, string]>([
    ['new', base, 'A', undefined, 'new'],
    ['ours', base, 'US', held(), 'ours'],
    ['the same', base, 'A', held(), 'same'],
    ['the same version, other words', loss({ numbers: ['15'] }), 'A', held(), 'rewritten'],
    ['a next version', loss({ version: 2, numbers: ['15'] }), 'A', held(), 'correction'],
    ['an older one', base, 'A', held({ loss: loss({ version: 3 }) }), 'older'],
    ['somebody else’s', loss({ version: 2 }), 'B', held(), 'taken'],
    ['a public one', loss({ version: 2 }), 'B', held({ authorKey: null }), 'taken'],
  ])('%s', (_, record, key, before, kind) => {
    expect(arrivalOf(record, key, 'US', before).kind).toBe(kind)
  })

  test('a correction says field by field what changed', () => {
    expect(differences(base, loss({ version: 2, numbers: ['15'], durationMin: 400 }))).toEqual([
      { field: 'numbers', before: '15 · 17 · 18 · 112', after: '15' },
      { field: 'durationMin', before: '435', after: '400' },
    ])
  })

  const line = (more: object = {}) => ({
    envelope: 'permanence-register/1',
    author: { name: 'Voisin', key: 'k'.repeat(43) },
    tlp: 'TLP:GREEN',
    anonymised: [],
    record: base,
    signature: 's'.repeat(86),
    ...more,
  })
  test.each<[string, unknown, string]>([
    ['no JSON', 'bonjour', 'not_json'],
    ['a list', [], 'not_json'],
    ['a bare record', base, 'unsigned'],
    ['another envelope', line({ envelope: 'permanence-register/9' }), 'envelope'],
    ['an envelope that is an object', line({ envelope: { toString: 1 } }), 'envelope'],
    ['an envelope of lists in lists', `{"envelope":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'envelope'],
    ['another version of the record', line({ record: { ...base, format: 'permanence-loss/9' } }), 'version'],
    ['no record', line({ record: null }), 'version'],
    ['a field too many', line({ record: { ...base, secret: 1 } }), 'field'],
    ['a field too many around it', line({ more: 1 }), 'field'],
    ['a label that is none', line({ tlp: 'TLP:WHITE' }), 'field'],
    ['hours that contradict each other', line({ record: { ...base, durationMin: 1 } }), 'duration'],
  ])('%s is named by its line', (_, said, key) => {
    const text = `\n${typeof said === 'string' ? said : JSON.stringify(said)}\n`
    expect(readLines(text)).toMatchObject([{ line: 2, faults: [{ key: `register.fault.${key}` }] }])
  })
  test('a whole one is read', () => {
    expect(readLines(JSON.stringify(line()))).toMatchObject([
      { line: 1, envelope: { record: { format: FORMAT } } },
    ])
  })

  test('what is signed reads the same in whatever order its keys come', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse())
        expect(canonical(turned)).toBe(canonical(value))
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test.each([
    ['https://voisin.example/api/register/k', true],
    ['http://127.0.0.1:4000/api/register/k', true],
    ['http://localhost:4000/api/register/k', true],
    ['http://voisin.example/api/register/k', false],
    ['http://localhost.voisin.example/k', false],
    ['https://moi:mot@voisin.example/k', false],
    ['file:///etc/passwd', false],
    ['voisin.example', false],
  ])('pulled from %s: %s', (address, allowed) => {
    expect(judgePullAddress(address).ok).toBe(allowed)
  })
})

describe('what may be concluded', () => {
  const seen = (minutes: number | null) =>
    loss({
      detection: { by: minutes === null ? 'unknown' : 'centre', afterMin: minutes, words: null },
      doubts: [],
    })
  test('the curve falls from all to none, and leaves out what is not known', () => {
    const curve = survival([seen(30), seen(0), seen(null), seen(30), seen(60)])
    expect(curve).toMatchObject({ known: 4, all: 5, median: 30 })
    expect(curve.points.map(({ minutes, unseen }) => [minutes, unseen])).toEqual([
      [0, 4],
      [0, 3],
      [30, 1],
      [60, 0],
    ])
    expect(survival([seen(null)])).toMatchObject({ points: [], median: null })
  })
  test.each([
    [0, 0, 'nothing'],
    [1, FEWEST_FOR_SHARE - 1, 'cases'],
    [1, FEWEST_FOR_SHARE, 'share'],
    [1, FEWEST_FOR_RANGE - 1, 'share'],
    [1, FEWEST_FOR_RANGE, 'range'],
  ] as const)('%i of %i: %s', (count, known, kind) => {
    expect(wordsFor(count, known, 58).kind).toBe(kind)
  })
  test('a range holds its share and stays within nothing and all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), (of, n) => {
        const count = Math.min(n, of)
        const [low, high] = wilson(count, of)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(100)
        expect(low).toBeLessThanOrEqual((count / of) * 100 + 1e-9)
        expect(high).toBeGreaterThanOrEqual((count / of) * 100 - 1e-9)
      }),
    )
  })
})

describe.each(['fr', 'en'] as const)('a record on a screen in %s', (locale) => {
  const words = messagesOf(locale).register as unknown as Record<string, Record<string, string>>
  const fields = shippedLosses().flatMap((loss) => [...flat(loss)])

  test('each field has a name', () => {
    const named = (field: string) => words.field?.[FIELD_NAMES[field as keyof typeof FIELD_NAMES]]
    expect([...new Set(fields.flatMap(([field]) => (named(field) ? [] : field)))]).toEqual([])
  })

  test('each value that is one of a few has words', () => {
    const said = fields.flatMap(([field, values]) => {
      const group = FIELD_VALUES[field as keyof typeof FIELD_NAMES]
      return group && values !== '–' ? values.split(' · ').map((value) => [group, value] as const) : []
    })
    expect(said.length).toBeGreaterThan(fields.length / 10)
    expect(said.filter(([group, value]) => !words[group]?.[value])).toEqual([])
  })
})

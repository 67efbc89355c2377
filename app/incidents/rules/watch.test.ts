import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { learn } from './baseline.ts'
import { fact, T0 } from './fact.fixture.ts'
import { MINUTE, type ReportFact, type Said } from './facts.ts'
import { usualAt } from './usual.ts'
import {
  arbitraryFact,
  arbitraryFacts,
  baseline,
  EIGHT,
  listen,
  minute,
  settled,
  voicesOf,
  wave,
} from './watch.fixture.ts'
import { type Episode, Watch } from './watch.ts'

describe('what is proposed', () => {
  test.each<[string, ReportFact[], number | null]>([
    ['three départements in two minutes', wave(0, ['59', '75', '13']), 2],
    ['eight départements in seven minutes', wave(0, EIGHT), 2],
    ['three départements over two hours', wave(0, ['59', '75', '13'], 1, 60), null],
    ['one département, all its services', [1, 2, 3, 4].map((id) => fact(id, id)), null],
    [
      'a platform told twice and a fault elsewhere',
      [fact(1, 0), fact(2, 12), fact(3, 25, { place: '13' })],
      null,
    ],
    [
      'two who name one operator, half a day apart, and nothing else in common',
      [
        fact(1, 0, { callingOperator: 'Alpha', numbers: ['15'] }),
        fact(2, 600, { callingOperator: 'Alpha', place: '13', symptom: 'MISROUTED' }),
      ],
      null,
    ],
    ['three storms’ cuts', wave(0, ['59', '62', '80'], 1, 3, { text: 'Tempête, lignes à terre.' }), null],
    ['eight vague sentences', wave(0, EIGHT, 1, 1, { symptom: 'UNKNOWN' }), 2],
    ['eight failed transfers', wave(0, EIGHT, 1, 1, { symptom: 'TRANSFER_FAIL' }), 2],
    ['eight without coverage', wave(0, EIGHT, 1, 1, { symptom: 'NO_COVERAGE' }), 2],
    ['eight whose 112 does not roam', wave(0, EIGHT, 1, 1, { symptom: 'SOS_112_FAIL' }), 2],
    ['an unknown code', wave(0, EIGHT, 1, 1, { symptom: 'WIE TOT' }), 2],
    ['eight full rooms', wave(0, EIGHT, 1, 1, { symptom: 'USER_BUSY' }), null],
    [
      'customer care of the operator, for its customers',
      wave(0, EIGHT, 1, 1, { reporterKind: 'customer_care', text: 'I am relaying several customers.' }),
      2,
    ],
  ])('%s', (_, facts, proposed) => {
    const [first] = listen(facts).episodes
    expect(first ? minute(first.firedAt) : null).toBe(proposed)
  })

  test.each<[string, Partial<Said>, boolean]>([
    ['for its whole region, of one hospital', { text: 'Le CHU ne joint plus le 15.' }, false],
    ['that it only relays', { text: 'Je relaie un hôpital.' }, false],
    ['that names two départements', { text: 'Les SDIS 59 et 62 ne reçoivent plus rien.' }, true],
    ['that all of its SAMU say it', { text: 'Tous les SAMU de la région le signalent.' }, true],
  ])('an authority: %s', (_, said, proposed) => {
    const ars = {
      reporterKind: 'ars',
      territory: { code: 'R32', kind: 'region' as const, parents: ['Z-NORD', 'FR'] },
    }
    const { episodes } = listen([fact(1, 0, { ...ars, ...said })])
    expect(episodes.map((one) => one.rule)).toEqual(proposed ? ['authority'] : [])
    if (proposed) expect(episodes[0]?.sureAt).toBe(T0)
  })

  it('overseas: both services of one territory within the quarter of an hour', () => {
    const there = {
      territory: { code: '974', kind: 'departement' as const, parents: ['R04', 'Z-OCEAN-INDIEN', 'FR'] },
    }
    const { episodes } = listen([
      fact(1, 0, { ...there, numbers: ['15'] }),
      fact(2, 8, { ...there, numbers: ['18'] }),
      fact(3, 14, { ...there, numbers: ['17'] }),
    ])
    expect(episodes).toHaveLength(1)
    expect(episodes[0]?.scope.kind).toBe('overseas')
  })

  it('overseas: two rooms that tell it in the same words are one fault told twice; each in its own, two', () => {
    const there = {
      territory: { code: '974', kind: 'departement' as const, parents: ['R04', 'Z-OCEAN-INDIEN', 'FR'] },
    }
    const asked = (symptom: string) =>
      listen(
        [fact(1, 0, { ...there, numbers: ['15'] }), fact(2, 12, { ...there, numbers: ['18'], symptom })],
        new Watch(),
        settled,
      ).episodes.length
    expect([asked('NO_RING'), asked('FAST_BUSY'), asked('UNKNOWN')]).toEqual([0, 1, 0])
  })

  it('overseas: two territories of one zone share their cables, and count as one', () => {
    const at = (code: string, region: string) => ({
      territory: { code, kind: 'departement' as const, parents: [region, 'Z-OCEAN-INDIEN', 'FR'] },
    })
    const { episodes } = listen([
      fact(1, 0, { ...at('974', 'R04'), organisation: 'a', numbers: ['15'] }),
      fact(2, 6, { ...at('976', 'R06'), organisation: 'b', numbers: ['18'] }),
      fact(3, 12, { ...at('974', 'R04'), organisation: 'c', numbers: ['17'] }),
    ])
    expect(episodes.map((one) => one.scope.name)).toEqual(['Z-OCEAN-INDIEN'])
  })

  it('overseas: two rooms of two territories of one zone are no fault told twice, though they tell it alike', () => {
    const at = (code: string, region: string, zone: string) => ({
      territory: { code, kind: 'departement' as const, parents: [region, zone, 'FR'] },
    })
    const asked = (other: ReturnType<typeof at>) =>
      listen(
        [
          fact(1, 0, { ...at('974', 'R04', 'Z-OCEAN-INDIEN'), organisation: 'a', numbers: ['15'] }),
          fact(2, 12, { ...other, organisation: 'b', numbers: ['18'] }),
        ],
        new Watch(),
        settled,
      ).episodes.map((one) => one.scope.kind)
    expect([
      asked(at('976', 'R06', 'Z-OCEAN-INDIEN')),
      asked(at('974', 'R04', 'Z-OCEAN-INDIEN')),
      asked(at('972', 'R02', 'Z-ANTILLES')),
    ]).toEqual([['basin'], [], []])
  })

  it('overseas: a territory that speaks often is asked about later than one that hardly does', () => {
    const day = 24 * 60
    const at = (code: string) => ({
      territory: { code, kind: 'departement' as const, parents: ['R', 'Z', 'FR'] },
    })
    // a year in which both coasts speak, one of them of every second fault
    const past = voicesOf(
      Array.from({ length: 360 }, (_, n) =>
        fact(n, n * day, { ...at(n % 2 ? '974' : '972'), organisation: `${n % 9}` }),
      ).filter(({ id }) => id % 2 === 1 || id % 12 === 0),
    )
    const taught = learn(past, { from: T0, to: T0 + 360 * day * MINUTE }, 4)
    const now = usualAt(taught, T0 + 360 * day * MINUTE)
    const rate = (code: string) =>
      now.ratePerYear(
        past.flatMap((voice) => voice.scopes).find(({ key }) => key === `overseas:${code}`) as never,
      )
    expect(rate('974')).toBeGreaterThan(3 * rate('972'))
    expect(rate('972')).toBeGreaterThan(0)
  })

  // Two hours after midnight, then through the night: what an operator abroad learnt on the thirteenth hour.
  const named = (ordinaryCallsWork: boolean | null) =>
    ['59', '75', '13'].map((place, rank) =>
      fact(rank + 1, rank * 300, {
        place,
        callingOperator: 'Alpha',
        technology: 'mobile',
        ordinaryCallsWork,
      }),
    )
  test.each<[string, boolean | null, [number, number | null][]]>([
    ['whose customers call everyone else: a person at the second, silence at the third', true, [[300, 600]]],
    ['of which nothing else is known: nobody', null, []],
    ['on which all calls fail: nobody', false, []],
  ])('three over ten hours who name one operator, %s', (_, passes, asked) => {
    const { episodes } = listen(named(passes), new Watch(), settled)
    expect(episodes.map((one) => [minute(one.firedAt), one.sureAt && minute(one.sureAt)])).toEqual(asked)
  })

  it('a desk without a past asks a person sooner, and lets silence activate no sooner', () => {
    const slow = wave(0, ['59', '75', '13'], 1, 6)
    const asked = (of: typeof baseline, facts: ReportFact[]) =>
      listen(facts, new Watch(), of).episodes.map((one) => [
        minute(one.firedAt),
        one.sureAt && minute(one.sureAt),
      ])
    expect(asked(baseline, slow)).toEqual([[12, null]])
    expect(asked(settled, slow)).toEqual([])
    expect(asked(baseline, wave(0, EIGHT))[0]?.[1]).toBe(asked(settled, wave(0, EIGHT))[0]?.[1])
  })

  it('between the two thresholds silence does not activate', () => {
    const [first] = listen(wave(0, ['59', '75', '13'], 1, 4)).episodes
    expect(first?.sureAt).toBeNull()
    expect(listen(wave(0, EIGHT)).episodes[0]?.sureAt).not.toBeNull()
  })
})

describe('episodes, not chains', () => {
  const morning = wave(0, ['59', '75', '13'])
  const drip = Array.from({ length: 4 }, (_, n) => fact(900 + n, 112 + n * 110, { place: `0${n + 1}` }))
  const afternoon = wave(540, EIGHT, 5)

  it('three départements at eight, one report every 110 minutes, eight at seventeen: the second is seen', () => {
    const { episodes } = listen([...morning, ...drip, ...afternoon])
    expect(episodes).toHaveLength(2)
    expect(minute(episodes[1]?.start ?? 0)).toBe(540)
    expect(episodes[0]?.voices).toHaveLength(3)
  })

  it('what follows while it is hot joins it; its start is its own', () => {
    const { episodes } = listen([
      fact(7, -300, { place: '59', organisation: 'mine' }),
      ...wave(0, EIGHT),
      ...wave(30, ['21', '71', '01'], 3),
    ])
    expect(episodes).toHaveLength(1)
    expect(episodes[0]?.voices).toHaveLength(11)
    expect(minute(episodes[0]?.start ?? 0)).toBe(0)
  })

  it('a restored one takes nothing more, and a new wave is a new one', () => {
    const first = listen(wave(0, EIGHT))
    const over = first.episodes.map((one): Episode => ({ ...one, endedAt: T0 + 60 * MINUTE }))
    const watch = new Watch(over)
    watch.recall(voicesOf(wave(0, EIGHT)))
    listen(wave(90, EIGHT, 4), watch)
    expect(watch.episodes).toHaveLength(2)
    expect(watch.episodes[0]?.voices).toHaveLength(8)
  })
})

const firstOf = (facts: readonly ReportFact[]) =>
  listen(facts).episodes[0]?.firedAt ?? Number.POSITIVE_INFINITY
const shape = (watch: Watch) =>
  watch.episodes.map((one) => [
    one.key,
    one.start,
    one.sureAt,
    [...one.voices].sort(),
    [...one.places].sort(),
  ])

describe('whatever the reports', () => {
  test('a permutation of simultaneous reports changes nothing', () => {
    fc.assert(
      fc.property(arbitraryFacts, fc.infiniteStream(fc.nat()), (facts, order) => {
        const shuffled = facts
          .map((one) => ({ one, rank: order.next().value as number }))
          .sort((a, b) => a.one.at - b.one.at || a.rank - b.rank)
          .map(({ one }) => one)
        expect(shape(listen(shuffled))).toEqual(shape(listen(facts)))
      }),
      { numRuns: 150 },
    )
  })

  test('one more qualifying report never delays', () => {
    fc.assert(
      fc.property(arbitraryFacts, arbitraryFact, (facts, more) => {
        const added = fact(99, more.min, {
          place: more.place,
          organisation: `${more.place}/${more.organisation}`,
          symptom: more.symptom,
          numbers: more.numbers,
          ordinaryCallsWork: more.works,
        })
        expect(firstOf([...facts, added])).toBeLessThanOrEqual(firstOf(facts))
      }),
      { numRuns: 300 },
    )
  })

  /** Heard until `cut`, kept, and gone on with by a desk that was started anew. */
  const startedAnew = (facts: ReportFact[], cut: number) => {
    const until = T0 + cut * MINUTE
    const before = facts.filter((one) => one.at <= until)
    const again = new Watch(JSON.parse(JSON.stringify(listen(before).episodes)) as Episode[])
    again.recall(voicesOf(before))
    return listen(
      facts.filter((one) => one.at > until),
      again,
    )
  }

  test('replay equals live: heard one by one, or again from what was kept', () => {
    fc.assert(
      fc.property(arbitraryFacts, fc.integer({ min: 0, max: 40 }), (facts, cut) => {
        expect(shape(startedAnew(facts, cut))).toEqual(shape(listen(facts)))
      }),
      { numRuns: 150 },
    )
  })

  // Two numbers as rare as each other: which is the rarest hung on the last digit of a sum, and that on the order of two in an instant.
  test('replay equals live: where two scopes are as rare, the same is the rarest', () => {
    const both = ['18', '112']
    const said = (
      id: number,
      min: number,
      organisation: string,
      numbers: string[],
      more: Partial<Said> = {},
    ) =>
      fact(id, min, {
        place: organisation.split('/')[0],
        organisation,
        numbers,
        ordinaryCallsWork: true,
        ...more,
      })
    const facts = [
      said(1, 0, '62/1', ['112']),
      said(3, 0, '62/2', both),
      said(5, 27, '69/1', both),
      said(7, 27, '2A/2', both, { ordinaryCallsWork: false }),
      said(2, 28, '69/2', ['18']),
      said(4, 28, '59/1', both, { symptom: 'RING_NO_ANSWER', ordinaryCallsWork: false }),
      said(6, 28, '2A/1', both),
    ]
    expect(shape(startedAnew(facts, 27))).toEqual(shape(listen(facts)))
  })
})

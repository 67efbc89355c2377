import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { audienceOf, linesOf } from './list.ts'
import { DELIVERED_SHARE, ENOUGH, FAILED_SHARE, NOBODY, type Progress, verdictOn } from './safety.ts'
import { PILOTS_EACH, pilotsOf, wavesOf } from './waves.ts'

describe('a list', () => {
  it.each([
    ['06 39 98 00 01', 'kept'],
    ['+33 7 39 98 00 01', 'kept'],
    ['0692 12 34 56', 'kept'],
    ['01 99 00 12 34', 'landline'],
    ['0262 12 34 56', 'landline'],
    ['+32 470 12 34 56', 'foreign'],
    ['15', 'emergency'],
    ['639980001', 'invalid'],
    ['pas un numéro 12', 'invalid'],
    ['06 39 98 00 99', 'dead'],
  ])('« %s » is %s', (written, expected) => {
    const { kept, leftOut } = audienceOf([{ written, name: '' }], new Set(['+33639980099']))
    expect(kept.length === 1 ? 'kept' : Object.keys(leftOut)[0]).toBe(expected)
  })

  it('each telephone once, however it is written; with its name; a head line is none', () => {
    const lines = linesOf(
      'Téléphone;Nom\n06 39 98 00 01;Camille\r\n"+33639980001"\n\n0639980002,Noa Exemple\n;;\n',
    )
    expect(audienceOf(lines, new Set())).toEqual({
      kept: [
        { phone: '+33639980001', name: 'Camille' },
        { phone: '+33639980002', name: 'Noa Exemple' },
      ],
      leftOut: { duplicate: 1 },
    })
  })

  it.each([
    ['SDIS 59;0639980001', '+33639980001', 'SDIS 59'],
    ['0639980001;SAMU 62', '+33639980001', 'SAMU 62'],
    ['SDIS 59;caserne 12;06 39 98 00 01', '+33639980001', 'SDIS 59 caserne 12'],
  ])('« %s »: figures in a name are no number', (line, phone, name) => {
    expect(audienceOf(linesOf(line), new Set()).kept).toEqual([{ phone, name }])
  })

  it('nobody is lost nor made: kept and left out are all that was given', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[+0-9 .;a-z]{0,14}$/), { maxLength: 60 }), (written) => {
        const { kept, leftOut } = audienceOf(
          written.map((one) => ({ written: one, name: '' })),
          new Set(),
        )
        const out = Object.values(leftOut).reduce((sum, n) => sum + n, 0)
        expect(kept.length + out).toBe(written.length)
        expect(new Set(kept.map(({ phone }) => phone)).size).toBe(kept.length)
      }),
    )
  })
})

describe('waves', () => {
  const people = (n: number) =>
    Array.from({ length: n }, (_, at) => ({ phone: `+336399${String(at).padStart(5, '0')}` }))
  it.each([
    [5_000, 50, 450, 4_500],
    [100, 1, 9, 90],
    [1, 1, 0, 0],
  ])('of %i: %i, %i, %i', (n, one, ten, all) => {
    const waves = wavesOf(people(n))
    expect(
      (['one', 'ten', 'all'] as const).map((wave) => waves.filter((row) => row.wave === wave).length),
    ).toEqual([one, ten, all])
  })
  it('the first hundredth is taken from the whole list', () => {
    const ranks = wavesOf(people(5_000)).flatMap(({ wave, phone }) =>
      wave === 'one' ? [Number(phone.slice(-5))] : [],
    )
    for (let fifth = 0; fifth < 5; fifth += 1)
      expect(ranks.filter((rank) => Math.floor(rank / 1_000) === fifth).length).toBeGreaterThan(0)
  })
  it('ten pilots of each network, or the network that has too few', () => {
    const of = (network: string, n: number) =>
      Array.from({ length: n }, (_, at) => ({ phone: `${network}${at}`, network, holder: 'x' }))
    expect(pilotsOf([...of('A', PILOTS_EACH + 2), ...of('B', PILOTS_EACH)]).pilots).toHaveLength(
      2 * PILOTS_EACH,
    )
    expect(pilotsOf([...of('A', PILOTS_EACH), ...of('B', PILOTS_EACH - 1)]).short).toEqual({
      network: 'B',
      count: 9,
    })
    expect(pilotsOf([]).short).toEqual({ network: '–', count: 0 })
  })
})

describe('what becomes of a wave', () => {
  const at = (over: Partial<Progress>): Progress => ({
    ...NOBODY,
    ...{ size: 1_000, waiting: 1_000 },
    ...over,
  })
  const mostFailed = FAILED_SHARE * ENOUGH
  const leastDelivered = DELIVERED_SHARE * ENOUGH
  it.each([
    ['nothing said yet', at({}), 'wait'],
    ['as many failures as the first hundred may have', at({ failed: mostFailed }), 'wait'],
    ['one more', at({ failed: mostFailed + 1 }), 'stop'],
    ['a tenth of many', at({ delivered: 450, failed: 50 }), 'wait'],
    ['over a tenth of many', at({ delivered: 450, failed: 51 }), 'stop'],
    [
      'four in five within the minute',
      at({ sent: 100, waiting: 900, aged: ENOUGH, agedDelivered: leastDelivered }),
      'wait',
    ],
    ['one fewer', at({ sent: 100, waiting: 900, aged: ENOUGH, agedDelivered: leastDelivered - 1 }), 'stop'],
    ['too few to tell', at({ sent: 99, aged: ENOUGH - 1, agedDelivered: 0 }), 'wait'],
    ['all are told of', at({ delivered: 950, failed: 50, waiting: 0 }), 'go_on'],
    ['one is not told of', at({ delivered: 949, failed: 50, waiting: 0 }), 'wait'],
    [
      'the minute is over for the rest',
      at({ delivered: 850, failed: 50, waiting: 0, aged: 950, agedDelivered: 850 }),
      'go_on',
    ],
    ['who may have it proves nothing', at({ delivered: 900, failed: 50, unknown: 50, waiting: 0 }), 'go_on'],
    ['a wave that holds nobody', NOBODY, 'go_on'],
    ['one of a wave of three fails', at({ size: 3, delivered: 2, failed: 1, waiting: 0 }), 'stop'],
  ])('%s', (_, progress, does) => {
    expect(verdictOn('ten', progress, false).does).toBe(does)
  })
  it('the pilot waits for a person', () => {
    expect(verdictOn('pilot', at({ size: 40, delivered: 40, waiting: 0 }), false).does).toBe('ask')
  })
  it('in an exercise nothing is waited for but the person', () => {
    expect(verdictOn('pilot', at({ failed: 500 }), true).does).toBe('ask')
    expect(verdictOn('all', at({}), true).does).toBe('go_on')
  })
})

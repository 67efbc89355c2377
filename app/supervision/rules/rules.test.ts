import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inHours, isEmergencyNumber, judgeAgreement, judgeCall, judgePlan } from './agreement.ts'
import { cellProof, FRESH_MS } from './cell-proof.ts'
import { DOUBT_CALLS, findingsOf, SILENT_PERIODS, type Watched } from './probe-health.ts'
import { blames, FELT, ratesOf } from './rates.ts'
import { AHEAD_MS, judgeLine, OLDEST_MS } from './result-line.ts'
import { verdictOf } from './verdict.ts'

const NOW = Date.parse('2026-11-26T10:00:00Z')

describe('what a call proves', () => {
  it.each([
    ['taken', 200, null, true, 'answered'],
    ['busy, said by its cause', 486, 17, false, 'reached'],
    ['a code of the network with the cause of a busy room: the cause', 503, 17, false, 'reached'],
    ['busy, no cause', 486, null, false, 'reached'],
    ['no route', 404, 3, false, 'failed'],
    ['the network is out of order', 503, 38, false, 'failed'],
    ['refused by nobody knows whom', 503, null, false, 'failed'],
    ['nothing ever came back', 408, null, false, 'failed'],
    ['it rang and nobody came', 487, null, true, 'reached'],
    ['unallocated, with a code that hides it', 480, 1, true, 'failed'],
    ['a number that changed hands', 410, 22, false, 'failed'],
    ['the probe could not call', null, null, false, 'not_placed'],
  ] as const)('%s', (_, sip, cause, rang, verdict) => {
    expect(verdictOf({ sip, cause, rang })).toBe(verdict)
  })
})

describe('who may be called', () => {
  const agreed = {
    ...{
      number: '15',
      destination: '15-59',
      emergencyItself: false,
      writtenAs: null,
      agreedOn: '2026-01-05',
    },
    ...{ until: null, fromHour: 0, toHour: 0, mostPerHour: 12, endedAt: null },
  }
  it.each([
    ['a test post of the centre', {}, null],
    ['the 15 itself, said by nobody', { destination: '15' }, 'emergency_itself'],
    ['the same as a SIP address', { destination: 'sip:112@sbc.example' }, 'emergency_itself'],
    ['the same with a space', { destination: '1 8' }, 'emergency_itself'],
    ['said, and not in writing', { destination: '15', emergencyItself: true, writtenAs: ' ' }, 'not_written'],
    ['said and in writing', { destination: '15', emergencyItself: true, writtenAs: 'Conv. 12' }, null],
    ['agreed tomorrow', { agreedOn: '2026-11-27' }, 'agreed_later'],
    ['until yesterday', { until: '2026-11-25' }, 'over'],
    ['until today', { until: '2026-11-26' }, null],
  ])('%s', (_, given, why) => {
    const verdict = judgeAgreement({ ...agreed, ...given }, '2026-11-26')
    expect(verdict.allowed ? null : verdict.key).toBe(why && `supervision.refused.${why}`)
  })

  it('not after its end, not outside its hours', () => {
    const at = { today: '2026-11-26', hour: 7, now: NOW }
    expect(judgeCall({ ...agreed, endedAt: NOW }, at)).toMatchObject({ key: 'supervision.refused.ended' })
    expect(judgeCall({ ...agreed, endedAt: NOW + 1 }, at)).toEqual({ allowed: true })
    expect(judgeCall({ ...agreed, fromHour: 8, toHour: 18 }, at)).toMatchObject({
      key: 'supervision.refused.hours',
    })
  })

  it.each([
    [22, 6, 22, true],
    [22, 6, 5, true],
    [22, 6, 6, false],
    [8, 18, 18, false],
    [8, 18, 8, true],
    [3, 3, 12, true],
  ])('from %i to %i, at %i: %s', (fromHour, toHour, hour, inside) => {
    expect(inHours({ fromHour, toHour }, hour)).toBe(inside)
  })

  it('no more often than the centre accepts, all probes together', () => {
    expect(judgePlan(300, [], { mostPerHour: 12 })).toEqual({ allowed: true })
    expect(judgePlan(299, [], { mostPerHour: 12 }).allowed).toBe(false)
    expect(judgePlan(600, [600], { mostPerHour: 12 })).toEqual({ allowed: true })
    expect(judgePlan(600, [590], { mostPerHour: 12 }).allowed).toBe(false)
  })

  it('an ordinary number is no emergency number', () => {
    for (const one of ['15-59', '+33199005900', 'essai@sdis15.example', '1515'])
      expect(isEmergencyNumber(one)).toBe(false)
  })
})

describe('a line of a batch', () => {
  const known = new Map([[7, { number: '15', territory: '59' }]])
  const line = { id: 'call-0001', agreement: 7, at: new Date(NOW).toISOString(), sip: 200 }
  const why = (given: object) => {
    const verdict = judgeLine({ ...line, ...given }, known, NOW)
    return verdict.ok ? null : `${verdict.field} ${verdict.key.replace('supervision.line.', '')}`
  }
  it.each([
    ['as it should be', {}, null],
    ['of no agreement', { agreement: 8 }, 'agreement not_agreed'],
    ['without one', { agreement: undefined }, 'agreement agreement'],
    ['an unknown number', { number: '999' }, 'number unknown_number'],
    ['an unknown territory', { territory: '999' }, 'territory unknown_territory'],
    ['the number of another agreement', { number: '18' }, 'number other_number'],
    ['the territory of another', { territory: '69' }, 'territory other_territory'],
    ['as far ahead as a clock may be', { at: new Date(NOW + AHEAD_MS).toISOString() }, null],
    ['further', { at: new Date(NOW + AHEAD_MS + 1).toISOString() }, 'at future'],
    ['as old as may be', { at: new Date(NOW - OLDEST_MS).toISOString() }, null],
    ['of last week', { at: new Date(NOW - OLDEST_MS - 1).toISOString() }, 'at too_old'],
    ['an hour without its zone', { at: '2026-11-26T10:00:00' }, 'at at'],
    ['a code of no protocol', { sip: 700 }, 'sip number'],
    ['a short identifier', { id: 'x' }, 'id id'],
    ['a cause beyond the table', { cause: 128 }, 'cause number'],
  ])('%s', (_, given, expected) => {
    expect(why(given)).toBe(expected)
  })
  it.each([[null], ['text'], [12], [[]]])('%j is no call', (raw) => {
    expect(judgeLine(raw, known, NOW).ok).toBe(false)
  })
  it('an hour ahead of ours is now', () => {
    const verdict = judgeLine({ ...line, at: new Date(NOW + 1000).toISOString() }, known, NOW)
    expect(verdict.ok && verdict.line.at).toBe(NOW)
  })
  it('whatever it is, it is judged and never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), (raw) => typeof judgeLine(raw, known, NOW).ok === 'boolean'))
  })
})

describe('ASR and NER', () => {
  const usual = { asr: 0.9, ner: 0.99 }
  it('stand side by side, and nothing seized has neither', () => {
    expect(ratesOf({ seized: 200, answered: 150, effective: 196 })).toEqual({ asr: 0.75, ner: 0.98 })
    expect(ratesOf({ seized: 0, answered: 0, effective: 0 })).toEqual({ asr: null, ner: null })
  })
  it.each([
    ['a full room', 0.6, 0.98, 'room'],
    ['a network', 0.6, 0.7, 'network'],
    ['as usual', 0.9, 0.99, 'nothing'],
    ['just felt', 0.9 - FELT, 0.99, 'room'],
    ['nothing seized now', null, null, null],
  ] as const)('%s', (_, asr, ner, says) => {
    expect(blames({ asr, ner }, usual)).toBe(says)
  })
  it('where nothing is usual yet, nothing is blamed', () => {
    expect(blames({ asr: 0.2, ner: 0.2 }, { asr: null, ner: null })).toBeNull()
  })
})

describe('a probe is judged too', () => {
  const probe: Watched = {
    ...{ id: 1, active: true, createdAt: NOW - 86_400_000, heardAt: NOW, everyS: 300, trouble: null },
    ...{ calls: DOUBT_CALLS, failed: false, unseenReports: 0 },
  }
  const silence = SILENT_PERIODS * 300_000
  it.each([
    ['well', {}, []],
    ['heard two periods ago', { heardAt: NOW - silence }, []],
    ['longer ago', { heardAt: NOW - silence - 1 }, ['silent']],
    ['never heard since it was made', { heardAt: null }, ['silent']],
    ['nothing is planned for it', { heardAt: null, everyS: null }, []],
    ['retired', { heardAt: null, active: false }, []],
    ['a short period is no reason for haste', { everyS: 10, heardAt: NOW - 120_000 }, []],
    ['it cannot call', { trouble: 'sipp is not installed' }, ['troubled']],
    ['always passes while centres report', { unseenReports: 1 }, ['doubtful']],
    ['too few calls to doubt', { unseenReports: 1, calls: DOUBT_CALLS - 1 }, []],
    ['it sees failures too', { unseenReports: 1, failed: true }, []],
  ])('%s', (_, given, findings) => {
    expect(findingsOf({ ...probe, ...given }, NOW)).toEqual(findings)
  })
})

describe('what the page says of a cell', () => {
  const cell = { lastAt: NOW, verdict: 'answered' as const, tried: 10, passed: 10, burst: null, reports: 0 }
  it.each([
    ['all pass', {}, 'proved'],
    ['never tried', { lastAt: null }, 'never'],
    ['as old as a proof may be', { lastAt: NOW - FRESH_MS }, 'proved'],
    ['older', { lastAt: NOW - FRESH_MS - 1 }, 'stale'],
    ['the last one failed', { verdict: 'failed' as const }, 'failing'],
    [
      'it failed, and a burst has cleared it',
      { verdict: 'failed' as const, burst: 'cleared' as const, passed: 8 },
      'proved',
    ],
    ['a tenth of the hour failed', { passed: 9 }, 'partly'],
    ['less', { tried: 11, passed: 10 }, 'proved'],
    ['all pass and a centre reports: the centre', { reports: 1 }, 'contradicted'],
  ])('%s', (_, given, says) => {
    expect(cellProof({ ...cell, ...given }, NOW)).toBe(says)
  })
})

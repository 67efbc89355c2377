import { describe, expect, it, test } from 'vitest'
import { fact, VITAL } from './fact.fixture.ts'
import type { Said } from './facts.ts'
import { outcomeOf } from './outcome.ts'
import { type Qualification, qualifies } from './qualification.ts'
import { correlationValues } from './thresholds.ts'

const { duplicateMin, sameCaseMin } = correlationValues()
const passed = (ok: number, tried: number) => ({ ok, tried, windowMin: 5 })

describe('a report by itself', () => {
  test.each<[string, Partial<Said>, Qualification]>([
    ['a verified centre', {}, 'failure'],
    ['form not known', { symptom: 'UNKNOWN' }, 'failure'],
    ['a code nobody foresaw', { symptom: 'WEIRD_ECHO' }, 'failure'],
    ['a kind nobody foresaw', { reporterKind: 'beacon_watch' }, 'failure'],
    ['a public safety answering point', { reporterKind: 'public_safety_answering_point' }, 'failure'],
    ['a media regulator', { reporterKind: 'media_regulator' }, 'failure'],
    ['a large company', { reporterKind: 'enterprise_customer' }, 'failure'],
    ['not called back', { verified: false }, 'unverified'],
    ['a newspaper', { reporterKind: 'media', verified: false }, 'media'],
    ['a citizen, even verified', { reporterKind: 'citizen' }, 'public'],
    ['a customer', { reporterKind: 'residential_customer' }, 'public'],
    ['read on a social network', { channel: 'social_watch' }, 'public'],
    ['no number named', { numbers: [] }, 'no_vital_number'],
    ['115 only', { numbers: ['115'] }, 'no_vital_number'],
    ['one vital of two', { numbers: ['115', '15'] }, 'failure'],
    ['exercise, nothing to report', { symptom: 'NONE', text: 'EXERCICE. Bascule à 14 h.' }, 'exercise'],
    ['an exercise that plays a failure', { text: 'This is an exercise: 999 is lost.' }, 'exercise'],
    ['an exercise, said last', { text: 'Le 18 ne sonne plus à Lille. EXERCICE.' }, 'exercise'],
    ['an exercise, in brackets', { text: 'Perte du 15 (exercice) sur tout le secteur' }, 'exercise'],
    ['an exercise message', { text: 'Bonjour, message d’exercice : le 112 est perdu.' }, 'exercise'],
    ['an exercise, in the middle, in capitals', { text: 'CODIS 59 EXERCICE perte du 18' }, 'exercise'],
    ['an exercise that turned real', { text: 'EXERCICE suspendu : le 18 ne sonne plus.' }, 'failure'],
    ['no exercise, in capitals', { text: 'CECI N’EST PAS UN EXERCICE, le 18 est perdu.' }, 'failure'],
    [
      'after an exercise, for real',
      { text: 'Après l’exercice, plus de 18, cette fois c’est réel.' },
      'failure',
    ],
    ["the platform's mark alone", { text: 'EXERCICE EXERCICE EXERCICE le 18 ne sonne plus' }, 'failure'],
    [
      'an exercise mentioned in a failure',
      { text: 'En plein exercice, le 18 est tombé pour de bon.' },
      'failure',
    ],
    ['works announced', { symptom: 'NONE', text: 'Travaux programmés cette nuit.' }, 'works'],
    [
      'works over, tests good',
      { symptom: 'NONE', text: 'Travaux terminés.', tests: passed(5, 5) },
      'all_clear',
    ],
    ['works that broke something', { text: 'Travaux programmés, et depuis plus rien.' }, 'failure'],
    ['all clear', { symptom: 'NONE', tests: passed(6, 6) }, 'all_clear'],
    ['a full room', { symptom: 'USER_BUSY' }, 'load'],
    ['phantom calls', { symptom: 'GHOST_CALLS' }, 'load'],
    [
      'busy from one named network, tests failing',
      { symptom: 'USER_BUSY', callingOperator: 'Kappa', tests: passed(1, 5) },
      'failure',
    ],
    ['the site fell, cause unknown', { symptom: 'SITE_ALL_DOWN' }, 'failure'],
    [
      'the site fell, its own exchange',
      { symptom: 'SITE_ALL_DOWN', text: 'Notre autocom est tombé.' },
      'site_explained',
    ],
    ['back, tests pass', { text: "C'est revenu.", tests: passed(6, 6) }, 'site_explained'],
    ['back, one test fails', { text: "C'est revenu.", tests: passed(5, 6) }, 'failure'],
    ['back, no test', { text: "C'est revenu." }, 'failure'],
    [
      'hospital behind its own IPBX',
      { symptom: 'OUTBOUND_FAIL', text: 'Depuis notre IPBX, rien.' },
      'failure',
    ],
  ])('%s', (_, said, why) => {
    const verdict = qualifies(fact(1, 0, said), [], VITAL)
    expect(verdict.why).toBe(why)
    expect(verdict.qualifies).toBe(why === 'failure')
  })
})

describe('a report after another of the same territory', () => {
  const centre = fact(1, 0, { organisation: 'sdis 59' })
  test.each<[string, number, Partial<Said> & { place?: string }, Qualification]>([
    ['its mairie', 19, { reporterKind: 'mairie' }, 'duplicate'],
    ['its mairie at the limit', duplicateMin, { reporterKind: 'mairie' }, 'duplicate'],
    ['its mairie beyond', duplicateMin + 1, { reporterKind: 'mairie' }, 'failure'],
    ['a mairie elsewhere', 19, { reporterKind: 'mairie', place: '62' }, 'failure'],
    ['a mairie on another number', 19, { reporterKind: 'mairie', numbers: ['17'] }, 'failure'],
    ['a mairie that names the network', 19, { reporterKind: 'mairie', callingOperator: 'Kappa' }, 'failure'],
    ['a relay in words', 20, { reporterKind: 'prefecture_sidpc', text: 'Je relaie le SDIS.' }, 'relay'],
    [
      'a relay in English',
      20,
      { reporterKind: 'ministry', text: 'We are relaying what they told us.' },
      'relay',
    ],
    ['transmits upward', 20, { reporterKind: 'ars', text: 'Je transmets au CORRUSS.' }, 'failure'],
    ['a préfecture that sees by itself', 20, { reporterKind: 'prefecture_sidpc' }, 'failure'],
    [
      'a zone that relays several',
      20,
      {
        ...{ reporterKind: 'coz', text: 'Je relaie six départements.' },
        territory: { code: 'Z-NORD', kind: 'zone', parents: ['FR'] },
      },
      'failure',
    ],
    ['the same organisation again', 60, { organisation: 'sdis 59' }, 'update'],
    ['the same, a day later', sameCaseMin, { organisation: 'sdis 59' }, 'update'],
    ['the same, later than a day', sameCaseMin + 1, { organisation: 'sdis 59' }, 'failure'],
    ['the same, another number', 60, { organisation: 'sdis 59', numbers: ['112'] }, 'failure'],
    ['attached by a person', 60, { duplicateOf: 1 }, 'duplicate'],
  ])('%s', (_, min, said, why) => {
    expect(qualifies(fact(2, min, said), [centre], VITAL).why).toBe(why)
  })

  it('a relay of somebody who never called is the first news', () => {
    const relay = fact(2, 0, { reporterKind: 'prefecture', text: 'Je relaie le SDIS.' })
    expect(qualifies(relay, [], VITAL).qualifies).toBe(true)
  })

  it('an authority that only asks for news brings none; with a figure it does', () => {
    const first = fact(1, 0, { organisation: 'cogic', reporterKind: 'cogic' })
    const asks = { organisation: 'cogic', reporterKind: 'cogic', text: 'Point demandé pour 21 h.' }
    expect(qualifies(fact(2, 60, asks), [first], VITAL)).toMatchObject({ qualifies: false, why: 'request' })
    expect(qualifies(fact(2, 60, { ...asks, tests: passed(2, 9) }), [first], VITAL).why).toBe('update')
  })
})

test.each<[Partial<Said>, string]>([
  [{}, 'case'],
  [{ reporterKind: 'media' }, 'redirected'],
  [{ reporterKind: 'citizen', verified: false }, 'redirected'],
  [{ verified: false }, 'unverified'],
  [{ symptom: 'NONE' }, 'all_clear'],
  [{ duplicateOf: 9 }, 'attached'],
  [{ symptom: 'USER_BUSY' }, 'case'],
])('intake of %o is %s', (said, outcome) => {
  expect(outcomeOf(qualifies(fact(1, 0, said), [], VITAL))).toBe(outcome)
})

import { invented } from './invented.fixture.ts'

/** One mobile operator, hours apart, a handful of voices: nothing to see for whoever counts by the half hour. */
export const SLOW_OPERATOR = invented('slow-operator', 'AU', '2025-09-18T00:20:00+09:30', [
  ...[20, 95, 260].map((at) => ({
    ...{ at, kind: 'customer', org: `Customer ${at}`, code: 'AU-SA', numbers: ['000'], verified: false },
    ...{ symptom: 'NO_RING', operator: 'Kappa Mobile', technology: 'mobile', text: 'Could not get through.' },
  })),
  {
    ...{ at: 150, kind: 'police', org: 'State police operations centre', code: 'AU-SA', numbers: ['000'] },
    ...{ symptom: 'NO_RING', operator: 'Kappa Mobile', technology: 'mobile' },
    text: 'A resident walked in. Her handset calls everyone else without trouble.',
  },
  {
    ...{ at: 410, kind: 'retailer', org: 'Another carrier shop', code: 'AU-NT', numbers: ['000'] },
    ...{ symptom: 'POOR_AUDIO', operator: 'Lambda', text: 'Choppy, once.' },
  },
  {
    ...{ at: 655, kind: 'ambulance_service', org: 'Ambulance service desk', code: 'AU-WA', numbers: ['000'] },
    ...{
      symptom: 'FAST_BUSY',
      operator: 'Kappa Mobile',
      technology: '4G',
      tests: [0, 3] as [number, number],
    },
    text: 'Crews tried from their own phones: only that network fails.',
  },
])

/** One call-handling platform for a country, early on a Sunday. */
export const NATIONAL_HANDLING = invented('national-handling', 'UK', '2023-06-25T06:24:00+01:00', [
  {
    ...{ at: 8, kind: 'police', org: 'Northshire Police control room', code: 'NSH', numbers: ['999'] },
    ...{ symptom: 'DROP_ON_ANSWER', text: 'Calls arrive and drop when the operator connects them.' },
  },
  {
    ...{ at: 15, kind: 'citizen', org: 'Caller', code: 'NSH', numbers: ['999'], symptom: 'NO_RING' },
    ...{ verified: false, text: 'I could not get through to 999.' },
  },
  {
    ...{
      at: 19,
      kind: 'ambulance_trust',
      org: 'Southern Ambulance Trust',
      code: 'STH',
      numbers: ['999', '112'],
    },
    ...{ symptom: 'LONG_SETUP', text: 'Calls reach us minutes late or not at all.' },
  },
  {
    ...{ at: 31, kind: 'fire_and_rescue', org: 'Westmoor Fire and Rescue', code: 'WMR', numbers: ['999'] },
    ...{ symptom: 'INBOUND_DROP', text: 'Inflow fell by half.' },
  },
])

/** Counties of several states; the operator's network and its portal fall together, slowly, by night. */
export const SLOW_SPREAD = invented('slow-spread', 'US', '2018-12-27T01:00:00-07:00', [
  ...['WA-KING', 'MO-STL', 'ID-ADA', 'AZ-PIMA', 'MA-WOR', 'OR-LANE', 'NM-BERN'].map((code, index) => ({
    ...{ at: 10 + index * 33, kind: '911_center', org: `${code} 911`, code, numbers: ['911'] },
    ...{ symptom: index % 2 ? 'FAST_BUSY' : 'NO_RING', text: 'Wireless 911 calls fail to reach us.' },
  })),
])

/** A neighbouring country's 110 and 112: one federal authority with a view of many states. */
export const FOREIGN_AUTHORITY = invented('foreign-authority', 'DE', '2021-11-11T06:00:00+01:00', [
  {
    ...{ at: 5, kind: 'leitstelle', org: 'Leitstelle Musterkreis', code: 'DE-HE', numbers: ['112'] },
    ...{ symptom: 'INBOUND_DROP', text: 'Inflow fell sharply.' },
  },
  {
    ...{ at: 21, kind: 'federal_agency', org: 'Federal situation centre', code: 'DE', name: 'Germany' },
    ...{ numbers: ['110', '112'], symptom: 'INTERMITTENT', text: 'Several states report 110 and 112 down.' },
  },
])

/** A quiet day abroad: each thing for itself. */
export const QUIET_ABROAD = invented('quiet-abroad', 'NL', '2019-06-20T06:00:00+02:00', [
  {
    ...{
      at: 30,
      kind: 'meldkamer',
      org: 'Meldkamer Oost',
      code: 'NL-GE',
      numbers: ['112'],
      symptom: 'NO_CLI',
    },
    text: 'Every second call without a number.',
  },
  {
    ...{
      at: 45,
      kind: 'meldkamer',
      org: 'Meldkamer Noord',
      code: 'NL-GR',
      numbers: ['112'],
      symptom: 'NONE',
    },
    text: 'This is an exercise: fail-over from ten to eleven.',
  },
  {
    ...{
      at: 50,
      kind: 'hospital',
      org: 'City hospital',
      code: 'NL-UT',
      numbers: ['112'],
      symptom: 'SITE_ALL_DOWN',
    },
    ...{
      tests: [4, 4] as [number, number],
      text: 'Our switchboard restarted, everything is back to normal.',
    },
  },
  {
    ...{ at: 58, kind: 'carrier', org: 'Third carrier NOC', code: 'NL', numbers: ['112'], symptom: 'NONE' },
    text: 'Planned maintenance tonight on the interconnection, no impact expected.',
  },
  {
    ...{ at: 61, kind: 'newspaper', org: 'Daily', code: 'NL', numbers: ['112'], symptom: 'UNKNOWN' },
    ...{ verified: false, text: 'Is 112 down?' },
  },
])

/** A country with numbers of its own, one for each service; a wide failure of two of them, the third spared. */
export const OWN_NUMBERS = invented('own-numbers', 'NO', '2024-10-08T12:00:00+02:00', [
  ...[
    { at: 5, kind: 'ambulance', org: 'AMK Oslo', code: 'NO-03', numbers: ['113'] },
    { at: 11, kind: 'fire', org: '110-sentralen Trondheim', code: 'NO-50', numbers: ['110'] },
    { at: 16, kind: 'ambulance', org: 'AMK Bergen', code: 'NO-46', numbers: ['113'] },
    { at: 22, kind: 'ambulance', org: 'AMK Tromsø', code: 'NO-55', numbers: ['113'] },
  ].map((one) => ({
    ...{ ...one, symptom: 'INBOUND_DROP', tests: [1, 6] as [number, number] },
    text: 'Calls no longer reach us from mobiles; 112 is not touched.',
  })),
])

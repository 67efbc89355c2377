/** Drills of our own, made to be unlike the two given ones. Everything in them is invented. */
type Line = {
  at: number
  kind: string
  org: string
  code: string
  name?: string
  numbers: string[]
  symptom: string
  operator?: string
  technology?: string
  verified?: boolean
  tests?: [number, number]
  text: string
}

export function invented(id: string, country: string, t0: string, lines: Line[]): unknown {
  return {
    schema: 'hotline-drill/1',
    drill_id: id,
    ...{ title: id, title_fr: id, lang: country === 'FR' ? 'fr' : 'en', country, operator_cell: 'any' },
    exercise_marker: 'EXERCICE EXERCICE EXERCICE',
    label: 'INVENTED DRILL',
    clock: { t0_local: t0, t0_meaning: 'arbitrary' },
    ...{ goal: '', reality: {}, benchmarks: {}, reference_rule_results: {}, counts: {} },
    events: lines.map((line, index) => ({
      ...{ seq: index + 1, type: 'report', offset_min: line.at, local_time: t0, channel: 'phone' },
      reporter: { kind: line.kind, org: line.org, verified: line.verified ?? true },
      territory: { code: line.code, name: line.name ?? line.code },
      numbers: line.numbers,
      calling: { operator: line.operator ?? null, technology: line.technology ?? null },
      ...{ site_access: null, symptom: line.symptom, long_number_ok: null, fallback: null },
      tests: line.tests ? { ok: line.tests[0], tried: line.tests[1], window_min: 10 } : null,
      ...{ text: line.text, grounding: 'invented', source: [], noise: null },
    })),
  }
}

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

/** A cable under one département: many voices, one cause, and one unlucky report from elsewhere. */
export const LOCAL_CUT = invented('local-cut', 'FR', '2026-02-11T09:00:00+01:00', [
  {
    ...{ at: 3, kind: 'mairie', org: 'Mairie de Valclair', code: '48', numbers: ['18'], symptom: 'NO_RING' },
    text: 'Plus rien depuis le passage des pelleteuses.',
  },
  {
    ...{ at: 7, kind: 'sdis', org: 'SDIS 48 - CTA/CODIS', code: '48', numbers: ['18', '112'] },
    ...{ symptom: 'NO_RING', text: 'La fibre a été coupée, ni fixe ni mobile sur la moitié du département.' },
  },
  {
    ...{ at: 11, kind: 'samu', org: 'SAMU 48', code: '48', numbers: ['15'], symptom: 'INBOUND_DROP' },
    text: 'Le câble est coupé, plus aucun appel du nord du département.',
  },
  {
    ...{ at: 14, kind: 'gendarmerie', org: 'CORG 48', code: '48', numbers: ['17'], symptom: 'NO_RING' },
    text: 'Câble sectionné sur la nationale, ni fixe ni portable.',
  },
  {
    ...{ at: 18, kind: 'hospital', org: 'CH 48', code: '48', numbers: ['15'], symptom: 'OUTBOUND_FAIL' },
    text: 'Plus aucune ligne ne sort.',
  },
  {
    ...{ at: 22, kind: 'mairie', org: 'Mairie de Montbrun', code: '48', numbers: ['18'], symptom: 'NO_RING' },
    text: 'Toute la commune est isolée.',
  },
  {
    ...{
      at: 26,
      kind: 'sdis',
      org: 'SDIS 33 - CTA/CODIS',
      code: '33',
      numbers: ['18'],
      symptom: 'MISROUTED',
    },
    text: 'Une commune arrive au mauvais centre depuis ce matin.',
  },
])

/** A storm evening: rooms full, lines engaged; nothing in the network. */
export const EVENING_SATURATION = invented('evening-saturation', 'FR', '2026-08-14T18:40:00+02:00', [
  ...['13', '83', '84', '30', '34'].map((code, index) => ({
    ...{ at: index * 6, kind: 'sdis', org: `SDIS ${code} - CTA/CODIS`, code, numbers: ['18', '112'] },
    ...{ symptom: 'USER_BUSY', text: "Toutes les positions sont prises, l'orage. Ce n'est pas une panne." },
  })),
  {
    ...{ at: 40, kind: 'samu', org: 'SAMU 30', code: '30', numbers: ['15'], symptom: 'GHOST_CALLS' },
    text: 'Rafales d’appels muets depuis une résidence.',
  },
  {
    ...{ at: 44, kind: 'citizen', org: 'Particulier', code: '34', numbers: ['18'], symptom: 'USER_BUSY' },
    ...{ verified: false, text: 'Ça sonne occupé.' },
  },
])

/** Small operators, each with a fault of its own, over one day. */
export const UNRELATED_MVNOS = invented('unrelated-mvnos', 'FR', '2026-04-02T07:00:00+02:00', [
  {
    ...{ at: 20, kind: 'samu', org: 'SAMU 62', code: '62', numbers: ['15'], symptom: 'DROP_TIMED' },
    ...{ operator: 'MVNO', technology: 'VoLTE', text: 'Coupe à trente secondes.' },
  },
  {
    ...{ at: 140, kind: 'sdis', org: 'SDIS 33', code: '33', numbers: ['18'], symptom: 'FAST_BUSY' },
    ...{ operator: 'MVNO', technology: 'mobile', text: 'Un seul opérateur mobile virtuel.' },
  },
  {
    ...{ at: 300, kind: 'sdis', org: 'SDIS 67', code: '67', numbers: ['18'], symptom: 'NO_RING' },
    ...{ operator: 'Mobile Alpha', text: 'Rien depuis cet opérateur.' },
  },
  {
    ...{ at: 420, kind: 'police_cic', org: 'CIC DDSP 29', code: '29', numbers: ['17'], symptom: 'NO_RING' },
    ...{ operator: 'Mobile Bêta', text: 'Rien depuis cet opérateur.' },
  },
  {
    ...{ at: 600, kind: 'samu', org: 'SAMU 06', code: '06', numbers: ['15'], symptom: 'NO_LOCATION' },
    ...{ operator: 'Mobile Alpha', text: 'Plus de localisation.' },
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

/** One hospital alone: nobody can call out of it, three of its desks say so. */
export const ONE_HOSPITAL = invented('one-hospital', 'FR', '2026-05-20T10:00:00+02:00', [
  ...['Hôpital de Valmont - standard', 'Hôpital de Valmont - urgences', 'Hôpital de Valmont - direction'].map(
    (org, index) => ({
      ...{ at: 4 + index * 5, kind: 'hospital', org, code: '21', numbers: ['15'], symptom: 'OUTBOUND_FAIL' },
      text: 'Plus aucun appel ne sort de l’hôpital, ni le 15 ni le reste.',
    }),
  ),
])

/** Two causes the same hour, a country apart: a routing table in one département, a cut cable in another. */
export const TWO_CAUSES = invented('two-causes', 'FR', '2026-06-03T15:00:00+02:00', [
  ...[
    { at: 4, kind: 'samu', org: 'SAMU 29', numbers: ['15'] },
    { at: 9, kind: 'sdis', org: 'SDIS 29 - CTA/CODIS', numbers: ['18', '112'] },
    { at: 14, kind: 'police_cic', org: 'CIC DDSP 29', numbers: ['17'] },
  ].map((one) => ({
    ...{ ...one, code: '29', symptom: 'MISROUTED' },
    text: 'Des appels de Brest arrivent dans un autre département.',
  })),
  ...[
    { at: 21, kind: 'mairie', org: 'Mairie de Sainte-Aube', numbers: ['18'] },
    { at: 24, kind: 'sdis', org: 'SDIS 68 - CTA/CODIS', numbers: ['18'] },
    { at: 33, kind: 'samu', org: 'SAMU 68', numbers: ['15'] },
  ].map((one) => ({
    ...{ ...one, code: '68', symptom: 'NO_RING' },
    text: 'Câble sectionné par une pelleteuse, la vallée n’a plus ni fixe ni mobile.',
  })),
])

/** A match on television: mobiles flood the rooms of four départements; the network carries every call. */
export const MOBILE_FLOOD = invented('mobile-flood', 'FR', '2026-07-10T21:00:00+02:00', [
  ...['75', '69', '31', '59'].map((code, index) => ({
    ...{ at: 3 + index * 4, kind: 'samu', org: `SAMU ${code}`, code, numbers: ['15'], symptom: 'USER_BUSY' },
    ...{ technology: 'mobile', tests: [9, 9] as [number, number] },
    text: 'Afflux d’appels depuis les mobiles, nos lignes sont occupées, nos essais passent.',
  })),
  ...['75', '69'].map((code) => ({
    ...{ at: 20, kind: 'sdis', org: `SDIS ${code}`, code, numbers: ['18'], symptom: 'GHOST_CALLS' },
    ...{ technology: 'mobile', text: 'Rafales d’appels muets.' },
  })),
])

/** The public telephones before anyone else: twelve households, one unsure desk, no centre. */
export const ONLY_CITIZENS = invented('only-citizens', 'FR', '2026-09-18T11:00:00+02:00', [
  ...['13', '83', '06', '84', '30', '34', '11', '66', '09', '31', '65', '64'].map((code, index) => ({
    ...{ at: 2 + index * 2, kind: 'citizen', org: `Particulier ${index}`, code, numbers: ['112'] },
    ...{ symptom: 'NO_RING', operator: 'Mobile Gamma', technology: '4G', verified: false },
    text: 'Le 112 ne répond pas depuis mon portable.',
  })),
  {
    ...{ at: 40, kind: 'media', org: 'Radio locale', code: '13', numbers: ['112'], symptom: 'UNKNOWN' },
    ...{ verified: false, text: 'Nos auditeurs disent que le 112 ne répond plus.' },
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

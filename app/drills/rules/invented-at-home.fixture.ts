import { invented } from './invented.fixture.ts'

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

const EIGHT = ['59', '62', '80', '75', '69', '13', '31', '33']
const waveAt = (from: number, text: string) =>
  EIGHT.map((code, index) => ({
    ...{ at: from + index, kind: 'sdis', org: `SDIS ${code}`, code, numbers: ['18', '112'] },
    ...{ symptom: 'INBOUND_DROP', text },
  }))

/** A fault of one place in the morning, eight départements at nine, and eight again in the afternoon. */
export const TWO_WAVES = invented('two-waves', 'FR', '2026-03-10T08:00:00+01:00', [
  ...['SAMU 59', 'Préfecture 59'].map((org, index) => ({
    ...{ at: index * 12, kind: index === 0 ? 'samu' : 'prefecture_sidpc', org, code: '59', numbers: ['15'] },
    ...{ symptom: 'NO_RING', text: 'Silence depuis une partie de la métropole.' },
  })),
  ...waveAt(60, 'Les appels entrants ont chuté.'),
  ...waveAt(440, 'Cela recommence : les appels entrants ont chuté.'),
])

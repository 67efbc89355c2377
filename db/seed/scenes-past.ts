import type { Scene } from './stage.ts'
import {
  acknowledge,
  attempt,
  close,
  confirm,
  diagnose,
  duplicateOf,
  level,
  reopen,
  restore,
  tests,
  update,
  wait,
} from './steps.ts'

const DAY = 24 * 60
/** N3 and N4 close after a busy hour: fourteen hours hold one whatever the hour at which the demonstration starts. */
const NEXT_DAY = 14 * 60

/** Cases that have come to their end, one way or another, and one that came back. */
export const PAST_SCENES: Scene[] = [
  {
    ago: 1_080,
    by: 'CORG de Seine-et-Marne (77)',
    report: {
      numbers: ['17'],
      symptom: 'NO_CLI',
      symptomWords: 'Numéro de l’appelant absent sur les appels de deux communes.',
      communeCodes: ['77288', '77284'],
    },
    steps: [
      acknowledge(8, 240),
      restore(120, 'Paramètre rétabli sur le commutateur.'),
      confirm(150, 6, { technology: 'box', number: '17' }),
      close(160, 'operator_core', 'Paramètre perdu lors d’une mise à jour.'),
      reopen(1_040, 'Le numéro manque de nouveau depuis ce matin, dit la salle.', 240),
      tests(1_050, 5, 8, { technology: 'box', number: '17', windowMin: 6 }),
      update(1_062, 'Reproduit depuis une seule commune cette fois.', 240),
    ],
  },
  {
    ago: 2 * DAY,
    by: 'SDIS 84 – Vaucluse',
    report: {
      numbers: ['18'],
      symptom: 'MISROUTED',
      symptomWords: 'Des appels du 18 arrivent encore au centre voisin.',
      communeCodes: ['84007'],
    },
    steps: [
      acknowledge(2),
      tests(8, 4, 6, { technology: 'box', number: '18', windowMin: 5 }),
      diagnose(16, 'Renvoi posé pendant les travaux de la semaine passée, jamais retiré.'),
      restore(24, 'Renvoi retiré.', 900),
      confirm(50, 8, { technology: 'box', number: '18' }),
      close(50 + NEXT_DAY, 'forgotten_reroute', 'Renvoi provisoire oublié, retiré.'),
    ],
  },
  {
    ago: 3 * DAY,
    by: 'SAMU 59 – Nord',
    report: {
      numbers: ['15'],
      symptom: 'NO_RING',
      symptomWords: 'Silence depuis les cabines de la gare.',
      communeCodes: ['59350'],
      callingTechnology: 'copper',
    },
    steps: [
      acknowledge(3),
      tests(9, 0, 4, { technology: 'copper', number: '15', windowMin: 5 }),
      update(28, 'Sous-répartiteur en défaut, technicien en route.'),
      restore(56, 'Câble réparé.', 900),
      confirm(90, 6, { technology: 'copper', number: '15' }, 'Six appels sur six.'),
      close(90 + NEXT_DAY, 'access', 'Câble sectionné par un chantier.'),
    ],
  },
  {
    ago: 4 * DAY,
    by: 'SDIS 62 – Pas-de-Calais',
    report: {
      numbers: ['18', '112'],
      symptom: 'INTERMITTENT',
      symptomWords: 'Quelques échecs depuis les mobiles à Calais.',
      communeCodes: ['62193'],
      callingTechnology: '3g',
    },
    steps: [
      acknowledge(2),
      tests(9, 9, 10, { technology: '3g', number: '18', windowMin: 8 }),
      restore(28, 'Secteur radio relancé, aucun échec depuis.'),
      attempt(400, 'CODIS occupé, rappel demandé.', 600),
      attempt(800, 'Pas de réponse au numéro de l’annuaire.', 600),
      attempt(1_150, 'Message laissé à l’officier de permanence, courriel envoyé.', 600),
      close(1_200, 'not_reproduced', 'Sans confirmation, après trois essais pour joindre le déclarant.'),
    ],
  },
  {
    ago: 5 * DAY,
    by: 'COGIC',
    report: {
      numbers: ['15', '18', '112'],
      symptom: 'INTERMITTENT',
      symptomWords: 'Plusieurs zones remontent des appels qui n’aboutissent pas du premier coup.',
      pattern: 'random',
      told: 'CORRUSS, CCED',
    },
    steps: [
      acknowledge(2),
      tests(8, 41, 60, { technology: 'volte', number: '112', windowMin: 6 }),
      update(12, 'Perte confirmée depuis deux réseaux mobiles, dans cinq départements.', 28),
      diagnose(30, 'Interconnexion saturée entre deux opérateurs après une bascule.'),
      update(38, 'Trafic réparti sur un second chemin, effet attendu dans dix minutes.', 28),
      restore(64, 'Taux de réussite revenu à 99,8 % sur les cinq départements.', 1_200),
      confirm(140, 60, { technology: 'volte', number: '112' }, 'Retours favorables des zones.'),
      close(140 + NEXT_DAY, 'interconnection', 'Capacité relevée et alarme ajoutée.'),
    ],
  },
  {
    key: 'touraine',
    ago: 6 * DAY,
    by: 'SAMU 37 – Indre-et-Loire',
    report: {
      numbers: ['15'],
      symptom: 'DROP_MIDCALL',
      symptomWords: 'Coupures en pleine régulation, trois fois en une heure.',
      siteAccess: 'rtc',
    },
    steps: [
      acknowledge(4),
      tests(9, 7, 8, { technology: 'copper', number: '15', windowMin: 9 }),
      update(28, 'Un accès primaire sur quatre perd sa synchronisation.'),
      restore(56, 'Accès défectueux isolé, les trois autres portent le trafic.', 900),
      confirm(120, 12, { technology: 'copper', number: '15' }),
      close(120 + NEXT_DAY, 'access', 'Accès remplacé. Migration vers SIP à programmer.'),
    ],
  },
  {
    ago: 6 * DAY - 11,
    by: 'Préfecture d’Indre-et-Loire',
    report: {
      numbers: ['15'],
      symptom: 'DROP_MIDCALL',
      symptomWords: 'Le SAMU nous dit perdre des appels.',
    },
    steps: [acknowledge(2), duplicateOf(6, 'touraine', 'Relais du signalement du SAMU 37.')],
  },
  {
    ago: 8 * DAY,
    by: 'Centre hospitalier du Rhône (69)',
    report: {
      numbers: ['15'],
      symptom: 'USER_BUSY',
      symptomWords: 'Le 15 sonne occupé depuis le service.',
      communeCodes: ['69123'],
    },
    steps: [
      acknowledge(7, 240),
      wait(60, 'Le 15 répond à tous nos essais. Recommencez depuis un autre poste.', 600),
      confirm(200, 5, { technology: 'trunk', number: '15' }, 'Tout passe depuis un autre poste.'),
      close(230, 'no_fault', 'Poste du service en renvoi interne.'),
    ],
  },
  {
    ago: 10 * DAY,
    by: 'SAMU 972 – Martinique',
    report: {
      numbers: ['15'],
      symptom: 'SITE_ALL_DOWN',
      symptomWords: 'Plus rien en salle : ni téléphone ni données.',
      fallback: 'active',
      fallbackCapacity: 8,
    },
    steps: [
      acknowledge(2),
      tests(8, 6, 6, { technology: 'volte', number: '15', windowMin: 6 }, 'Le repli répond.'),
      level(10, 3, 'Salle entière arrêtée, repli en service.'),
      update(24, 'Réseau hors de cause jusqu’à votre bâtiment. Votre onduleur est à l’arrêt.', 28),
      restore(50, 'Énergie rétablie sur votre site à 21 h, nos accès sont remontés.', 1_200),
      confirm(100, 10, { technology: 'volte', number: '15' }, 'Retour en salle, repli fermé.'),
      close(100 + NEXT_DAY, 'customer_site', 'Onduleur du site remplacé.'),
    ],
  },
  {
    ago: 12 * DAY,
    by: 'CIC police de la Haute-Garonne (31)',
    report: {
      numbers: ['17'],
      symptom: 'FAST_BUSY',
      symptomWords: 'Tonalité rapide depuis le quartier de la gare.',
      communeCodes: ['31555'],
    },
    steps: [
      acknowledge(2),
      tests(9, 1, 6, { technology: 'box', number: '17', windowMin: 5 }),
      update(28, 'Local technique sans climatisation, équipement en sécurité thermique.'),
      restore(55, 'Climatisation de secours en place.', 900),
      confirm(100, 6, { technology: 'box', number: '17' }),
      close(100 + NEXT_DAY, 'power_climate', 'Climatisation réparée, seuil d’alarme abaissé.'),
    ],
  },
]

import type { Scene } from './stage.ts'
import {
  acknowledge,
  answer,
  answerFor,
  attempt,
  close,
  confirm,
  declare,
  incident,
  restore,
  stillFailing,
  tests,
  update,
  wait,
} from './steps.ts'

const DAY = 24 * 60
/** The first report of the incident; the relapse came two days later. */
const FIRST = 3 * DAY - 100
const RELAPSE = DAY + 340

/** One incident that the operator restored, relapsed and restored again: what it left behind, of three ages. */
export const RESIDUAL_SCENES: Scene[] = [
  {
    ago: FIRST,
    by: 'SAMU 86 – Vienne',
    report: {
      numbers: ['15'],
      symptom: 'INTERMITTENT',
      symptomWords: 'Un appel sur six n’arrive pas, on entend juste un silence.',
      communeCodes: ['86194'],
      pattern: 'random',
    },
    steps: [
      acknowledge(3),
      tests(9, 9, 10, { technology: 'volte', number: '15', windowMin: 6 }),
      declare(18, 'Le nœud de Poitiers porte tous les centres du département : une seule cause probable.'),
      update(28, 'Pertes vues sur un nœud de Poitiers, équipe sur place.'),
      incident(40, 'confirmed', 'Pertes confirmées sur le nœud de Poitiers.'),
      update(55, 'Carte en défaut isolée, bascule en préparation.'),
      update(82, 'Bascule en cours.'),
      incident(
        95,
        'restored',
        'Trafic basculé sur le second nœud. Merci de refaire vos essais.',
        'operator_core',
      ),
      update(120, 'Dix appels sur dix de notre côté. À vous de confirmer.', 1_400),
      stillFailing(1_000, 'Encore deux silences ce matin, depuis la même commune.', 8, 10),
      tests(1_008, 10, 10, { technology: 'volte', number: '15', windowMin: 6 }),
      wait(1_025, 'Rien vu chez nous. Merci de noter l’heure et le réseau des prochains échecs.', 1_400),
      answer(2_300, 'Trois échecs notés, tous depuis des mobiles d’un même opérateur.'),
      restore(2_318, 'Route de cet opérateur reprise à la main. Merci de refaire vos essais.', 1_400),
      answerFor(2_330),
      attempt(3_600, 'Médecin régulateur joint, essais prévus à la relève.', 1_400),
    ],
  },
  {
    ago: FIRST - 35,
    by: 'SDIS 86 – Vienne',
    report: {
      numbers: ['18'],
      symptom: 'INTERMITTENT',
      symptomWords: 'Des appels du 18 se perdent, sans tonalité.',
      communeCodes: ['86066'],
      pattern: 'random',
    },
    steps: [
      acknowledge(2),
      tests(8, 9, 10, { technology: 'volte', number: '18', windowMin: 6 }),
      update(28, 'Même cause que pour le 15, équipe sur place.'),
      update(54, 'Bascule en cours.'),
      update(84, 'Dix appels sur dix de notre côté. À vous de confirmer.', 1_400),
      attempt(1_300, 'CODIS joint : essais à faire avec le centre de Châtellerault.', 1_400),
      attempt(2_650, 'Chef de salle occupé par une intervention, rappel convenu.', 1_400),
      update(3_950, 'Rappel convenu ce soir pour dix appels d’essai ensemble.', 1_400),
    ],
  },
  {
    ago: FIRST - 60,
    by: 'Centre hospitalier de la Vienne (86)',
    report: {
      numbers: ['15'],
      symptom: 'INTERMITTENT',
      symptomWords: 'Le 15 ne répond pas à tous les coups depuis le standard.',
      communeCodes: ['86194'],
      direction: 'out_of_caller',
    },
    steps: [
      acknowledge(2),
      tests(8, 9, 10, { technology: 'trunk', number: '15', windowMin: 5 }),
      update(28, 'Bascule en cours.'),
      update(60, 'Dix appels sur dix de notre côté. À vous de confirmer.', 1_400),
      confirm(900, 8, { technology: 'trunk', number: '15' }, 'Huit appels sur huit depuis le standard.'),
      close(900 + 14 * 60, 'operator_core', 'Carte du nœud de Poitiers remplacée.'),
    ],
  },
  {
    ago: RELAPSE,
    by: 'CIC police de la Vienne (86)',
    report: {
      numbers: ['17'],
      symptom: 'INTERMITTENT',
      symptomWords: 'Des appels au 17 n’arrivent plus, au hasard.',
      communeCodes: ['86194'],
      pattern: 'random',
    },
    steps: [
      acknowledge(2),
      tests(8, 9, 10, { technology: 'volte', number: '17', windowMin: 6 }),
      incident(14, 'confirmed', 'Rechute : le second nœud perd des appels à son tour.'),
      update(28, 'Second nœud saturé depuis la bascule, capacité en cours d’ajout.'),
      update(54, 'Capacité ajoutée, mesures en cours.'),
      incident(
        80,
        'restored',
        'Capacité doublée, plus aucune perte. Merci de refaire vos essais.',
        'operator_core',
      ),
      update(105, 'Dix appels sur dix de notre côté. À vous de confirmer.', 1_400),
      attempt(1_480, 'Salle de commandement jointe : essais à faire à la prochaine relève.', 700),
    ],
  },
]

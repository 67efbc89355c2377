import { readFileSync } from 'node:fs'
import { createTranslator } from 'use-intl/core'
import { describe, expect, test } from 'vitest'
import { QUALIFICATIONS } from '#app/incidents/rules/qualification.ts'
import { THRESHOLDS } from './thresholds.ts'

const read = (locale: string, noun = 'triggers') =>
  JSON.parse(readFileSync(new URL(`../../_i18n/messages/${locale}/${noun}.json`, import.meta.url), 'utf8'))

test.each(['fr', 'en'])('every verdict and threshold has its words in %s', (locale) => {
  const words = read(locale)
  expect(Object.keys(words.qualification).sort()).toEqual([...QUALIFICATIONS].sort())
  expect(Object.keys(words.threshold).sort()).toEqual(Object.keys(THRESHOLDS).sort())
  const { amount } = read(locale, 'cell').thresholds
  for (const { unit } of Object.values(THRESHOLDS)) expect(amount).toHaveProperty(unit)
})

describe('the sentence of what is unusual', () => {
  const values = {
    ...{ numbers: '18, 112', territories: 4, organisations: 5, minutes: 15, kind: 'country', scope: '*' },
    ...{ known: 'yes', usual: 0.1, every: 2, unit: 'year', sure: 'near', more: 1 },
  }
  test.each([
    [
      'fr',
      {},
      '18, 112 : 4 départements en 15 minutes ; à cette heure vous en entendez d’habitude 0,1. Si rare par hasard : une fois en 2 ans.',
    ],
    [
      'en',
      {},
      '18, 112: 4 départements in 15 minutes; at this hour you usually hear 0.1. So rare by chance: once in 2 years.',
    ],
    [
      'fr',
      { known: 'no', usual: 'little', kind: 'operator', scope: 'alpha', every: 3, unit: 'month' },
      '18, 112 : 4 départements en 15 minutes, depuis l’opérateur alpha ; sans historique, on s’attend à moins de 0,1. Si rare par hasard : une fois en 3 mois.',
    ],
  ])('%s %j', (locale, change, sentence) => {
    const t = createTranslator({
      locale: locale as 'fr',
      messages: { triggers: read(locale) },
      namespace: 'triggers',
    })
    expect(t('proposal.unusual' as never, { ...values, ...change } as never)).toBe(sentence)
  })

  test.each([
    [
      'near',
      2,
      'Le silence ne déclenche pas, le suivant est appelé ; avec 2 départements de plus dans le même temps, il déclencherait.',
    ],
    [
      'yes',
      0,
      'Sans réponse, le silence déclenchera la cellule ; un refus nommé l’en empêche, ou une cause extérieure reconnue.',
    ],
    ['far', 7, 'Le silence ne déclenche pas : le suivant est appelé, tant que personne ne répond.'],
  ])('what would change it: %s', (sure, more, sentence) => {
    const t = createTranslator({ locale: 'fr', messages: { triggers: read('fr') }, namespace: 'triggers' })
    expect(t('proposal.change' as never, { sure, more } as never)).toBe(sentence)
  })
})

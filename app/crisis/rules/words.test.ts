import { readFileSync } from 'node:fs'
import { createTranslator } from 'use-intl/core'
import { expect, it, test } from 'vitest'
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

it('the reasons of a proposal are said with their figures', () => {
  const t = createTranslator({ locale: 'fr', messages: { triggers: read('fr') }, namespace: 'triggers' })
  const values = {
    organisations: 5,
    territories: 4,
    minutes: 17,
    family: 'routing',
    access: 'mobile',
    numbers: '15, 18',
  }
  expect(t('proposal.R3b' as never, { ...values, scope: '*' } as never)).toBe(
    'Une même cause probable : 5 organisations, 4 territoires, 17 minutes, pannes toutes d’acheminement, toutes depuis des mobiles ; appels au 15, 18.',
  )
})

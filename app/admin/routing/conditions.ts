import { getTranslations } from 'next-intl/server'
import type { RoutingRule } from '#app/cases/rules/routing.ts'
import { ORGANISATION_KINDS } from '#db/schema/directory.ts'
import type { Territory } from '../organisations/territories.ts'

export type Conditions = Pick<RoutingRule, 'territories' | 'numbers' | 'levels' | 'reporterKinds'>

/** People whom no organisation holds: kinds of reporter beside those of the directory. */
export const OUTSIDERS = ['citizen', 'media', 'unknown_caller'] as const
export const REPORTER_KINDS = [...ORGANISATION_KINDS, ...OUTSIDERS] as const

/** What a rule asks, in words: a line a condition; none when it takes everything. */
export async function conditionWords(territories: Territory[]) {
  const t = await getTranslations('routing')
  const kind = await kindWord()
  const words = await getTranslations('vocabulary')
  const place = (code: string) => {
    const found = territories.find((one) => one.code === code)
    return found?.kind === 'departement' ? `${found.name} (${code})` : (found?.name ?? code)
  }
  return (rule: Conditions): string[] =>
    [
      rule.territories.length > 0 && t('when.territories', { list: rule.territories.map(place).join(', ') }),
      rule.numbers.length > 0 && t('when.numbers', { list: rule.numbers.join(', ') }),
      rule.levels.length > 0 &&
        t('when.levels', {
          list: rule.levels.map((level) => words(`levelShort.${level as 1}`)).join(', '),
        }),
      rule.reporterKinds.length > 0 && t('when.kinds', { list: rule.reporterKinds.map(kind).join(', ') }),
    ].filter((line) => line !== false)
}

export async function kindWord(): Promise<(kind: string) => string> {
  const words = await getTranslations('vocabulary')
  return (kind) => {
    const outside = OUTSIDERS.find((one) => one === kind)
    return outside ? words(`reporterKind.${outside}`) : words(`organisationKind.${kind as 'samu'}`)
  }
}

import { getTranslations } from 'next-intl/server'
import type { CallerWords } from './caller-name.ts'

export async function callerWords(): Promise<CallerWords> {
  const t = await getTranslations('call_pop')
  return { withheld: t('withheld'), several: t.raw('several') as string, unknown: t('unknown') }
}

import { getTranslations } from 'next-intl/server'
import { Tag, type Tone } from '#components/tag.tsx'
import type { FallbackStanding } from '../rules/fallback.ts'

const TONES: Record<FallbackStanding, Tone> = {
  planned: 'info',
  active: 'ok',
  ending: 'warn',
  failing: 'danger',
  overdue: 'danger',
  forgotten: 'danger',
  closed: 'neutral',
}

export async function FallbackTag({ standing }: { standing: FallbackStanding }) {
  const t = await getTranslations('fallbacks')
  return <Tag tone={TONES[standing]}>{t(`standings.${standing}`)}</Tag>
}

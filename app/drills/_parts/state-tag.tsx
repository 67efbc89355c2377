import { getTranslations } from 'next-intl/server'
import { Tag, type Tone } from '#components/tag.tsx'
import type { ExerciseLine } from '../queries.ts'

const TONES: Record<ExerciseLine['state'], Tone> = {
  running: 'info',
  set_aside: 'warn',
  stopped: 'neutral',
  finished: 'ok',
}

export async function StateTag({ state }: { state: ExerciseLine['state'] }) {
  const t = await getTranslations('drills')
  return <Tag tone={TONES[state]}>{t(`states.${state}`)}</Tag>
}

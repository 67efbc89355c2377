import { getTranslations } from 'next-intl/server'
import { Tag, type Tone } from '#components/tag.tsx'
import type { BroadcastState, Wave } from '#db/schema/broadcast.ts'

const TONES: Record<BroadcastState, Tone> = {
  prepared: 'info',
  running: 'warn',
  stopped: 'danger',
  done: 'ok',
}

export async function StateTag({ state, wave }: { state: BroadcastState; wave: Wave | null }) {
  const t = await getTranslations('broadcasts')
  return (
    <Tag tone={TONES[state]}>
      {t(`states.${state}`)}
      {state === 'running' && wave ? ` · ${t(`waves.${wave}`)}` : ''}
    </Tag>
  )
}

import { getTranslations } from 'next-intl/server'
import { Tag, type Tone } from '#components/tag.tsx'
import type { CaseState } from '#db/schema/cases.ts'

const TONES: Record<CaseState, Tone> = {
  received: 'info',
  acknowledged: 'accent',
  checking: 'accent',
  diagnosed: 'accent',
  workaround: 'accent',
  waiting_reporter: 'warn',
  restored: 'warn',
  confirmed: 'ok',
  closed: 'neutral',
  duplicate: 'neutral',
  out_of_scope: 'neutral',
}

/** A state in the reporter's words; amber where the next word is his. */
export async function StateTag({ state, strong }: { state: CaseState; strong?: boolean }) {
  const t = await getTranslations('my')
  return (
    <Tag tone={TONES[state]} strong={strong}>
      {t(`state.${state}`)}
    </Tag>
  )
}

import { getTranslations } from 'next-intl/server'
import { Tag } from '#components/tag.tsx'
import type { CaseState } from '#db/schema/cases.ts'
import { STATE_TONE } from './tones.ts'

/** A state in the reporter's words. */
export async function StateTag({ state, strong }: { state: CaseState; strong?: boolean }) {
  const t = await getTranslations('my')
  return (
    <Tag tone={STATE_TONE[state]} strong={strong}>
      {t(`state.${state}`)}
    </Tag>
  )
}

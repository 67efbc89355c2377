import { getTranslations } from 'next-intl/server'
import { Tag, type Tone } from '#components/tag.tsx'
import type { Slots } from '#db/reference/vocabulary.ts'
import type { Callers } from '#db/schema/instruction.ts'
import type { Stage } from '../rules/stage.ts'
import { textOf } from '../rules/text.ts'

const TONES: Record<Stage, Tone> = {
  drafted: 'neutral',
  tested: 'info',
  agreed: 'info',
  validated: 'warn',
  in_force: 'ok',
  ended: 'neutral',
  withdrawn: 'neutral',
}

export async function StageTag({ stage }: { stage: Stage }) {
  const t = await getTranslations('instructions')
  return <Tag tone={TONES[stage]}>{t(`stages.${stage}`)}</Tag>
}

/** « 15, depuis les mobiles de Réseau Modèle, Nord ». */
export async function ScopeWords({
  one,
  territory,
}: {
  one: { failing: string; callers: Callers; operator: string | null }
  territory: string
}) {
  const t = await getTranslations('instructions')
  return (
    <>
      <strong className="tabular-nums">{one.failing}</strong>{' '}
      {t('scope_words', { callers: one.callers, operator: one.operator ?? 'none', territory })}
    </>
  )
}

/** As the public reads it. */
export function PublicText({ slots }: { slots: Slots }) {
  return (
    <blockquote className="max-w-[65ch] border-l-4 border-accent pl-3 text-lg">{textOf(slots)}</blockquote>
  )
}

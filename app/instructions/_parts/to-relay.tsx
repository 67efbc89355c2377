import { getTranslations } from 'next-intl/server'
import { marked } from '#app/exercises/rules/marker.ts'
import { LinkButton } from '#components/button.tsx'
import { CopyButton } from '#components/copy-button.tsx'
import { TextArea } from '#components/field.tsx'
import type { InstructionRead } from '../queries.ts'
import { CAP_SCOPES } from '../rules/cap.ts'
import { isAllClear } from '../rules/stage.ts'
import { textOf } from '../rules/text.ts'

/** What an authority pastes or feeds into its own tools: of one in force, or the all clear of one that was. */
export async function ToRelay({ one }: { one: InstructionRead['one'] }) {
  const over = isAllClear(one)
  if (one.state !== 'in_force' && !over) return null
  const t = await getTranslations('instructions.relay')
  const text = marked(over ? one.allClear : textOf(one.slots), one.exerciseId)
  return (
    <section className="grid gap-3" aria-labelledby="relay">
      <h2 id="relay" className="text-2xl">
        {t('title')}
      </h2>
      <p className="max-w-[65ch] text-soft">{t('explain')}</p>
      <TextArea name="relay-text" label={t('text')} readOnly rows={2} defaultValue={text} />
      <div className="flex flex-wrap gap-3">
        <CopyButton text={text} label={t('copy')} done={t('copied')} />
        {CAP_SCOPES.map((scope) => (
          <LinkButton key={scope} href={`/instructions/${one.id}/cap?scope=${scope}`} download>
            {t(`cap.${scope}`)}
          </LinkButton>
        ))}
      </div>
    </section>
  )
}

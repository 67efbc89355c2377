import { getTranslations } from 'next-intl/server'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormBoxes } from '#app/_doors/fields.tsx'
import { CHOICE_UP_TO_LEVEL, CHOSEN_TOPICS, type ChosenTopic } from '#app/notifications/rules/choice.ts'
import { Button } from '#components/button.tsx'
import { chooseToldAction } from './actions.ts'

/** What reaches somebody outside the cell. */
const FOR_REPORTERS: readonly ChosenTopic[] = ['progress']

/** Each person chooses what he is told, up to N2; what he holds, what is to be decided and what is above is always told. */
export async function Choice({ actor, quiet }: { actor: AccountActor; quiet: readonly string[] }) {
  const t = await getTranslations('inbox')
  const offered = may(actor, 'cases.watch') ? CHOSEN_TOPICS : FOR_REPORTERS
  return (
    <details className="rounded-m border border-line px-3">
      <summary className="inline-flex min-h-11 items-center font-semibold text-accent">
        {t('choice.title')}
      </summary>
      <DoorForm action={chooseToldAction} name="choice" className="grid gap-3 pb-3">
        <p className="max-w-[65ch] text-soft">{t('choice.how', { level: CHOICE_UP_TO_LEVEL })}</p>
        <FormBoxes
          name="told[]"
          label={t('choice.told')}
          options={offered.map((topic) => ({ value: topic, label: t(`choice.topic.${topic}`) }))}
          defaultValues={offered.filter((topic) => !quiet.includes(topic))}
        />
        <div>
          <Button>{t('choice.save')}</Button>
        </div>
      </DoorForm>
    </details>
  )
}

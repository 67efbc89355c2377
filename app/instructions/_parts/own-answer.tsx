import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormRadios, FormText } from '#app/_doors/fields.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Button } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { answerAction } from '../actions.ts'
import type { InstructionRead } from '../queries.ts'

/** What the organisation of whoever reads has answered, or the form to answer. */
export async function OwnAnswer({
  actor,
  read: { one, asked },
  now,
}: {
  actor: AccountActor
  read: InstructionRead
  now: Date
}) {
  const own = asked.filter((row) => row.organisationId === actor.organisationId)
  const [first] = own
  if (!first) return null
  const t = await getTranslations('instructions')
  const open = own.filter((row) => row.answer === null)
  const authority = open.some((row) => row.part === 'authority')
  if (one.state !== 'draft' || open.length === 0)
    return first.answeredAt && first.answer ? (
      <Notice tone={first.answer === 'agreed' ? 'ok' : 'warn'}>
        {t(`own.${first.answer}`, { name: first.answeredByName ?? '' })}{' '}
        <Moment at={first.answeredAt} now={now} place={one.territoryCode} />
      </Notice>
    ) : null
  return (
    <DoorForm action={answerAction} name={`answer-${one.id}`} className="grid gap-4">
      <h2 className="text-2xl">{t(authority ? 'own.authority' : 'own.actor')}</h2>
      <p className="text-soft">
        {t('own.until')} <Moment at={first.deadlineAt} now={now} place={one.territoryCode} />.{' '}
        {t('own.then_called')}
      </p>
      <input type="hidden" name="instructionId" value={one.id} />
      <input type="hidden" name="textVersion" value={one.textVersion} />
      <FormRadios
        name="answer"
        label={t('own.answer')}
        options={(['agreed', 'refused'] as const).map((value) => ({
          value,
          label: t(`own.${authority ? 'authority' : 'actor'}_${value}`),
        }))}
      />
      <FormText name="reason" label={t('own.reason')} hint={t('own.reason_hint')} />
      <div>
        <Button kind="primary" size="large">
          {t('own.send')}
        </Button>
      </div>
    </DoorForm>
  )
}

import { getTranslations } from 'next-intl/server'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { incidentLabel } from '#app/incidents/rules/name.ts'
import { Button } from '#components/button.tsx'
import { Tag } from '#components/tag.tsx'
import { closePageAction, openPageAction } from '../actions.ts'
import type { StatementsRead } from '../queries.ts'

/** Off until a director and an authority have both turned it on; either turns it off. */
export async function PublicPageState({
  actor,
  reference,
  title,
  page,
  now,
}: {
  actor: AccountActor
  reference: string
  title: string | null
  page: StatementsRead['pages'][number] | null
  now: Date
}) {
  const t = await getTranslations('statements')
  const asked = page?.directorAt && !page.offAt ? page : null
  const on = asked?.authorityAt ? asked : null
  const cell = may(actor, 'cell.watch')
  const opens = cell ? may(actor, 'public.open') && !asked : asked !== null && !on
  const closes = asked !== null && (cell ? may(actor, 'instructions.decide') : on !== null)
  return (
    <section aria-labelledby={`page-${reference}`} className="grid gap-2">
      <h2 id={`page-${reference}`} className="flex flex-wrap items-center gap-3 text-xl">
        {t('public_page')} {incidentLabel({ reference, title })}
        <Tag tone={on ? 'ok' : asked ? 'warn' : 'neutral'}>{t(on ? 'on' : asked ? 'asked' : 'off')}</Tag>
      </h2>
      {asked?.directorAt && (
        <p className="text-soft">
          {t('by_director', { name: asked.directorByName ?? '' })} <Moment at={asked.directorAt} now={now} />
          {on?.authorityAt && (
            <>
              {' · '}
              {t('by_authority', { name: on.authorityByName ?? '' })} <Moment at={on.authorityAt} now={now} />
            </>
          )}
        </p>
      )}
      <div className="flex flex-wrap gap-3 empty:hidden">
        {opens && (
          <DoorForm action={openPageAction} name={`open-${reference}`}>
            <input type="hidden" name="incident" value={reference} />
            <Button kind="primary">
              {t(cell ? 'open' : 'agree')}
              <span className="sr-only"> {reference}</span>
            </Button>
          </DoorForm>
        )}
        {closes && (
          <DoorForm action={closePageAction} name={`close-${reference}`}>
            <input type="hidden" name="incident" value={reference} />
            <Button kind="danger">
              {t('close')}
              <span className="sr-only"> {reference}</span>
            </Button>
          </DoorForm>
        )}
      </div>
    </section>
  )
}

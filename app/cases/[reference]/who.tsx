import { getLocale, getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { hourText } from '#app/_i18n/time.ts'
import { Button } from '#components/button.tsx'
import { Icon } from '#components/icon.tsx'
import { Section } from '../_parts/section.tsx'
import { factsOf, viewerOf } from '../commands/change.ts'
import { heldByAnother, judge } from '../rules/permissions.ts'
import { claimAction, releaseAction } from './actions.ts'
import type { CasePage } from './case-query.ts'
import { Presence } from './presence.tsx'

/** Who is on it: the claim, the assignment, and whose page is open now. */
export async function Who({ page, actor, now }: { page: CasePage; actor: AccountActor; now: Date }) {
  const [t, locale] = [await getTranslations('cases'), await getLocale()]
  const { row, around } = page
  const facts = factsOf(row, around.vital, around.territory?.timeZone ?? 'Europe/Paris', now)
  const viewer = viewerOf(actor, row)
  const another = heldByAnother(facts, viewer, now)
  const mine = row.claimedById === actor.accountId && row.claimedUntil !== null && row.claimedUntil > now
  const until = row.claimedUntil ? hourText(row.claimedUntil, locale) : ''
  const may = (action: 'claim' | 'release' | 'assign') => judge(action, facts, viewer, now).allowed
  return (
    <Section id="who" title={t('page.who')}>
      <p className={mine || another ? 'font-bold' : 'text-soft'}>
        {mine
          ? t('page.holder_you', { time: until })
          : another
            ? t('page.holder', { name: around.holder ?? '', time: until })
            : t('page.holder_none')}
      </p>
      <p>
        {t('page.assignee')} {around.assignee ?? t('page.nobody')} · {t('page.team')} {around.team}
      </p>
      <p className="mt-1 text-soft">
        <Icon name="eye" className="mr-1.5 size-4" />
        <Presence
          reference={row.reference}
          present={around.present}
          counted={viewer.works}
          words={{ here: t.raw('page.here'), alone: t('page.here_alone') }}
        />
      </p>
      <div className="mt-2 flex flex-wrap gap-2" data-screen-only>
        {!another && !mine && may('claim') && (
          <DoorForm action={claimAction} name="claim">
            <input type="hidden" name="reference" value={row.reference} />
            <Button icon="person">{t('action.claim')}</Button>
          </DoorForm>
        )}
        {another && may('assign') && (
          <DoorForm action={claimAction} name="take_over">
            <input type="hidden" name="reference" value={row.reference} />
            <input type="hidden" name="takeOver?" value="on" />
            <Button icon="person">{t('action.take_over', { name: around.holder ?? '' })}</Button>
          </DoorForm>
        )}
        {mine && may('release') && (
          <DoorForm action={releaseAction} name="release">
            <input type="hidden" name="reference" value={row.reference} />
            <Button kind="quiet">{t('action.release')}</Button>
          </DoorForm>
        )}
      </div>
    </Section>
  )
}

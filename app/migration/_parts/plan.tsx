import { getLocale, getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormText } from '#app/_doors/fields.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { dayText, localField, PARIS } from '#app/_i18n/time.ts'
import { Button } from '#components/button.tsx'
import { DescriptionList } from '#components/description-list.tsx'
import { Fold } from '#components/fold.tsx'
import { contactSiteAction, planMoveAction } from '../actions.ts'
import type { Move } from '../queries.ts'
import { keptPromise } from '../rules/promise.ts'

/** The target and who answers for it; then the promise: what was said, and when the site hears from us next. */
export async function Plan({
  move: { move, site, cutOver },
  works,
  now,
}: {
  move: Move
  works: boolean
  now: Date
}) {
  const [t, locale] = [await getTranslations('migration'), await getLocale()]
  const zone = site.timeZone ?? PARIS
  const open = move && !move.endedAt
  return (
    <section aria-labelledby="plan-title" className="grid gap-4">
      <h2 id="plan-title" className="text-xl">
        {t('plan.title')}
      </h2>
      {move && (
        <DescriptionList
          columns={2}
          items={[
            { term: t('plan.target'), value: move.target },
            { term: t('plan.target_on'), value: move.targetOn && dayText(move.targetOn, locale) },
            { term: t('plan.owner'), value: move.ownerName },
            {
              term: t('next_contact'),
              value: move.nextContactAt && <Moment at={move.nextContactAt} now={now} timeZone={zone} />,
            },
            {
              term: t('plan.ended'),
              value: move.endedAt && <Moment at={move.endedAt} now={now} timeZone={zone} />,
            },
          ]}
        />
      )}
      {works && open && (
        <DoorForm action={contactSiteAction} name={`contact-${site.id}`} className="grid max-w-3xl gap-4">
          <input type="hidden" name="siteId" value={site.id} />
          <FormArea name="said" label={t('plan.said')} hint={t('plan.said_hint')} rows={2} required />
          <FormText
            type="datetime-local"
            name={`nextContactAt@${zone}`}
            label={t('next_contact')}
            hint={t('plan.next_hint')}
            {...localField(keptPromise(null, cutOver, now), zone)}
            required
          />
          <div>
            <Button kind="primary">{t('plan.contacted')}</Button>
          </div>
        </DoorForm>
      )}
      {works && (
        <Fold label={move ? t('plan.change') : t('plan.begin')} open={!move}>
          <DoorForm action={planMoveAction} name={`plan-${site.id}`} className="grid max-w-3xl gap-4">
            <input type="hidden" name="siteId" value={site.id} />
            <FormArea
              name="target"
              label={t('plan.target')}
              hint={t('plan.target_hint')}
              defaultValue={move?.target}
              rows={2}
              required
            />
            <div className="grid items-end gap-4 sm:grid-cols-2">
              <FormText
                type="date"
                name="targetOn"
                label={t('plan.target_on')}
                defaultValue={move?.targetOn ?? undefined}
              />
              <FormText
                name="ownerName"
                label={t('plan.owner')}
                defaultValue={move?.ownerName}
                most={120}
                autoComplete="off"
                required
              />
            </div>
            <div>
              <Button kind={move ? 'secondary' : 'primary'}>{t(move ? 'plan.save' : 'plan.start')}</Button>
            </div>
          </DoorForm>
        </Fold>
      )}
    </section>
  )
}

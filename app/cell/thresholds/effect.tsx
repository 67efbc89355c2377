import { getLocale, getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { dateText } from '#app/_i18n/time.ts'
import type { ThresholdKey } from '#app/crisis/rules/thresholds.ts'
import { rehearseThreshold } from '#app/rehearsals/queries.ts'
import { Button, LinkButton } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { changeThresholdAction } from '../actions.ts'
import { thresholdWords } from './words.ts'

/** Before it is saved: what this value would have done on the last twelve months, and on the drills that come with the product. */
export async function Effect({
  actor,
  tried,
  inForce,
  now,
}: {
  actor: AccountActor
  tried: { key: ThresholdKey; value: number }
  inForce: number
  now: Date
}) {
  const [t, words, locale] = [
    await getTranslations('cell'),
    await getTranslations('triggers'),
    await getLocale(),
  ]
  const { amount } = await thresholdWords()
  const found = await rehearseThreshold(actor, tried, now)
  const minute = (at: number | null) =>
    at === null ? t('effect.never') : t('effect.minute', { minute: Math.round(at) })
  const both = (was: number | null, is: number | null) =>
    was === is ? minute(is) : t('effect.from_to', { was: minute(was), is: minute(is) })
  return (
    <section
      id="effect"
      className="grid gap-3 rounded-m border-2 border-accent bg-raised p-4"
      aria-labelledby="effect-title"
    >
      <h2 id="effect-title" className="text-xl">
        {t('effect.title', {
          what: words(`threshold.${tried.key}.label` as never),
          was: amount(tried.key, inForce),
          is: amount(tried.key, tried.value),
        })}
      </h2>
      {found.past ? (
        <p className="max-w-[65ch]">
          {t('effect.past', {
            reports: found.past.reports,
            since: dateText(found.past.from, { now, locale }),
            tried: found.tried.proposed,
            triedActive: found.tried.activated,
            now: found.inForce.proposed,
            nowActive: found.inForce.activated,
          })}
        </p>
      ) : (
        <p>{t('effect.no_past')}</p>
      )}
      <DataTable
        caption={t('effect.drills')}
        showCaption
        rows={found.drills}
        rowKey={(one) => one.id}
        columns={[
          {
            key: 'title',
            head: t('effect.drill'),
            rowHead: true,
            cell: (one) => one.title[locale === 'en' ? 'en' : 'fr'],
          },
          {
            key: 'proposed',
            head: t('effect.proposed'),
            cell: (one) => both(one.inForce.proposed, one.tried.proposed),
          },
          {
            key: 'active',
            head: t('effect.active'),
            cell: (one) => both(one.inForce.active, one.tried.active),
          },
        ]}
      />
      <DoorForm
        action={changeThresholdAction}
        name="threshold-save"
        className="flex flex-wrap items-center gap-3"
      >
        <input type="hidden" name="key" value={tried.key} />
        <input type="hidden" name="value" value={String(tried.value)} />
        <Button kind="primary">{t('effect.save')}</Button>
        <LinkButton href="/cell/thresholds" kind="quiet">
          {t('effect.keep')}
        </LinkButton>
      </DoorForm>
    </section>
  )
}

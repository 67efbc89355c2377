import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { timeOf } from '#app/_auth/lookup.ts'
import { requestBegan, requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Marker } from '#app/exercises/_parts/marker.tsx'
import { draftAction } from '#app/register/actions.ts'
import { Button, LinkButton } from '#components/button.tsx'
import { PrintButton } from '#components/print-button.tsx'
import { Counts } from '../counts.tsx'
import { Decisions, Told } from '../decisions.tsx'
import { DelaysTable } from '../delays-table.tsx'
import { LinesTable } from '../lines-table.tsx'
import { readReview } from '../queries.ts'
import { viewing } from '../viewing.ts'

type Props = {
  params: Promise<{ reference: string }>
  searchParams: Promise<{ exercise?: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await getTranslations('reviews'))('of', { reference: (await params).reference }) }
}

/** The after-action file of one incident: from the journal, to be printed. */
export default async function ReviewPage({ params, searchParams }: Props) {
  const actor = await requireActor('reviews.read')
  const seenAs = viewing(actor, (await searchParams).exercise)
  const now = new Date(requestTime())
  // An exercise that is over owes nothing after its own last minute.
  const owedUntil = await timeOf(seenAs, new Date(requestBegan()))
  const review = await readReview(seenAs, (await params).reference, owedUntil)
  if (!review) notFound()
  const { one, lines } = review
  const t = await getTranslations('reviews')
  const [register, lessons] = [await getTranslations('register'), await getTranslations('lessons')]
  const suffix = one.exerciseId === null ? '' : `?exercise=${one.exerciseId}`

  return (
    <div className="grid gap-8">
      <Marker exerciseId={one.exerciseId} />
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h1 className="text-3xl">{t('of', { reference: one.reference })}</h1>
          <p className="text-soft">
            N{one.level} · {t(`states.${one.state}`)} · {t('opened')} <Moment at={one.openedAt} now={now} />
            {one.restoredAt && (
              <>
                {' · '}
                {t('restored')} <Moment at={one.restoredAt} now={now} />
              </>
            )}
            {one.closedAt && (
              <>
                {' · '}
                {t('closed')} <Moment at={one.closedAt} now={now} />
              </>
            )}
          </p>
          <p>
            {t('written')} <Moment at={now} now={now} /> {t('from_journal')}
          </p>
        </div>
        <div className="flex flex-wrap gap-3" data-screen-only>
          <PrintButton>{t('print')}</PrintButton>
          <LinkButton href={`/reviews/${one.reference}/pdf${suffix}`} download>
            {t('save_pdf')}
          </LinkButton>
          {one.exerciseId === null && may(actor, 'register.keep') && (
            <>
              <DoorForm action={draftAction} name="register">
                <input type="hidden" name="reference" value={one.reference} />
                <Button>{register('draft.from_review')}</Button>
              </DoorForm>
              <LinkButton href={`/lessons?incident=${one.reference}`}>{lessons('from_review')}</LinkButton>
            </>
          )}
          {may(actor, 'reviews.export') && (
            <LinkButton href={`/reviews/${one.reference}/journal${suffix}`} download>
              {t('export')}
            </LinkButton>
          )}
        </div>
      </div>
      <Counts review={review} />
      <DelaysTable facts={review.facts} />
      <Decisions review={review} now={now} />
      <Told review={review} now={now} />
      <LinesTable lines={lines} now={now} />
      <Marker exerciseId={one.exerciseId} />
    </div>
  )
}

import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { rowId } from '#app/_doors/rules/row-id.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { NetworkTests } from '#app/cases/_parts/network-tests.tsx'
import { Marker } from '#app/exercises/_parts/marker.tsx'
import { Button } from '#components/button.tsx'
import { DescriptionList } from '#components/description-list.tsx'
import { FallbackSteps } from '../_parts/steps.tsx'
import { FallbackTag } from '../_parts/tag.tsx'
import { lookAction, testAction } from '../actions.ts'
import { readFallback } from '../queries.ts'
import { NETWORKS_NEEDED } from '../rules/fallback.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('fallbacks'))('title') }
}

/** One fallback number: its tests, who was told of it, its end; the number itself is looked at, and that is written down. */
export default async function FallbackPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('instructions.read')
  const now = new Date(requestTime())
  const id = rowId((await params).id)
  const one = id ? await readFallback(actor, id, now) : null
  if (!one) notFound()
  const t = await getTranslations('fallbacks')
  const writes = may(actor, 'instructions.write')
  const at = (hour: Date | null, by?: string | null) =>
    hour && (
      <>
        <Moment at={hour} now={now} place={one.territoryCode} />
        {by && ` · ${by}`}
      </>
    )
  return (
    <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-6">
      <Marker exerciseId={one.exerciseId} />
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">
          {t('of', { number: one.covers, territory: one.territory })} <FallbackTag standing={one.standing} />
        </h1>
        <Live cases="all" events={['fallback.']} />
      </div>
      {one.mayLook && (
        <DoorForm action={lookAction} name={`look-${one.id}`}>
          <input type="hidden" name="fallbackId" value={one.id} />
          <Button>{t('look')}</Button>
          <p className="mt-1 text-sm text-soft">{t('look_explain')}</p>
        </DoorForm>
      )}
      <DescriptionList
        columns={2}
        items={[
          { term: t('owner'), value: one.organisation },
          { term: t('capacity'), value: t('calls_at_once', { count: one.capacity }) },
          { term: t('opened'), value: at(one.openedAt, one.openedByName) },
          { term: t('ends'), value: at(one.endsAt) },
          {
            term: t('published'),
            value: one.publishedAt && (
              <>
                {one.publishedWhere} · {at(one.publishedAt, one.publishedByName)}
              </>
            ),
          },
          { term: t('announced'), value: at(one.announcedAt) },
          { term: t('closed'), value: at(one.closedAt, one.closedByName) },
          {
            term: t('rerouted'),
            value: one.reroute && (one.rerouteOutAt ? at(one.rerouteOutAt) : t('reroute_stands')),
          },
          { term: t('probes'), value: one.probed ? t('probed') : null },
          { term: t('incident'), value: may(actor, 'cell.watch') ? one.incident : null },
        ]}
      />
      <NetworkTests
        tests={one.tests}
        needed={NETWORKS_NEEDED}
        log={writes && one.state !== 'closed' ? { action: testAction, of: 'fallbackId', id: one.id } : null}
        now={now}
      />
      {writes && <FallbackSteps one={one} />}
      <Marker exerciseId={one.exerciseId} />
    </div>
  )
}

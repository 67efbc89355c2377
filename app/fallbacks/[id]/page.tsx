import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { MARKER } from '#app/exercises/rules/marker.ts'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { DescriptionList } from '#components/description-list.tsx'
import { FallbackSteps } from '../_parts/steps.tsx'
import { FallbackTag } from '../_parts/tag.tsx'
import { lookAction } from '../actions.ts'
import { readFallback } from '../queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('fallbacks'))('title') }
}

/** One fallback number: its tests, who was told of it, its end; the number itself is looked at, and that is written down. */
export default async function FallbackPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('instructions.read')
  const now = new Date(requestTime())
  const id = Number((await params).id)
  const one = Number.isSafeInteger(id) && id > 0 ? await readFallback(actor, id, now) : null
  if (!one) notFound()
  const t = await getTranslations('fallbacks')
  const marker = one.exerciseId === null ? null : <p className="text-xl font-bold">{MARKER}</p>
  const at = (hour: Date | null, by?: string | null) =>
    hour && (
      <>
        <Moment at={hour} now={now} />
        {by && ` · ${by}`}
      </>
    )
  return (
    <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-6">
      {marker}
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">
          {t('of', { number: one.covers, territory: one.territory })} <FallbackTag standing={one.standing} />
        </h1>
        <Live cases="all" events={['fallback.']} />
      </div>
      {one.mayLook && (
        <DoorForm action={lookAction} name={`look-${id}`}>
          <input type="hidden" name="fallbackId" value={id} />
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
      <DataTable
        caption={t('tests')}
        showCaption
        rows={one.tests}
        rowKey={(row) => row.id}
        rowProps={(row) => (row.passed < row.tried ? { 'data-accent': 'danger' } : {})}
        empty={<p className="text-soft">{t('no_tests')}</p>}
        columns={[
          { key: 'network', head: t('network'), rowHead: true, cell: (row) => row.network },
          {
            key: 'passed',
            head: t('passed'),
            cell: (row) => t('rate', { passed: row.passed, tried: row.tried }),
          },
          { key: 'at', head: t('at'), cell: (row) => <Moment at={row.at} now={now} /> },
          { key: 'by', head: t('by'), cell: (row) => row.byName },
        ]}
      />
      {may(actor, 'instructions.write') && <FallbackSteps one={one} />}
      {marker}
    </div>
  )
}

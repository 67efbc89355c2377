import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Live } from '#app/_live/live-status.tsx'
import { RunStamps, readRuns } from '#app/crisis/run-stamps.tsx'
import { incidentChoice } from '#app/incidents/rules/name.ts'
import { Deliveries } from '#app/notifications/_parts/deliveries.tsx'
import { WorksHere } from '#app/works/here.tsx'
import { FoldNarrow } from '#components/fold-narrow.tsx'
import { Icon } from '#components/icon.tsx'
import { ProposalTable } from '../_parts/proposal-table.tsx'
import { readIncident } from '../queries.ts'
import { AttachedCases } from './attached.tsx'
import { Candidates } from './candidates.tsx'
import { ReportCurve } from './curve.tsx'
import { AttachForm, LevelForm, ResidualsForm, StateForm, UpdateForm } from './forms.tsx'
import { IncidentHead } from './head.tsx'
import { TouchedMap } from './map.tsx'
import { MergeForm, SplitForm } from './merge-forms.tsx'
import { NameForm } from './name-form.tsx'
import { IncidentTimeline } from './timeline.tsx'
import { TouchedNumbers, TouchedTerritories } from './touched.tsx'

type Props = { params: Promise<{ reference: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).reference) }
}

/** One cause behind many cases: what is known of it, what is touched, what to do, what happened. */
export default async function IncidentPage({ params }: Props) {
  const actor = await requireActor('cases.watch')
  const now = new Date(requestTime())
  const page = await readIncident(actor, decodeURIComponent((await params).reference), now)
  if (!page) notFound()
  const { runs, values } = await readRuns(actor, page.id)
  const t = await getTranslations('incidents')
  const works = may(actor, 'cases.work')
  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-center justify-between gap-x-6">
        <a href="/incidents" className="inline-flex min-h-9 items-center gap-1">
          <Icon name="left" /> {t('page.back')}
        </a>
        <Live cases="all" events={['incident.', 'proposal.', 'case.', 'crisis.']} />
      </div>
      <IncidentHead page={page} now={now} />
      {page.state !== 'closed' && <WorksHere actor={actor} territories={page.territories} folded now={now} />}
      {/* On a phone what one acts with comes first; on a wide screen it stands at the right, over the map. */}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)] lg:grid-rows-[auto_1fr]">
        {works && page.state !== 'closed' && (
          <aside className="grid min-w-0 gap-4 lg:col-start-2 lg:row-start-1">
            <UpdateForm page={page} now={now} />
            <StateForm page={page} />
            <ResidualsForm page={page} />
            <LevelForm page={page} />
            {may(actor, 'incidents.declare') && <NameForm page={page} />}
            <AttachForm page={page} />
            {may(actor, 'incidents.declare') && <SplitForm page={page} />}
            {may(actor, 'incidents.declare') && <MergeForm page={page} />}
          </aside>
        )}
        <div className="grid min-w-0 gap-5 lg:col-start-1 lg:row-span-2 lg:row-start-1">
          {works && page.candidates.length > 0 && <Candidates page={page} now={now} />}
          <FoldNarrow title={t('page.more_attached', { count: page.cases })}>
            <AttachedCases page={page} works={works} now={now} />
          </FoldNarrow>
          <FoldNarrow title={t('page.numbers')}>
            <TouchedNumbers page={page} />
          </FoldNarrow>
          <FoldNarrow title={t('page.territories')}>
            <TouchedTerritories page={page} />
          </FoldNarrow>
          <FoldNarrow title={t('page.curve')}>
            <ReportCurve page={page} now={now} />
          </FoldNarrow>
          {runs.length > 0 && (
            <FoldNarrow title={t('page.runs')}>
              <RunStamps runs={runs} values={values} now={now} />
            </FoldNarrow>
          )}
          {page.proposals.length > 0 && (
            <FoldNarrow title={t('proposals')}>
              <h2 className="text-xl">{t('proposals')}</h2>
              <ProposalTable
                proposals={page.proposals}
                actor={actor}
                incidents={page.others.map(incidentChoice)}
                now={now}
              />
            </FoldNarrow>
          )}
          {works && <Deliveries actor={actor} about={{ incidentId: page.id }} now={now} />}
          <FoldNarrow title={t('page.timeline')}>
            <IncidentTimeline page={page} now={now} />
          </FoldNarrow>
        </div>
        <div
          className={`min-w-0 lg:col-start-2 ${page.state === 'closed' ? 'lg:row-start-1' : 'lg:row-start-2'}`}
        >
          <FoldNarrow title={t('page.map')}>
            <TouchedMap page={page} />
          </FoldNarrow>
        </div>
      </div>
    </div>
  )
}

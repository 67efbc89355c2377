import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Live } from '#app/_live/live-status.tsx'
import { incidentChoice } from '#app/incidents/rules/name.ts'
import { ClosedIncidents, OpenIncidents } from './_parts/incident-tables.tsx'
import { ProposalTable } from './_parts/proposal-table.tsx'
import { readIncidents } from './queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('incidents'))('title') }
}

/** Open incidents by level and age, then those that are over. */
export default async function IncidentsPage() {
  const actor = await requireActor('cases.watch')
  const now = new Date(requestTime())
  const { open, closed, proposals } = await readIncidents(actor, now)
  const t = await getTranslations('incidents')
  return (
    <div className="grid gap-8">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{t('title')}</h1>
        <Live cases="all" events={['incident.', 'proposal.']} />
      </div>
      <OpenIncidents incidents={open} now={now} />
      <section className="grid gap-3" id="proposals">
        <h2 className="text-xl">{t('proposals')}</h2>
        <p className="text-soft">{t('proposals_recent')}</p>
        <ProposalTable proposals={proposals} actor={actor} incidents={open.map(incidentChoice)} now={now} />
      </section>
      <ClosedIncidents incidents={closed} now={now} />
    </div>
  )
}

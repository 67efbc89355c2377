import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Heartbeat } from '#app/_live/heartbeat.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { readThresholds } from '#app/cell/queries.ts'
import { THRESHOLDS } from '#app/crisis/rules/thresholds.ts'
import { LinkButton } from '#components/button.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { BurstTable } from './bursts.tsx'
import { CellTable } from './cells.tsx'
import { ProbeFindings } from './findings.tsx'
import { readSupervision } from './queries.ts'
import { StandingTable } from './standing.tsx'
import { ProbeSwitch } from './switch.tsx'
import { SwitchTable } from './switches.tsx'
import { SupervisionTabs } from './tabs.tsx'

/** Results are no lines of the journal: the page reads them again so often. */
const EVERY_MS = 15_000

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('supervision'))('title') }
}

/** Supervision de bout en bout: what machines prove of each number in each territory, and how far they may be believed. */
export default async function SupervisionPage() {
  const actor = await requireActor('cell.watch')
  const now = new Date(requestTime())
  const inForce = (await readThresholds(actor)).find(({ key }) => key === 'probeDays')
  const read = await readSupervision(actor, now.toISOString())
  const t = await getTranslations('supervision')
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h1 className="text-3xl">{t('title')}</h1>
        <Live cases={[]} events={['supervision.', 'works.']} />
        <Heartbeat everyMs={EVERY_MS} />
      </div>
      <SupervisionTabs current="/supervision" />
      <p className="max-w-[75ch] text-soft">{t('explain')}</p>
      <ProbeSwitch of={read} actor={actor} now={now} />
      <ProbeFindings probes={read.probes} now={now} />
      {read.cells.length > 0 ? (
        <CellTable cells={read.cells} now={now} />
      ) : (
        <EmptyState title={t('none.title')}>
          {t('none.text')} <LinkButton href="/supervision/plan">{t('tabs.plan')}</LinkButton>
        </EmptyState>
      )}
      <StandingTable rows={read.standing} thresholdDays={inForce?.value ?? THRESHOLDS.probeDays.value} />
      <BurstTable bursts={read.bursts} now={now} />
      <SwitchTable lines={read.switches} now={now} />
    </div>
  )
}

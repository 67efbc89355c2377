import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestBegan, requireActor } from '#app/_auth/session.ts'
import { Live } from '#app/_live/live-status.tsx'
import { RealHere } from '#app/exercises/_parts/real-here.tsx'
import { LinkButton } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { Gaps } from '../gaps.tsx'
import { ROSTER_DAYS, readRoster } from '../queries.ts'
import { CellTabs } from '../tabs.tsx'
import { AddShift } from './add-shift.tsx'
import { Shifts } from './shifts.tsx'
import { Ways } from './ways.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('cell'))('roster.title') }
}

/** Astreinte: who holds which role when; gaps in red before they happen. */
export default async function RosterPage() {
  const actor = await requireActor('cell.watch')
  const now = new Date(requestBegan())
  const { shifts, people, gaps } = await readRoster(actor, now)
  const t = await getTranslations('cell')
  const words = await getTranslations('vocabulary')
  const lead = may(actor, 'roster.keep')
  const label = (one: (typeof people)[number]) => `${one.name} · ${words(`role.${one.role}`)}`
  const candidates = people.map((one) => ({
    id: one.id,
    label: label(one),
    role: one.role,
    reachable: one.verdict.allowed,
  }))
  const ready = people.map((one) => ({
    value: String(one.id),
    label: label(one),
    disabled: !one.verdict.allowed,
  }))

  return (
    <div className="grid gap-8">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{t('roster.title')}</h1>
        <Live cases={[]} events={['roster.']} />
      </div>
      <CellTabs current="/roster" />
      <RealHere actor={actor} />
      <p>
        <LinkButton href="/cell/paper">{t('paper.open')}</LinkButton>
      </p>
      {gaps.length > 0 ? (
        <Notice tone="danger" title={t('gaps.title_days', { count: gaps.length, days: ROSTER_DAYS })}>
          <Gaps gaps={gaps} now={now} />
        </Notice>
      ) : (
        <Notice tone="ok">{t('gaps.none', { days: ROSTER_DAYS })}</Notice>
      )}
      <Shifts shifts={shifts} actor={actor} people={candidates} now={now} />
      {lead && <AddShift people={ready} />}
      {may(actor, 'roster.own') && (
        <Ways
          self={actor.accountId}
          people={people.filter((one) => lead || one.id === actor.accountId)}
          lead={lead}
          now={now}
        />
      )}
    </div>
  )
}

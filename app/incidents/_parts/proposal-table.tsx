import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { WorksHere } from '#app/works/here.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Tag } from '#components/tag.tsx'
import type { IncidentChoice } from '../rules/name.ts'
import type { ShownProposal } from './proposal.ts'
import { Decided, ProposalForm } from './proposal-form.tsx'
import { ProposalCases, ProposalText } from './proposal-text.tsx'

const TONES = { check: 'neutral', N3: 'n3', crisis: 'n4' } as const

/**
 * Proposals with their reasons, their cases and what was decided. Those of a crisis are answered in the strip, which stands
 * on this page too: two forms for one question would ask it twice.
 */
export async function ProposalTable({
  proposals,
  actor,
  incidents,
  now,
}: {
  proposals: ShownProposal[]
  actor: AccountActor
  incidents: IncidentChoice[]
  now: Date
}) {
  const t = await getTranslations('incidents')
  if (proposals.length === 0) return <EmptyState icon="ok" title={t('no_proposals')} />
  const open = proposals.filter(({ state }) => state === 'open')
  const territories = open.flatMap(({ cases }) => cases.map(({ territory }) => territory))
  return (
    <ul className="grid gap-3">
      {open.length > 0 && (
        <li className="empty:hidden">
          <WorksHere actor={actor} territories={territories} now={now} />
        </li>
      )}
      {proposals.map((one) => (
        <li key={one.id} className="grid gap-1.5 border-t border-line pt-3">
          <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <Tag tone={TONES[one.level]}>{t(`proposal.level.${one.level}`)}</Tag>
            <span className="min-w-0">
              <ProposalText proposal={one} />
            </span>
            <span className="text-sm text-soft">
              <Moment at={new Date(one.firedAt)} now={now} />
              {one.incident && (
                <>
                  {' · '}
                  <a href={`/incidents/${one.incident}`}>{one.incident}</a>
                </>
              )}
            </span>
          </p>
          <ProposalCases proposal={one} />
          {one.level === 'crisis' || one.state !== 'open' ? (
            <Decided proposal={one} now={now} />
          ) : (
            <ProposalForm proposal={one} actor={actor} incidents={incidents} now={now} place="page" />
          )}
        </li>
      ))}
    </ul>
  )
}

import { getTranslations } from 'next-intl/server'
import type { ShownProposal } from './proposal.ts'

/** The rule in words with its figures: "5 organisations, 4 départements, 17 minutes, toutes d'acheminement". */
export async function ProposalText({ proposal }: { proposal: ShownProposal }) {
  const all = await getTranslations()
  const { key, values } = proposal.reason
  return <>{all.has(key as never) ? all(key as never, values as never) : key}</>
}

/** The cases that carry it, each a link. */
export async function ProposalCases({ proposal }: { proposal: ShownProposal }) {
  const t = await getTranslations('incidents')
  const more = proposal.caseCount - proposal.cases.length
  return (
    <ul className="flex flex-wrap gap-x-4" aria-label={t('proposal.cases')}>
      {proposal.cases.map((one) => (
        <li key={one.reference}>
          <a href={`/cases/${one.reference}`} className="tabular-nums">
            {one.reference}
          </a>{' '}
          <span className="text-soft">
            {one.organisation ?? t('proposal.no_organisation')}
            {!one.organisation?.includes(`(${one.territory})`) && ` (${one.territory})`}
          </span>
        </li>
      ))}
      {more > 0 && <li className="text-soft">{t('proposal.more_cases', { count: more })}</li>}
    </ul>
  )
}

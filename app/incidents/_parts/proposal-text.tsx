import { getTranslations } from 'next-intl/server'
import type { ShownProposal } from './proposal.ts'

/**
 * The rule in words with its figures: "18, 112: 4 départements in 15 minutes; at this hour you usually hear 0.1…", and while it is
 * open what would change the verdict.
 */
export async function ProposalText({ proposal }: { proposal: ShownProposal }) {
  const [t, all] = [await getTranslations('incidents'), await getTranslations()]
  const { key, values } = proposal.reason
  const rule = `proposal.rules.${proposal.rule}`
  return (
    <>
      <strong>{t.has(rule as never) ? t(rule as never) : proposal.rule}</strong> ·{' '}
      {all.has(key as never) ? all(key as never, values as never) : key}
      {proposal.state === 'open' && values.sure !== undefined && (
        <span className="block font-normal">{all('triggers.proposal.change' as never, values as never)}</span>
      )}
    </>
  )
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

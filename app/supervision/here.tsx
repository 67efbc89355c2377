import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { Notice } from '#components/notice.tsx'
import { readProofHere } from './cell-query.ts'
import { FRESH_MS } from './rules/cell-proof.ts'

/**
 * What test calls say of the numbers of a case. They never contradict it: green probes say that they pass from where they stand, and not
 * from where somebody calls.
 */
export async function ProofHere({
  actor,
  territory,
  numbers,
  now,
}: {
  actor: AccountActor
  territory: string
  numbers: readonly string[]
  now: Date
}) {
  const found = await readProofHere(actor, territory, numbers)
  if (found.length === 0) return null
  const t = await getTranslations('supervision')
  const says = (one: (typeof found)[number]) =>
    one.bursting
      ? 'burst'
      : now.getTime() - Date.parse(one.at) > FRESH_MS
        ? 'stale'
        : one.failingFrom.length > 0
          ? 'fails'
          : 'passes'
  return (
    <Notice tone="info" title={t('here.title')}>
      <ul>
        {found.map((one) => (
          <li key={one.number} data-proof={says(one)}>
            <a href={`/supervision/${territory}/${one.number}`}>
              {t(`here.${says(one)}`, {
                number: one.number,
                from: (one.failingFrom.length > 0 ? one.failingFrom : one.passingFrom).join(', '),
              })}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

import { getTranslations } from 'next-intl/server'
import { Tag } from '#components/tag.tsx'
import type { Considered as One } from '../rules/try-out.ts'
import type { Conditions } from './conditions.ts'

/** Every rule read on the way, in order: what it asks, and what of it did not hold. */
export async function Considered({
  considered,
  when,
}: {
  considered: One[]
  when: (rule: Conditions) => string[]
}) {
  const t = await getTranslations('routing')
  return (
    <ol aria-label={t('try.read')} className="grid gap-2">
      {considered.map(({ rule, failed, takes }, index) => (
        <li
          key={rule.id}
          className={`grid gap-1 rounded-m border border-l-4 bg-raised px-3 py-2 ${takes ? 'border-ok' : 'border-line'}`}
        >
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="text-soft tabular-nums">{index + 1}</span>
            <strong>{rule.name}</strong>
            {takes ? (
              <Tag tone="ok">{t('try.takes')}</Tag>
            ) : (
              <span>{t('try.passes', { why: failed.map((one) => t(`try.failed.${one}`)).join(', ') })}</span>
            )}
          </span>
          <span className="text-sm text-soft">{when(rule).join(' · ') || t('when.all')}</span>
        </li>
      ))}
    </ol>
  )
}

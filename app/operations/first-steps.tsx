import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { Icon } from '#components/icon.tsx'
import { readFigures } from './queries.ts'
import { firstSteps, MENDED_AT } from './rules/setup.ts'

/** What a new desk still needs before its first real report, and where each is done; one line once all of it is. */
export async function FirstSteps({ actor, organisations }: { actor: AccountActor; organisations: number }) {
  const figures = await readFigures(actor)
  if (!figures) return null
  const t = await getTranslations('operations.first')
  const steps = firstSteps(figures.setup, organisations)
  const left = steps.filter(({ done }) => !done).length
  return (
    <details open={left > 0} className="rounded-m border border-line bg-raised px-3 py-1">
      <summary className="flex min-h-11 cursor-pointer items-center text-xl font-semibold">
        {t('title', { left })}
      </summary>
      <ol className="grid gap-1 pb-3">
        {steps.map(({ key, done }) => (
          <li key={key} className="flex min-h-9 items-center gap-2" data-done={done}>
            <Icon name={done ? 'ok' : 'late'} className={done ? 'text-ok' : 'text-danger'} />
            <span>
              {done ? (
                <span className="text-soft">{t(`step.${key}`)}</span>
              ) : (
                <Link href={key === 'no_directory' ? '/admin/import' : MENDED_AT[key]}>
                  {t(`step.${key}`)}
                </Link>
              )}{' '}
              <span className="text-sm text-soft">{t(done ? 'done' : 'to_do')}</span>
            </span>
          </li>
        ))}
      </ol>
    </details>
  )
}

import { getTranslations } from 'next-intl/server'
import { Fold } from '#app/cases/new/fold.tsx'
import { judge } from '#app/cases/rules/permissions.ts'
import { LinkButton } from '#components/button.tsx'
import type { SeenCase } from '../queries.ts'
import { ActionForm, REPORTER_ACTIONS, type ReporterAction } from './action-form.tsx'

/** Exactly what the lifecycle allows to this person now; each refusal says why. What is expected of him comes first, open. */
export async function CaseActions({ seen, now, asked }: { seen: SeenCase; now: Date; asked: string | null }) {
  const t = await getTranslations('my')
  const all = await getTranslations()
  const verdicts = REPORTER_ACTIONS.map((action) => ({
    action,
    verdict: judge(action, seen.facts, seen.viewer, now),
  }))
  const allowed = verdicts.filter(({ verdict }) => verdict.allowed).map(({ action }) => action)
  const first = expected(seen).filter((action) => allowed.includes(action))
  const ordered = [...first, ...allowed.filter((action) => !first.includes(action))]
  const refusals = new Map<string, ReporterAction[]>()
  for (const { action, verdict } of verdicts) {
    if (verdict.allowed) continue
    const words = sayVerdict(verdict.key, verdict.values)
    refusals.set(words, [...(refusals.get(words) ?? []), action])
  }
  return (
    <section aria-labelledby="actions" className="grid gap-3">
      {ordered.length > 0 && (
        <h2 id="actions" className="text-xl">
          {t('case.actions')}
        </h2>
      )}
      {ordered.map((action) => (
        <div
          key={action}
          id={action}
          className={`rounded-m border bg-raised px-3 py-1.5 ${first.includes(action) ? 'border-2 border-accent' : 'border-line'}`}
        >
          <Fold summary={t(`action.${action}`)} startsOpen={action === first.at(-1) || asked === action}>
            <p className="max-w-[65ch] text-soft">{t(`help.${action}`)}</p>
            <ActionForm action={action} reference={seen.row.reference} />
          </Fold>
        </div>
      ))}
      {refusals.size > 0 && (
        <div>
          <h3 className="text-base" id={ordered.length > 0 ? undefined : 'actions'}>
            {t('case.refused')}
          </h3>
          <ul className="text-soft">
            {[...refusals].map(([words, actions]) => (
              <li key={words}>
                <strong className="font-semibold">
                  {actions.map((action) => t(`action.${action}`)).join(', ')}
                </strong>
                {' : '}
                {words}
              </li>
            ))}
          </ul>
        </div>
      )}
      {seen.row.state === 'closed' && !allowed.includes('still_failing') && (
        <p>
          <LinkButton href={`/cases/new?from=${seen.row.reference}`} kind="primary">
            {t('case.new_linked')}
          </LinkButton>
        </p>
      )}
    </section>
  )

  function sayVerdict(key: string, values?: Record<string, string | number>): string {
    // A state among the values is a word of the reporter's own list.
    const said = values?.state ? { ...values, state: t(`state.${values.state as 'received'}`) } : values
    return all.has(key as never) ? all(key as never, said as never) : key
  }
}

function expected({ row: { state } }: SeenCase): ReporterAction[] {
  // Both are seen at once, the one that asks for tests open below.
  if (state === 'restored') return ['still_failing', 'confirm']
  if (state === 'waiting_reporter') return ['answer']
  return []
}

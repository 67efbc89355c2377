import { getTranslations } from 'next-intl/server'
import { Fold } from '#app/cases/new/fold.tsx'
import { judge } from '#app/cases/rules/permissions.ts'
import { LinkButton } from '#components/button.tsx'
import type { SeenCase } from '../queries.ts'
import { ActionForm, REPORTER_ACTIONS, type ReporterAction } from './action-form.tsx'

/** Exactly what the lifecycle allows to this person now, and nothing that it does not. What is expected of him comes first, open. */
export async function CaseActions({ seen, now, asked }: { seen: SeenCase; now: Date; asked: string | null }) {
  const t = await getTranslations('my')
  const allowed = REPORTER_ACTIONS.filter((action) => judge(action, seen.facts, seen.viewer, now).allowed)
  const first = expected(seen).filter((action) => allowed.includes(action))
  const ordered = [...first, ...allowed.filter((action) => !first.includes(action))]
  const anew =
    seen.viewer.ownOrganisation && seen.row.state === 'closed' && !allowed.includes('still_failing')
  if (ordered.length === 0 && !anew) return null
  return (
    <section aria-labelledby="actions" data-screen-only className="grid gap-3">
      <h2 id="actions" className="text-xl">
        {t('case.actions')}
      </h2>
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
      {anew && (
        <p>
          <LinkButton href={`/cases/new?from=${seen.row.reference}`} kind="primary">
            {t('case.new_linked')}
          </LinkButton>
        </p>
      )}
    </section>
  )
}

function expected({ row: { state } }: SeenCase): ReporterAction[] {
  // Both are seen at once, the one that asks for tests open below.
  if (state === 'restored') return ['still_failing', 'confirm']
  if (state === 'waiting_reporter') return ['answer']
  return []
}

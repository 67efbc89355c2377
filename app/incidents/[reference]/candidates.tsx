import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Button } from '#components/button.tsx'
import { candidateAction } from '../actions.ts'
import type { IncidentPage } from '../queries.ts'

/** So many stand open: below them is what else one acts with, and in a national outage they are dozens. */
const SHOWN = 2

/** What the rules think belongs here and nobody has decided: one click, reversible. The newest first, the rest behind a line. */
export async function Candidates({ page, now }: { page: IncidentPage; now: Date }) {
  const t = await getTranslations('incidents.page')
  const [shown, rest] = [page.candidates.slice(0, SHOWN), page.candidates.slice(SHOWN)]
  return (
    <section aria-labelledby="candidates" className="rounded-m border border-line bg-raised p-3 sm:p-4">
      <h2 id="candidates" className="mb-2 text-lg">
        {t('candidates')}
      </h2>
      <List of={shown} page={page} now={now} />
      {rest.length > 0 && (
        <details className="mt-2 border-t border-line">
          <summary className="flex min-h-11 cursor-pointer items-center">
            {t('more_candidates', { count: rest.length })}
          </summary>
          <List of={rest} page={page} now={now} />
        </details>
      )}
    </section>
  )
}

async function List({ of, page, now }: { of: IncidentPage['candidates']; page: IncidentPage; now: Date }) {
  const all = await getTranslations()
  const t = await getTranslations('incidents')
  return (
    <ul className="grid gap-2">
      {of.map((one) => (
        <li
          key={one.reference}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-line pt-2"
        >
          <p className="min-w-0">
            <a href={`/cases/${one.reference}`} className="tabular-nums">
              {one.reference}
            </a>{' '}
            {one.organisation ?? t('proposal.no_organisation')} ({one.territory}) · {one.numbers.join(', ')} ·{' '}
            <Moment at={new Date(one.receivedAt)} now={now} />
            {one.reasonKey.startsWith('triggers.membership.') && (
              <span className="block text-sm text-soft">{all(one.reasonKey as never)}</span>
            )}
          </p>
          <DoorForm action={candidateAction} name={`candidate-${one.reference}`} className="flex gap-2">
            <input type="hidden" name="incident" value={page.reference} />
            <input type="hidden" name="case" value={one.reference} />
            <Button
              name="act"
              value="attach"
              size="dense"
              kind="primary"
              aria-label={t('form.attach_named', { reference: one.reference })}
            >
              {t('form.attach_this')}
            </Button>
            <Button
              name="act"
              value="dismiss"
              size="dense"
              aria-label={t('form.dismiss_named', { reference: one.reference })}
            >
              {t('form.dismiss_this')}
            </Button>
          </DoorForm>
        </li>
      ))}
    </ul>
  )
}

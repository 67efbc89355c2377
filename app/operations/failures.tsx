import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { retryJobsAction } from './actions.ts'
import type { Failure } from './rules/findings.ts'
import { taskName } from './tables.tsx'

/** What failed last, and the way to try again what was given up. */
export async function Failures({
  failures,
  failed,
  lead,
  now,
}: {
  failures: Failure[]
  failed: number
  lead: boolean
  now: Date
}) {
  const t = await getTranslations('operations')
  const name = await taskName()
  if (failures.length === 0 && failed === 0) return null
  return (
    <section className="grid gap-3">
      <DataTable
        caption={t('failures.title')}
        showCaption
        rows={failures}
        rowKey={(row) => row.id}
        rowProps={(row) => ({ 'data-accent': row.attempts >= row.maxAttempts ? 'danger' : 'warn' })}
        columns={[
          { key: 'what', head: t('failures.what'), rowHead: true, cell: (row) => name(row.task) },
          {
            key: 'when',
            head: t('failures.when'),
            cell: (row) => <Moment at={new Date(row.at)} now={now} />,
          },
          {
            key: 'tries',
            head: t('failures.tries'),
            cell: (row) => t('failures.tries_of', { n: row.attempts, max: row.maxAttempts }),
          },
          {
            key: 'why',
            head: t('failures.why'),
            cell: (row) => <code className="font-mono text-sm break-words">{row.error}</code>,
          },
        ]}
      />
      {failed > 0 && lead && (
        <DoorForm action={retryJobsAction} name="retry" className="grid max-w-3xl gap-2">
          <p className="text-soft">{t('failures.retry_how')}</p>
          <div>
            <Button>{t('failures.retry')}</Button>
          </div>
        </DoorForm>
      )}
    </section>
  )
}

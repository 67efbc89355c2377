import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormSelect } from '#app/_doors/fields.tsx'
import { Due, Moment } from '#app/_i18n/moment.tsx'
import { isOpen } from '#app/cases/rules/states.ts'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { CAUSES } from '#db/reference/vocabulary.ts'
import { LevelTag } from '../_parts/marks.tsx'
import { detachAction } from '../actions.ts'
import type { IncidentPage } from '../queries.ts'

/** The cases of the incident, open ones first; each keeps its own level, state and promise. */
export async function AttachedCases({
  page,
  works,
  now,
}: {
  page: IncidentPage
  /** Whoever only watches is offered nothing to press. */
  works: boolean
  now: Date
}) {
  const [t, cases, vocabulary] = [
    await getTranslations('incidents'),
    await getTranslations('cases'),
    await getTranslations('vocabulary'),
  ]
  const kind = (code: string) =>
    vocabulary.has(`reporterKind.${code}` as never) ? vocabulary(`reporterKind.${code}` as never) : code
  return (
    <section className="grid gap-2">
      <DataTable
        caption={t('page.cases')}
        showCaption
        dense
        rows={page.attached}
        rowKey={(one) => one.reference}
        empty={<EmptyState title={t('page.no_cases')} />}
        columns={[
          {
            key: 'case',
            head: t('column.case'),
            rowHead: true,
            cell: (one) => (
              <a href={`/cases/${one.reference}`} className="whitespace-nowrap tabular-nums">
                {one.reference}
              </a>
            ),
          },
          { key: 'level', head: t('column.level'), cell: (one) => <LevelTag level={one.level} /> },
          {
            key: 'from',
            head: t('column.from'),
            cell: (one) => (
              <>
                {one.organisation ?? kind(one.reporterKind)}
                <span className="block text-sm text-soft">{one.territoryName}</span>
              </>
            ),
          },
          { key: 'numbers', head: t('column.numbers'), cell: (one) => one.numbers.join(', ') || '–' },
          {
            key: 'state',
            head: t('column.state'),
            cell: (one) => (
              <span className="grid justify-items-start gap-1">
                {cases(`state.${one.state}`)}
                {one.residual && isOpen(one.state) && (
                  <span className="text-sm font-semibold text-warn">
                    {one.takenBy ? t('form.residual_taken', { name: one.takenBy }) : t('form.residual_free')}
                  </span>
                )}
              </span>
            ),
          },
          {
            key: 'received',
            head: t('column.when'),
            wideOnly: true,
            cell: (one) => <Moment at={new Date(one.receivedAt)} now={now} />,
          },
          {
            key: 'next',
            head: t('column.next'),
            cell: (one) =>
              one.nextContactAt && isOpen(one.state) ? (
                <Due at={new Date(one.nextContactAt)} now={now} />
              ) : (
                '–'
              ),
          },
        ]}
      />
      {works && page.attached.length > 0 && page.state !== 'closed' && <DetachForm page={page} />}
    </section>
  )
}

/** The case lives on alone; a residual one is requalified, and says of which cause it is. */
async function DetachForm({ page }: { page: IncidentPage }) {
  const [t, causes] = [await getTranslations('incidents'), await getTranslations('causes')]
  return (
    <details>
      <summary className="inline-flex min-h-11 cursor-pointer items-center font-semibold text-accent">
        {t('form.detach')}
      </summary>
      <DoorForm action={detachAction} name="detach" className="grid max-w-xl gap-3">
        <input type="hidden" name="incident" value={page.reference} />
        <FormSelect
          name="case"
          id="detach-case"
          label={t('form.detach_case')}
          empty={t('form.detach_choose')}
          required
          options={page.attached.map((one) => ({
            value: one.reference,
            label: `${one.reference} · ${one.organisation ?? one.territoryName}`,
          }))}
        />
        <FormArea name="reason" id="detach-reason" label={t('form.detach_reason')} required rows={2} />
        <FormSelect
          name="cause"
          id="detach-cause"
          label={t('form.cause')}
          hint={t('form.detach_cause_hint')}
          empty="–"
          options={CAUSES.map((one) => ({ value: one, label: causes(one) }))}
        />
        <div>
          <Button>{t('form.detach_send')}</Button>
        </div>
      </DoorForm>
    </details>
  )
}

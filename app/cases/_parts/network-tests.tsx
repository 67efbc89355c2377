import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import type { FormDoor } from '#app/_doors/form-data.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { allPassed, type NetworkTest } from '../rules/network-tests.ts'

/** What was tried from which network, of what must work from several; and one more, for whoever may log it. */
export async function NetworkTests({
  tests,
  needed,
  log,
  now,
}: {
  tests: readonly (NetworkTest & { id: number; byName: string })[]
  /** Networks. */
  needed: number
  log: { action: FormDoor; of: 'instructionId' | 'fallbackId'; id: number } | null
  now: Date
}) {
  const t = await getTranslations('network_tests')
  return (
    <section className="grid gap-4" aria-labelledby="tests">
      <h2 id="tests" className="text-2xl">
        {t('title')}
      </h2>
      <DataTable
        caption={t('title')}
        rows={tests}
        rowKey={(row) => row.id}
        rowProps={(row) => (allPassed(row) ? {} : { 'data-accent': 'danger' })}
        empty={<p className="text-soft">{t('none', { count: needed })}</p>}
        columns={[
          { key: 'network', head: t('network'), rowHead: true, cell: (row) => row.network },
          {
            key: 'passed',
            head: t('passed'),
            cell: ({ passed, tried }) => t('rate', { passed, tried }),
          },
          { key: 'at', head: t('at'), cell: (row) => <Moment at={row.at} now={now} /> },
          { key: 'by', head: t('by'), cell: (row) => row.byName },
        ]}
      />
      {log && (
        <DoorForm
          action={log.action}
          name={`test-${log.id}`}
          className="grid gap-3 sm:grid-cols-[minmax(0,20rem)_8rem_8rem_auto] sm:items-end sm:justify-start"
        >
          <input type="hidden" name={log.of} value={log.id} />
          <FormText name="network" label={t('network')} required />
          <FormText name="passed" label={t('passed')} type="number" min={0} required />
          <FormText name="tried" label={t('tried')} type="number" min={1} required />
          <Button>{t('log')}</Button>
        </DoorForm>
      )}
    </section>
  )
}

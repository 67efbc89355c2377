import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea } from '#app/_doors/fields.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Notice } from '#components/notice.tsx'
import { generateHandoverAction, signHandoverAction } from '../actions.ts'
import type { HandoverContent } from '../handover-content.ts'
import { readHandovers } from '../queries.ts'
import { CellTabs } from '../tabs.tsx'
import { HandoverSheet } from './sheet.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('cell'))('handover.title') }
}

/** Relève: generated, read aloud, completed with what is suspected and not written, signed by both. */
export default async function HandoverPage() {
  const actor = await requireActor('handover.sign')
  const now = new Date(requestTime())
  const all = await readHandovers(actor)
  const t = await getTranslations('cell')
  const waiting = all.filter(
    (one) => !one.incomingSignedAt && (one.outgoingSignedAt || one.outgoingId === actor.accountId),
  )

  return (
    <div className="grid gap-8">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{t('handover.title')}</h1>
        <Live cases={[]} events={['handover.']} />
      </div>
      <CellTabs current="/handover" />
      <DoorForm action={generateHandoverAction} name="generate">
        <Button kind="primary">{t('handover.generate')}</Button>
        <p className="mt-2 max-w-[65ch] text-soft">{t('handover.explain')}</p>
      </DoorForm>
      {waiting.length === 0 && <EmptyState title={t('handover.none_waiting')} />}
      {waiting.map((one) => (
        <article
          key={one.id}
          className="grid gap-4 rounded-m border border-line bg-raised p-4"
          aria-labelledby={`handover-${one.id}`}
        >
          <h2 id={`handover-${one.id}`} className="text-xl">
            {t('handover.of', { name: one.outgoingName })} · <Moment at={one.generatedAt} now={now} />
          </h2>
          <HandoverSheet content={one.content as HandoverContent} now={now} />
          {one.suspected && <Notice title={t('handover.suspected')}>{one.suspected}</Notice>}
          <DoorForm action={signHandoverAction} name={`sign-${one.id}`} className="grid max-w-2xl gap-3">
            <input type="hidden" name="handoverId" value={one.id} />
            {!one.outgoingSignedAt && (
              <FormArea
                id={`suspected-${one.id}`}
                name="suspected"
                label={t('handover.suspected')}
                hint={t('handover.suspected_hint')}
              />
            )}
            {one.outgoingSignedAt && one.outgoingId === actor.accountId ? (
              <p>{t('handover.waiting_incoming')}</p>
            ) : (
              <div>
                <Button kind="primary">
                  {one.outgoingSignedAt ? t('handover.sign_incoming') : t('handover.sign_outgoing')}
                </Button>
              </div>
            )}
          </DoorForm>
        </article>
      ))}
      <DataTable
        caption={t('handover.past')}
        showCaption
        rows={all.filter((one) => one.incomingSignedAt)}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('handover.no_past')} />}
        columns={[
          {
            key: 'at',
            head: t('when'),
            rowHead: true,
            cell: (row) => <Moment at={row.generatedAt} now={now} />,
          },
          { key: 'out', head: t('handover.outgoing'), cell: (row) => row.outgoingName },
          { key: 'in', head: t('handover.incoming'), cell: (row) => row.incomingName },
          { key: 'suspected', head: t('handover.suspected'), cell: (row) => row.suspected ?? '–' },
        ]}
      />
    </div>
  )
}

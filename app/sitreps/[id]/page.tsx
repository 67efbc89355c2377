import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { rowId } from '#app/_doors/rules/row-id.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { Marker } from '#app/exercises/_parts/marker.tsx'
import { Button } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { PrintButton } from '#components/print-button.tsx'
import { acknowledgeAction } from '../actions.ts'
import { CheckBeforeSending, NewFacts } from '../check.tsx'
import { DraftForm } from '../draft-form.tsx'
import { readNotice } from '../queries.ts'
import { RecipientsTable } from '../recipients.tsx'
import { SitrepFacts, SitrepSheet } from '../sheet.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sitreps'))('title') }
}

/** One report: written and sent by the cell, read and acknowledged by those it is addressed to. */
export default async function SitrepPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>
  searchParams: Promise<{ check?: string }>
}) {
  const actor = await requireActor('notices.read')
  const now = new Date(requestTime())
  const id = rowId((await params).id)
  const read = id ? await readNotice(actor, id, now) : null
  if (!read || read.one.kind === 'incident_update') notFound()
  const { one, own, recipients, draft } = read
  const t = await getTranslations('sitreps')
  const checking = (await searchParams).check !== undefined && one.body.to !== undefined
  const ofTheCell = may(actor, 'cell.watch')

  return (
    <div className="grid max-w-5xl gap-6">
      <Marker exerciseId={one.exerciseId} />
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">
          {t(`kinds.${one.kind}`, { number: one.number })}
          <span className="block text-lg font-normal text-soft tabular-nums">{one.body.incident}</span>
        </h1>
        <div className="flex flex-wrap items-center gap-4" data-screen-only>
          {one.state === 'issued' && <PrintButton>{t('print')}</PrintButton>}
          {one.state === 'issued' && (
            <a href={`/sitreps/${one.id}/pdf`} download className="inline-flex min-h-11 items-center">
              {t('save_pdf')}
            </a>
          )}
          <Live cases={draft ? 'all' : []} events={['notice.']} />
        </div>
      </div>
      {draft ? (
        checking ? (
          <CheckBeforeSending one={one} draft={draft} now={now} />
        ) : (
          <>
            <NewFacts one={one} draft={draft} />
            <SitrepFacts one={one} now={now} />
            <DraftForm one={one} draft={draft} />
          </>
        )
      ) : (
        <SitrepSheet one={one} now={now} annex={ofTheCell ? null : (own?.annex ?? null)} />
      )}
      {own &&
        !ofTheCell &&
        (own.acknowledgedAt ? (
          <Notice tone="ok">
            {t('acknowledged_by', { name: own.acknowledgedByName ?? '' })}{' '}
            <Moment at={own.acknowledgedAt} now={now} />
          </Notice>
        ) : (
          <DoorForm action={acknowledgeAction} name={`acknowledge-${one.id}`} className="grid gap-2">
            <input type="hidden" name="noticeId" value={one.id} />
            <p>{t('acknowledge_explain')}</p>
            <div>
              <Button kind="primary" size="large">
                {t('acknowledge')}
              </Button>
            </div>
          </DoorForm>
        ))}
      {ofTheCell && one.state === 'issued' && <RecipientsTable recipients={recipients} now={now} />}
      <Marker exerciseId={one.exerciseId} />
    </div>
  )
}

import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { PARIS } from '#app/_i18n/time.ts'
import { Live, liveName } from '#app/_live/live-status.tsx'
import { DialButton } from '#app/calls/dial-button.tsx'
import { FallbacksOfCase } from '#app/fallbacks/_parts/of-case.tsx'
import { fallbacksOfCase } from '#app/fallbacks/queries.ts'
import { readCaseIncident } from '#app/incidents/queries.ts'
import { Deliveries } from '#app/notifications/_parts/deliveries.tsx'
import { mayDial } from '#app/notifications/commands/dial.ts'
import { readDeliveries } from '#app/notifications/queries.ts'
import { readProofHere } from '#app/supervision/cell-query.ts'
import { ProofHere } from '#app/supervision/here.tsx'
import { WorksHere } from '#app/works/here.tsx'
import { LinkButton } from '#components/button.tsx'
import { Icon } from '#components/icon.tsx'
import { together } from '#db/transaction.ts'
import { Facts } from '../_parts/facts.tsx'
import { FileList } from '../_parts/file-list.tsx'
import { TestTable } from '../_parts/test-table.tsx'
import { readReference } from '../rules/reference-number.ts'
import { ActionPanel } from './action-panel.tsx'
import { CaseAlerts } from './alerts.tsx'
import { readCase } from './case-query.ts'
import { CaseHead } from './head.tsx'
import { IncidentPanel } from './incident-panel.tsx'
import { NoteForm } from './note-form.tsx'
import { SeenHere } from './seen-here.tsx'
import { Standing } from './standing.tsx'
import { DeskTimeline } from './timeline.tsx'
import { Who } from './who.tsx'

type Props = {
  params: Promise<{ reference: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('cases')
  return { title: t('page.title', { reference: decodeURIComponent((await params).reference) }) }
}

/** One case, worked by the cell. */
export default async function CasePage({ params, searchParams }: Props) {
  const actor = await requireActor('notices.read')
  const typed = decodeURIComponent((await params).reference)
  const reference = readReference(typed)
  if (!reference) notFound()
  if (!may(actor, 'cases.watch')) redirect(`/my/${reference}`)
  if (reference !== typed) redirect(`/cases/${reference}`)
  const now = new Date(requestTime())
  const page = await readAll(actor, reference, now)
  if (!page) notFound()
  const t = await getTranslations('cases')
  const works = may(actor, 'cases.work')
  const dials = works && (await mayDial(actor))
  const asked = (await searchParams).do
  const { around } = page
  const timeZone = around.territory?.timeZone ?? PARIS
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-6">
        <a href="/cases" className="inline-flex min-h-9 items-center gap-1">
          <Icon name="left" /> {t('page.back')}
        </a>
        <Live cases={[reference]} events={['inbox']} />
        <SeenHere who={liveName(actor)} reference={reference} />
      </div>
      <CaseHead page={page} now={now} />
      <CaseAlerts page={page} now={now} />
      <WorksHere actor={actor} territories={[page.row.territoryCode]} numbers={page.row.numbers} now={now} />
      <ProofHere actor={actor} territory={page.row.territoryCode} numbers={page.row.numbers} now={now} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,27rem)] lg:grid-rows-[auto_1fr]">
        <div className="grid gap-5 lg:col-start-1 lg:row-start-1">
          {works && <ActionPanel page={page} actor={actor} asked={asked} now={now} />}
        </div>
        <aside className="grid gap-5 lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <Standing page={page} now={now} />
          <Who page={page} actor={actor} now={now} />
          <IncidentPanel page={page} actor={actor} />
          <Facts
            of={{ ...around, row: page.row, kind: around.organisation?.kind ?? null }}
            timeZone={timeZone}
            now={now}
            dial={
              dials &&
              page.row.callbackPhone && (
                <DialButton phone={page.row.callbackPhone} name="reporter" reference={reference} />
              )
            }
          />
          <FallbacksOfCase actor={actor} of={page.row} now={now} />
          <FileList
            reference={reference}
            files={around.files.map((file) => ({ ...file, at: new Date(file.at) }))}
            timeZone={timeZone}
            now={now}
          />
          <TestTable tests={around.tests} timeZone={timeZone} now={now} />
        </aside>
        <div className="grid gap-4 lg:col-start-1 lg:row-start-2">
          {works && <NoteForm reference={reference} />}
          <DeskTimeline page={page} now={now} />
          {may(actor, 'reviews.export') && (
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <LinkButton href={`/cases/${reference}/evidence`} size="dense" download>
                {t('page.evidence')}
              </LinkButton>
              <span className="text-sm text-soft">{t('page.evidence_how')}</span>
            </p>
          )}
          {works && <Deliveries actor={actor} about={page.about} now={now} />}
        </div>
      </div>
    </div>
  )
}

/** What its parts read, in one transaction: each of them asks again, and is given what was read here. */
function readAll(actor: AccountActor, reference: string, now: Date) {
  return together(actor, async () => {
    const page = await readCase(actor, reference, now)
    if (!page) return null
    const { row } = page
    const about = { caseId: row.id }
    await Promise.all([
      readProofHere(actor, row.territoryCode, row.numbers),
      readCaseIncident(actor, row.id),
      fallbacksOfCase(actor, row, now),
      ...(may(actor, 'cases.work') ? [mayDial(actor), readDeliveries(actor, about)] : []),
    ])
    return { ...page, about }
  })
}

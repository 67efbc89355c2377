import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { PARIS } from '#app/_i18n/time.ts'
import { Live } from '#app/_live/live-status.tsx'
import { Facts } from '#app/cases/_parts/facts.tsx'
import { FileList } from '#app/cases/_parts/file-list.tsx'
import { TestTable } from '#app/cases/_parts/test-table.tsx'
import { HotlineLine } from '#app/cases/new/hotline-line.tsx'
import { LEVEL_CLOCK } from '#app/cases/rules/deadlines.ts'
import { fixedLines, ownLine } from '#app/cases/rules/own-line.ts'
import { readReference } from '#app/cases/rules/reference-number.ts'
import { Notice } from '#components/notice.tsx'
import { readCase, type SeenCase } from '../queries.ts'
import { readOutlived } from '../said.ts'
import { CaseActions } from './case-actions.tsx'
import { ReportersTimeline } from './case-timeline.tsx'
import { CellSays } from './cell-says.tsx'
import { JustSent } from './just-sent.tsx'
import { Neighbours } from './neighbours.tsx'
import { NextContact } from './next-contact.tsx'
import { Said } from './said.tsx'
import { Sharing } from './sharing.tsx'
import { Standing } from './standing.tsx'

type Props = {
  params: Promise<{ reference: string }>
  searchParams: Promise<Partial<Record<'sent' | 'do' | 'done', string | string[]>>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('my')
  return { title: t('case.title', { reference: (await params).reference }) }
}

/** The reporter's page of a case: what is true now, what comes next and when, what can be said to the cell. */
export default async function MyCasePage({ params, searchParams }: Props) {
  const actor = await requireActor('notices.read')
  const typed = decodeURIComponent((await params).reference)
  const reference = readReference(typed)
  if (!may(actor, 'cases.follow')) redirect(`/cases/${encodeURIComponent(typed)}`)
  // A number that cannot exist is said to be none; the list says it in words.
  if (!reference) redirect(`/my?q=${encodeURIComponent(typed)}`)
  const now = new Date(requestTime())
  const seen = await readCase(actor, reference, now)
  if (!seen) notFound()
  const t = await getTranslations('my')
  const timeZone = seen.timeZone ?? PARIS
  const asked = await searchParams
  const sent = asked.sent !== undefined
  const done = readOutlived(asked.done)
  return (
    <div className="mx-auto max-w-6xl">
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <Link href="/my" prefetch={false} className="inline-flex min-h-11 items-center">
          {t('case.back')}
        </Link>
        <Live cases={[reference]} />
      </div>
      {sent ? (
        <JustSent reference={reference} canComplete={seen.viewer.ownOrganisation} />
      ) : (
        <h1 className="text-2xl tabular-nums sm:text-3xl">{t('case.title', { reference })}</h1>
      )}
      {done && <Said key={done}>{t(`done.${done}`, { minutes: ackMinutes(seen) })}</Said>}
      {!seen.viewer.ownOrganisation && (
        <div className="mt-3">
          <Notice>{t('case.reader', { organisation: seen.organisation ?? '' })}</Notice>
        </div>
      )}
      {seen.viewer.ownOrganisation && ownLine(seen.row.callbackPhone ?? '', fixedLines(seen.phones)) && (
        <div className="mt-3">
          <Notice
            tone="warn"
            actions={<a href="?do=change_callback#change_callback">{t('action.change_callback')}</a>}
          >
            {t('case.own_line')}
          </Notice>
        </div>
      )}
      <div className="mt-4 grid gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(22rem,30rem)] lg:grid-rows-[auto_1fr] lg:items-start">
        <div className="lg:col-start-2 lg:row-start-1">
          <NextContact seen={seen} now={now} timeZone={timeZone} />
        </div>
        <div className="grid gap-6 lg:col-start-1 lg:row-span-2 lg:row-start-1">
          <CellSays seen={seen} now={now} timeZone={timeZone} />
          <Standing seen={seen} me={actor.accountId} now={now} timeZone={timeZone} />
          {(seen.viewer.ownOrganisation || seen.viewer.authority) && (
            <CaseActions seen={seen} now={now} asked={typeof asked.do === 'string' ? asked.do : null} />
          )}
          <Neighbours actor={actor} seen={seen} now={now} timeZone={timeZone} />
          <ReportersTimeline seen={seen} now={now} timeZone={timeZone} />
        </div>
        <div className="grid gap-6 lg:col-start-2">
          <FileList reference={reference} files={seen.files} timeZone={timeZone} now={now} />
          <TestTable tests={seen.tests} timeZone={timeZone} now={now} />
          <Facts
            of={{ ...seen, communes: seen.communes.map(({ name }) => name) }}
            timeZone={timeZone}
            now={now}
            first={await ofTheCase(seen, now, timeZone)}
          />
        </div>
      </div>
      <Sharing again={seen.viewer.ownOrganisation ? reference : null} />
      <HotlineLine />
    </div>
  )
}

/** What the cell reads at the head of its own page. */
async function ofTheCase({ row, organisation, territory }: SeenCase, now: Date, timeZone: string) {
  const [t, symptoms, causes] = [
    await getTranslations('my'),
    await getTranslations('symptoms'),
    await getTranslations('causes'),
  ]
  return [
    { term: t('facts.organisation'), value: organisation },
    { term: t('facts.numbers'), value: <strong>{row.numbers.join(', ')}</strong> },
    { term: t('facts.symptom'), value: symptoms.has(row.symptom) ? symptoms(row.symptom) : row.symptom },
    { term: t('facts.territory'), value: territory },
    { term: t('facts.received'), value: <Moment at={row.receivedAt} now={now} timeZone={timeZone} /> },
    { term: t('facts.cause'), value: row.cause && causes(row.cause) },
  ]
}

/** In how many minutes the cell must have read what it is told anew. */
function ackMinutes({ row }: SeenCase): number {
  return LEVEL_CLOCK[row.level].ackMin
}

import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { overspent } from '#app/_doors/budget.ts'
import { say } from '#app/_doors/say.ts'
import { Live, liveName } from '#app/_live/live-status.tsx'
import { ForgottenButton } from '#app/admin/forgotten.tsx'
import { readForgotten } from '#app/admin/queries.ts'
import { MissedCalls } from '#app/calls/missed.tsx'
import { countToCallBack } from '#app/calls/queries.ts'
import { CallButton } from '#app/cell/call-tasks.tsx'
import { readCalls } from '#app/cell/queries.ts'
import { EmptyState } from '#components/empty-state.tsx'
import { Notice } from '#components/notice.tsx'
import { together } from '#db/transaction.ts'
import { deskWords } from './_queue/desk-words.ts'
import { FilterForm } from './_queue/filter-form.tsx'
import { filterQuery, isTyped, readFilters } from './_queue/filters.ts'
import { tableWords } from './_queue/lines.ts'
import { readList, searchList } from './_queue/list.ts'
import { ListPages, ListRows } from './_queue/list-parts.tsx'
import { LiveQueue } from './_queue/live-queue.tsx'
import { readDesk, typedNumber } from './_queue/query.ts'
import { ResidualRollup } from './_queue/residual-rollup.tsx'
import { readPlace, writePlace } from './_queue/row.ts'
import { QueueTabs } from './_queue/tabs.tsx'
import { SavedViews } from './_queue/views.tsx'
import { actFromQueue } from './actions.ts'
import { looksLikeReference } from './rules/reference-number.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('queue')
  return { title: t('title') }
}

/** The queue of the cell: what is due first stands first. */
export default async function QueuePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const actor = await requireActor('notices.read')
  if (!may(actor, 'cases.watch')) redirect('/my')
  const params = await searchParams
  const filters = readFilters(params)
  const after = readPlace(params.after)
  const now = new Date(requestTime())
  const [t, locale] = [await getTranslations('queue'), await getLocale()]
  const over = filters.q ? await overspent(actor, 'search') : null
  if (over)
    return (
      <Notice tone="warn" title={t('title')} live>
        {(await say(over.reason)).text}
      </Notice>
    )
  const works = may(actor, 'cases.work')
  const asked = { filters, after, locale: locale === 'en' ? 'en' : 'fr', now } as const
  // Before the rest, never inside its transaction: it may wait for somebody else's reading.
  const given = filters.q ? null : await readList(actor, asked)
  // What the line of the title asks is read with the desk, in one transaction; its parts ask again and are given it. In an
  // exercise forgotten passphrases are of the other world, and asked by their part alone: never a second connection inside the first.
  const [desk, found] = await together(
    actor,
    () =>
      Promise.all([
        readDesk(actor, filters, now),
        given ?? searchList(actor, asked),
        ...(works ? [countToCallBack(actor, now)] : []),
        ...(works && actor.exerciseId === null ? [readForgotten(actor, now)] : []),
      ]),
    { plannedOnce: !isTyped(filters) },
  )
  if (desk.exact) redirect(`/cases/${desk.exact}`)
  if (desk.incident) redirect(`/incidents/${desk.incident}`)
  const number = looksLikeReference(filters.q)
  const query = filterQuery(filters)
  const filtered = query !== ''
  const list = number ? { ...found, lines: [] } : found
  // The page alone can say what is searched, what there is when there is nothing, and what incidents left behind.
  const alone = filters.q !== '' || filters.residual || list.lines.length === 0
  const place = new URLSearchParams(query)
  if (after) place.set('after', writePlace(after))
  return (
    <LiveQueue first={list} query={place.toString()} alone={alone} said={t.raw('rows_shown')}>
      <div className="grid gap-2">
        <div className="relative flex min-h-11 flex-wrap items-center justify-between gap-x-4 lg:flex-nowrap">
          <h1 className="text-2xl">{t('title')}</h1>
          {/* On the line of the title: what arrives here moves no row. */}
          {works && <MissedCalls actor={actor} now={now} />}
          {works && <ForgottenButton actor={actor} now={now} />}
          {works && <CallButton tasks={await readCalls(actor, now)} actor={actor} now={now} />}
          <Live
            cases="all"
            events={[
              ...['inbox', 'notice.', 'instruction.', 'cell.', 'account.passphrase_'],
              ...['call.missed', 'call.called_back', 'call.answered', 'call.ended'],
            ]}
          />
        </div>
        <QueueTabs filters={filters} />
        <FilterForm filters={filters} teams={desk.teams} places={desk.places} />
        {number && (
          <Notice tone="warn" live>
            {typedNumber(filters.q, now)
              ? t('search.no_such_case', { reference: typedNumber(filters.q, now) ?? '' })
              : t('search.not_a_number', { typed: filters.q })}
          </Notice>
        )}
        {filters.q && !number && <p className="text-soft">{t('search.newest')}</p>}
        {desk.incidents.length > 0 && (
          <p className="flex flex-wrap gap-x-4">
            {t('search.incidents')}
            {desk.incidents.map(({ reference, title }) => (
              <a key={reference} href={`/incidents/${reference}`}>
                {[reference, title].filter(Boolean).join(' · ')}
              </a>
            ))}
          </p>
        )}
        {list.lines.length > 0 ? (
          <ListRows
            action={actFromQueue}
            locale={locale}
            words={await deskWords()}
            acts={works}
            table={await tableWords()}
            picks={works}
            who={liveName(actor)}
          />
        ) : (
          !number && (
            <EmptyState
              icon={filtered ? 'filter' : 'ok'}
              title={t(filtered ? 'empty.filtered' : 'empty.calm')}
            >
              {t(filters.q ? 'empty.search_text' : filtered ? 'empty.filtered_text' : 'empty.calm_text')}
            </EmptyState>
          )
        )}
        <ListPages label={t('pages.label')} previousLabel={t('pages.first')} nextLabel={t('pages.next')} />
        {filters.residual && <ResidualRollup actor={actor} now={now} />}
        {works && <SavedViews views={desk.views} />}
      </div>
    </LiveQueue>
  )
}

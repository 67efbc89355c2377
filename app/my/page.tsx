import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Live } from '#app/_live/live-status.tsx'
import { HotlineLine } from '#app/cases/new/hotline-line.tsx'
import { readReference } from '#app/cases/rules/reference-number.ts'
import { LinkButton } from '#components/button.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { readCursor } from './cursor.ts'
import { FilterBar } from './filter-bar.tsx'
import { addressOf, readFilters } from './filters.ts'
import { drawnList } from './list.ts'
import { ListNumbers, ListPages, ListRows, LiveList } from './live-list.tsx'
import { caseExists } from './queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('my')
  return { title: t('title') }
}

/** The reporter's own cases; for an authority, those of its territory too. */
export default async function MyPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const asked = await searchParams
  const actor = await requireActor('notices.read')
  if (!may(actor, 'cases.follow')) redirect('/cases')
  const typed = typeof asked.q === 'string' ? asked.q.trim() : ''
  const searched = readReference(typed)
  if (searched && (await caseExists(actor, searched))) redirect(`/my/${searched}`)

  const authority = actor.territories.length > 0
  const filters = readFilters(asked, { authority })
  const after = readCursor(typeof asked.after === 'string' ? asked.after : undefined)
  const locale = (await getLocale()) === 'en' ? 'en' : 'fr'
  const list = await drawnList(actor, { filters, after, now: new Date(requestTime()) })
  const t = await getTranslations('my')
  const common = await getTranslations('common')
  const here = `/my${addressOf(filters, authority)}`
  const filtered = filters.standing !== null || filters.level !== null || filters.number !== null
  return (
    <LiveList first={list} query={addressOf(filters, authority, after ? String(asked.after) : undefined)}>
      <div className="mx-auto max-w-5xl">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h1 className="text-2xl sm:text-3xl">{authority ? t('title_authority') : t('title')}</h1>
          {actor.organisationId && (
            <LinkButton
              href="/cases/new"
              kind="primary"
              size="large"
              icon="megaphone"
              className="max-sm:w-full"
            >
              {t('report')}
            </LinkButton>
          )}
        </div>
        <HotlineLine />
        <div className="mt-2 text-sm">
          <Live cases="all" />
        </div>
        <ListNumbers title={t('numbers.title')} none={t('numbers.none')} since={t('numbers.since')} />
        <FilterBar
          filters={filters}
          authority={authority}
          typed={typed}
          fault={typed === '' ? null : searched ? 'not_found' : 'not_a_number'}
        />
        <ListRows
          locale={locale}
          words={{
            caption: t(`filter.${filters.scope}`),
            heads: t.raw('list'),
            time: { ahead: common.raw('time.ahead'), overdue: common.raw('time.overdue') },
          }}
        >
          <EmptyState
            icon={filtered ? 'filter' : 'ok'}
            title={t(filtered ? 'empty.filtered' : 'empty.title')}
          >
            {!filtered && t('empty.text')}
          </EmptyState>
        </ListRows>
        <ListPages
          label={common('pages')}
          previousLabel={t('first_page')}
          nextLabel={common('nextPage')}
          here={here}
          paged={after !== null}
        />
      </div>
    </LiveList>
  )
}

import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Live } from '#app/_live/live-status.tsx'
import { HotlineLine } from '#app/cases/new/hotline-line.tsx'
import { readReference } from '#app/cases/rules/reference-number.ts'
import { LinkButton } from '#components/button.tsx'
import { Pagination } from '#components/pagination.tsx'
import { LEVELS, type Level } from '#db/schema/cases.ts'
import { ByNumber } from './by-number.tsx'
import { CaseList } from './case-list.tsx'
import { readCursor, writeCursor } from './cursor.ts'
import { FilterBar } from './filter-bar.tsx'
import { caseExists, type Filters, listCases, STANDINGS } from './queries.ts'

type Asked = Partial<Record<'scope' | 'standing' | 'level' | 'number' | 'after' | 'q', string | string[]>>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('my')
  return { title: t('title') }
}

/** The reporter's own cases; for an authority, those of its territory too. */
export default async function MyPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const asked = await searchParams
  const actor = await requireActor('notices.read')
  if (!may(actor, 'cases.follow')) redirect('/cases')
  const one = (name: keyof Asked) => (typeof asked[name] === 'string' ? asked[name] : undefined)
  const typed = one('q')?.trim() ?? ''
  const searched = readReference(typed)
  if (searched && (await caseExists(actor, searched))) redirect(`/my/${searched}`)

  const authority = actor.territories.length > 0
  const filters: Filters = {
    scope: authority && one('scope') !== 'own' ? 'territory' : 'own',
    standing: STANDINGS.find((standing) => standing === one('standing')) ?? null,
    level: LEVELS.find((level) => String(level) === one('level')) ?? null,
    number: /^\d{2,6}$/.exec(one('number') ?? '')?.[0] ?? null,
  }
  const now = new Date(requestTime())
  const { rows, next } = await listCases(actor, filters, readCursor(one('after')), now)
  const t = await getTranslations('my')
  const common = await getTranslations('common')
  return (
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
      {authority && filters.scope === 'territory' && <ByNumber actor={actor} now={now} />}
      <FilterBar
        filters={filters}
        authority={authority}
        typed={typed}
        fault={typed === '' ? null : searched ? 'not_found' : 'not_a_number'}
      />
      <CaseList
        rows={rows}
        filters={filters}
        now={now}
        filtered={filters.standing !== null || filters.level !== null || filters.number !== null}
      />
      <Pagination
        label={common('pages')}
        previousLabel={t('first_page')}
        nextLabel={common('nextPage')}
        previous={one('after') ? address(filters, authority) : null}
        next={next && address(filters, authority, writeCursor(next))}
      />
    </div>
  )
}

function address({ scope, standing, level, number }: Filters, authority: boolean, after?: string): string {
  const query = new URLSearchParams()
  if (authority && scope === 'own') query.set('scope', 'own')
  if (standing) query.set('standing', standing)
  if (level) query.set('level', String(level satisfies Level))
  if (number) query.set('number', number)
  if (after) query.set('after', after)
  return query.size > 0 ? `/my?${query}` : '/my'
}

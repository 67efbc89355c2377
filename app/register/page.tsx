import type { Metadata } from 'next'
import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requireActor } from '#app/_auth/session.ts'
import { type Asked, listAddress, one, pageAfter } from '#app/admin/asked.ts'
import { ListPages } from '#app/admin/list-pages.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Notice } from '#components/notice.tsx'
import { Tag } from '#components/tag.tsx'
import { FilterForm } from './_parts/filter-form.tsx'
import { askedFilter, filtered } from './filter.ts'
import { readDrafts, readRegister } from './queries.ts'
import { LearningTabs } from './tabs.tsx'

/** What the file is written in; the words are `register.format`. */
const FORMATS = ['jsonl', 'csv', 'stix', 'ciras', 'fcc'] as const

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('register'))('title') }
}

/** The register of losses of access to help: public ones, ours, and those that neighbours sent. */
export default async function RegisterPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor('reviews.read')
  const asked = await searchParams
  const filter = askedFilter(asked)
  const all = await readRegister(actor)
  const shown = filtered(all, filter)
  const after = one(asked, 'after')
  const { page, next } = pageAfter(shown, ({ loss }) => loss.id, after)
  const keeps = may(actor, 'register.keep')
  const drafts = keeps ? await readDrafts(actor) : []
  const [t, locale] = [await getTranslations('register'), await getLocale()]
  const regions = new Intl.DisplayNames([locale], { type: 'region' })
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <h1 className="text-3xl">{t('title')}</h1>
      <LearningTabs current="/register" />
      {one(asked, 'received') && (
        <Notice tone="ok" live>
          {t('done.received', { count: Number(one(asked, 'received')) || 0 })}
        </Notice>
      )}
      <p className="max-w-[65ch] text-soft">
        {t('explain')} <a href="/register/schema">{t('schema')}</a>
      </p>
      {drafts.length > 0 && (
        <Notice tone="warn" title={t('drafts', { count: drafts.length })}>
          <ul>
            {drafts.map((draft) => (
              <li key={draft.id}>
                <Link href={`/register/${draft.recordId}`} prefetch={false}>
                  {draft.recordId}
                </Link>{' '}
                <span className="text-soft">{draft.byName}</span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <FilterForm path="/register" filter={filter} all={all} />
      <nav aria-label={t('export')} className="flex flex-wrap gap-x-4 gap-y-1" data-screen-only>
        <span className="text-soft">{t('export')}</span>
        {FORMATS.map((format) => (
          <a key={format} href={listAddress('/register/export', { ...filter, format })} download>
            {t(`format.${format}`)}
          </a>
        ))}
      </nav>
      <DataTable
        caption={t('count', { count: shown.length, all: all.length })}
        showCaption
        rows={page}
        rowKey={({ loss }) => loss.id}
        empty={<EmptyState title={t('none')} />}
        columns={[
          {
            key: 'id',
            head: t('field.record'),
            rowHead: true,
            cell: ({ loss }) => (
              <Link href={`/register/${loss.id}`} prefetch={false}>
                {loss.operator.name ?? t(`role.${loss.operator.role}`)}
                <span className="block text-sm font-normal text-soft">
                  {loss.times.began.at?.slice(0, 10) ?? loss.id}
                </span>
              </Link>
            ),
          },
          {
            key: 'country',
            head: t('field.country'),
            cell: ({ loss }) => regions.of(loss.country) ?? loss.country,
          },
          { key: 'numbers', head: t('field.numbers'), cell: ({ loss }) => loss.numbers.join(' · ') },
          {
            key: 'territory',
            head: t('field.territory'),
            cell: ({ loss }) => loss.territory.words ?? t(`extent.${loss.territory.extent}`),
          },
          {
            key: 'detected',
            head: t('field.detected'),
            cell: ({ loss }) => t(`detector.${loss.detection.by}`),
          },
          {
            key: 'after',
            head: t('field.after'),
            numeric: true,
            cell: ({ loss }) =>
              loss.detection.afterMin === null ? '–' : t('minutes', { count: loss.detection.afterMin }),
          },
          {
            key: 'cause',
            head: t('field.cause_family'),
            cell: ({ loss }) => t(`family.${loss.cause.family}`),
          },
          { key: 'fallback', head: t('field.held'), cell: ({ loss }) => t(`held.${loss.fallback.held}`) },
          {
            key: 'marks',
            head: t('field.marks'),
            cell: ({ loss, origin, tlp }) => (
              <span className="flex flex-wrap gap-1">
                <Tag>{t(`origin.${origin}`)}</Tag>
                <Tag tone={tlp === 'TLP:CLEAR' ? 'neutral' : 'info'}>{tlp}</Tag>
                {loss.doubts.length > 0 && (
                  <Tag tone="warn">{t('doubts', { count: loss.doubts.length })}</Tag>
                )}
              </span>
            ),
          },
        ]}
      />
      <ListPages path="/register" filters={filter} after={after} next={next} />
    </div>
  )
}

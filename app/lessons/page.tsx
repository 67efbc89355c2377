import type { Metadata } from 'next'
import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { dayKey, dayText, momentText } from '#app/_i18n/time.ts'
import { Live } from '#app/_live/live-status.tsx'
import { type Asked, one } from '#app/admin/asked.ts'
import { shippedDrills } from '#app/drills/shipped.ts'
import { LearningTabs } from '#app/register/tabs.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Notice } from '#components/notice.tsx'
import { Tag } from '#components/tag.tsx'
import { CloseForm, LessonForm, ProveForm, RunAgain } from './forms.tsx'
import { readLessons } from './queries.ts'
import { isOverdue } from './rules/lesson.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('lessons'))('title') }
}

/** What was recommended, who does it until when, what proves it; the overdue ones first. */
export default async function LessonsPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor('reviews.read')
  const now = new Date(requestTime())
  const asked = await searchParams
  const { lessons, runs } = await readLessons(actor)
  const [t, locale] = [await getTranslations('lessons'), await getLocale()]
  const keeps = may(actor, 'lessons.keep')
  const today = dayKey(now)
  const overdue = lessons.filter((lesson) => isOverdue(lesson, today))
  const drillName = (id: string) => {
    const drill = shippedDrills().find((shipped) => shipped.drill.id === id)?.drill
    return drill ? (locale === 'fr' ? drill.titleFr : drill.title) : id
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{t('title')}</h1>
        <Live cases={[]} events={['lesson.']} />
      </div>
      <LearningTabs current="/lessons" />
      <p className="max-w-[65ch] text-soft">{t('explain')}</p>
      {overdue.length > 0 && <Notice tone="danger" title={t('overdue', { count: overdue.length })} />}
      <DataTable
        caption={t('title')}
        rows={[...overdue, ...lessons.filter((lesson) => !overdue.includes(lesson))]}
        rowKey={(lesson) => lesson.id}
        rowProps={(lesson) => ({
          'data-lesson': String(lesson.id),
          ...(overdue.includes(lesson) ? { 'data-accent': 'danger' } : {}),
        })}
        empty={<EmptyState title={t('none')} />}
        columns={[
          {
            key: 'what',
            head: t('recommendation'),
            rowHead: true,
            cell: (lesson) => (
              <>
                {lesson.recommendation}
                <span className="block text-sm font-normal text-soft">
                  {lesson.incidentReference && (
                    <Link href={`/reviews/${lesson.incidentReference}`} prefetch={false}>
                      {lesson.incidentReference}
                    </Link>
                  )}{' '}
                  {lesson.recordId && (
                    <Link href={`/register/${lesson.recordId}`} prefetch={false}>
                      {lesson.recordId}
                    </Link>
                  )}
                </span>
              </>
            ),
          },
          { key: 'owner', head: t('owner'), cell: (lesson) => lesson.ownerName },
          {
            key: 'due',
            head: t('due'),
            cell: (lesson) => (
              <>
                <span className="whitespace-nowrap tabular-nums">{dayText(lesson.dueOn, locale)}</span>{' '}
                {overdue.includes(lesson) && <Tag tone="danger">{t('late')}</Tag>}
              </>
            ),
          },
          {
            key: 'state',
            head: t('state'),
            cell: (lesson) => (
              <Tag tone={lesson.state === 'closed' ? 'ok' : lesson.state === 'proved' ? 'accent' : 'neutral'}>
                {t(`states.${lesson.state}`)}
              </Tag>
            ),
          },
          {
            key: 'proof',
            head: t('proof'),
            cell: (lesson) => (
              <span className="grid gap-1">
                {lesson.proof}
                {lesson.exerciseId && (
                  <a href={`/drills/${lesson.exerciseId}`}>{t('run', { id: lesson.exerciseId })}</a>
                )}
                {lesson.drillId && (
                  <span className="text-sm text-soft">
                    {t('by_drill', { title: drillName(lesson.drillId) })}
                  </span>
                )}
                {keeps && lesson.drillId && <RunAgain lesson={lesson} />}
              </span>
            ),
          },
          {
            key: 'do',
            head: t('to_do'),
            cell: (lesson) =>
              keeps ? (
                <span className="grid gap-1">
                  {lesson.state === 'open' && (
                    <ProveForm
                      lesson={lesson}
                      runs={runs
                        .filter((run) => run.drillId === lesson.drillId)
                        .map((run) => ({
                          value: String(run.id),
                          label: `${run.title}, ${momentText(run.startedAt, { now, locale })}`,
                        }))}
                    />
                  )}
                  {lesson.state !== 'open' && <CloseForm lesson={lesson} />}
                  {lesson.state !== 'closed' && <LessonForm lesson={lesson} fold={t('change')} />}
                </span>
              ) : (
                '–'
              ),
          },
        ]}
      />
      {keeps && (
        <LessonForm
          lesson={null}
          fold={t('add')}
          open={lessons.length === 0 || one(asked, 'incident') !== '' || one(asked, 'record') !== ''}
          incident={one(asked, 'incident')}
          record={one(asked, 'record')}
        />
      )}
    </div>
  )
}

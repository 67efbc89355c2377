import { getLocale, getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { durationBetween } from '#app/_i18n/time.ts'
import { LinkButton } from '#components/button.tsx'
import { DescriptionList } from '#components/description-list.tsx'
import { Stat } from '#components/stat.tsx'
import { Tag } from '#components/tag.tsx'
import { LevelTag } from '../_parts/marks.tsx'
import type { IncidentPage } from '../queries.ts'

const TONES = {
  suspected: 'warn',
  confirmed: 'danger',
  restored: 'info',
  residual: 'warn',
  closed: 'ok',
} as const

/** Which incident, how grave, where it stands; the figures that are asked for first. */
export async function IncidentHead({ page, now }: { page: IncidentPage; now: Date }) {
  const [t, causes, locale] = [
    await getTranslations('incidents'),
    await getTranslations('causes'),
    await getLocale(),
  ]
  const at = (instant: string | null) => instant && <Moment at={new Date(instant)} now={now} />
  const confirmed = page.attached.filter((one) => one.confirmed).length
  return (
    <header className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-2xl sm:text-3xl">
          {page.title && <span className="mr-1">{page.title}</span>}{' '}
          <span className="font-mono text-lg font-normal whitespace-nowrap">{page.reference}</span>
        </h1>
        <LevelTag level={page.level} strong />
        <Tag tone={TONES[page.state]} strong>
          {t(`state.${page.state}`)}
        </Tag>
        <LinkButton href={`/reviews/${page.reference}`} size="dense">
          {t('page.review')}
        </LinkButton>
      </div>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
        <Stat label={t('column.age')} value={durationBetween(new Date(page.openedAt), now, locale)} />
        <Stat label={t('page.open_cases')} value={page.open} note={t('page.of_all', { all: page.cases })} />
        <Stat label={t('page.organisations')} value={page.picture.organisations} />
        <Stat label={t('column.territories')} value={page.territories.length} />
        <Stat
          label={t('page.residuals')}
          value={page.residual}
          tone={page.residual > 0 ? 'warn' : 'neutral'}
        />
        <Stat label={t('page.confirmations')} value={confirmed} tone={confirmed > 0 ? 'ok' : 'neutral'} />
      </div>
      <DescriptionList
        columns={2}
        items={[
          { term: t('column.numbers'), value: page.numbers.join(', ') },
          { term: t('page.opened'), value: at(page.openedAt) },
          { term: t('page.last'), value: at(page.lastAt) },
          { term: t('page.confirmed'), value: at(page.confirmedAt) },
          { term: t('page.restored'), value: at(page.restoredAt) },
          { term: t('page.closed'), value: at(page.closedAt) },
          {
            term: t('page.cause'),
            value: page.cause && (causes.has(page.cause as never) ? causes(page.cause as never) : page.cause),
          },
        ]}
      />
    </header>
  )
}

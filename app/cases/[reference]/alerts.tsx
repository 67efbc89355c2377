import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { whenText } from '#app/_i18n/time.ts'
import { Notice } from '#components/notice.tsx'
import type { CasePage } from './case-query.ts'

/** What must not be overlooked before anything is done, and where this case hangs together with others. */
export async function CaseAlerts({ page: { row, around }, now }: { page: CasePage; now: Date }) {
  const [t, locale] = [await getTranslations('cases'), await getLocale()]
  const links: { key: string; label: string; content: ReactNode }[] = []
  const link = (reference: string) => <a href={`/cases/${reference}`}>{reference}</a>
  if (around.main) links.push({ key: 'main', label: t('page.duplicate_of'), content: link(around.main) })
  if (around.former)
    links.push({ key: 'former', label: t('page.reopened_from'), content: link(around.former) })
  if (around.incident)
    links.push({
      key: 'incident',
      label: t('page.incident'),
      content: <a href={`/incidents/${around.incident}`}>{around.incident}</a>,
    })
  if (around.duplicates.length > 0)
    links.push({
      key: 'duplicates',
      label: t('page.duplicates'),
      content: around.duplicates.map((one, index) => (
        <span key={one}>
          {index > 0 && ', '}
          {link(one)}
        </span>
      )),
    })
  return (
    <>
      {row.stillFailingAt && (
        <Notice tone="danger" title={t('page.still_failing')}>
          {t('page.still_failing_since', {
            time: whenText(row.stillFailingAt, { now, locale, timeZone: around.territory?.timeZone }),
          })}
        </Notice>
      )}
      {row.verification === 'unverified' && (
        <Notice tone="warn" title={t('page.unverified')}>
          {t('page.unverified_text')}
        </Notice>
      )}
      {links.length > 0 && (
        <p className="flex flex-wrap gap-x-5 gap-y-1">
          {links.map(({ key, label, content }) => (
            <span key={key}>
              {label} {content}
            </span>
          ))}
        </p>
      )}
    </>
  )
}

import { getLocale, getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import type { CaseFile } from '../files.ts'
import { Section } from './section.tsx'

/** Photos and traces of a case, to be saved. */
export async function FileList({
  reference,
  files,
  timeZone,
  now,
}: {
  reference: string
  files: readonly CaseFile[]
  timeZone: string
  now: Date
}) {
  if (files.length === 0) return null
  const [t, locale] = [await getTranslations('cases'), await getLocale()]
  const size = new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 })
  return (
    <Section id="files" title={t('page.files')}>
      <ul>
        {files.map(({ id, name, size: bytes, at }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-3">
            <a
              href={`/cases/${reference}/file/${id}`}
              download={name}
              className="inline-flex min-h-11 items-center break-all"
            >
              {name}
            </a>
            <span className="text-sm text-soft">
              {size.format(Math.max(1, bytes / 1000))}, <Moment at={at} now={now} timeZone={timeZone} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

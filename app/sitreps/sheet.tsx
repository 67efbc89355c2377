import { getLocale, getTranslations } from 'next-intl/server'
import { Fragment } from 'react'
import type { Locale } from '#app/_i18n/locale.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { PARIS, zoneText } from '#app/_i18n/time.ts'
import type { Picture } from '#app/incidents/picture.ts'
import { DataTable } from '#components/data-table.tsx'
import { DescriptionList } from '#components/description-list.tsx'
import { Notice } from '#components/notice.tsx'
import { type FactTable, factsSum, factTables } from './fact-tables.ts'
import type { NoticeRow } from './queries.ts'

/** The report as it is read, in the order of DOMAIN §7; the same for all but the annex. */
export async function SitrepSheet({ one, now, annex }: { one: NoticeRow; now: Date; annex: string | null }) {
  const t = await getTranslations('sitreps')
  const { body } = one
  const words = (text: string | undefined) => text && <span className="whitespace-pre-line">{text}</span>
  return (
    <div className="grid gap-6">
      {body.text && <p className="max-w-[75ch] text-lg whitespace-pre-line">{body.text}</p>}
      <SitrepFacts one={one} now={now} />
      <DescriptionList
        items={[
          { term: t('changes_since'), value: words(body.changes) },
          {
            term: t('cause'),
            value: (
              <>
                <strong>{t(`cause_status.${body.causeStatus ?? 'unknown'}`)}</strong>
                {body.cause && <span className="whitespace-pre-line">. {body.cause}</span>}
              </>
            ),
          },
          { term: t('action'), value: words(body.action) },
          { term: t('instruction'), value: words(body.instruction) },
          { term: t('fallback'), value: words(body.fallback) },
          { term: t('estimate'), value: words(body.estimate) },
          { term: t('next'), value: one.nextAt && <Moment at={one.nextAt} now={now} /> },
          { term: t('contact'), value: words(body.contact) },
          {
            term: t('issued_by'),
            value: one.issuedAt && (
              <>
                {one.issuedByName}, <Moment at={one.issuedAt} now={now} />
              </>
            ),
          },
        ]}
      />
      {annex && (
        <Notice title={t('annex')}>
          <span className="whitespace-pre-line">{annex}</span>
        </Notice>
      )}
    </div>
  )
}

/** What was true at that hour: by number, by territory, by network, with passed of tried. */
export async function SitrepFacts({ one, now }: { one: NoticeRow; now: Date }) {
  const [t, locale] = [await getTranslations('sitreps'), (await getLocale()) as Locale]
  const words = await getTranslations('vocabulary')
  const facts = one.body.facts as Picture | undefined
  if (!facts) return null
  const tables = factTables(facts, t as never, words as never)
  return (
    <section className="grid gap-5" aria-label={t('facts')}>
      <p>
        <strong>
          {t('as_of')} <Moment at={one.asOf} now={now} />
        </strong>
        {one.nextAt && (
          <>
            {' · '}
            {t('valid_until')} <Moment at={one.nextAt} now={now} />
          </>
        )}
        {' · '}
        {zoneText(PARIS, locale)}
        {' · '}
        {factsSum(facts, t as never)}
      </p>
      {tables.map(({ key, caption, columns, rows, note }) => (
        <Fragment key={key}>
          <DataTable
            caption={caption}
            showCaption
            dense
            rows={rows}
            rowKey={(row: FactTable['rows'][number]) => row.key}
            empty={key === 'number' ? <p>{t('no_facts')}</p> : <span />}
            columns={columns.map((column, at) => ({
              ...column,
              rowHead: at === 0,
              cell: ({ cells }: FactTable['rows'][number]) => cells[at],
            }))}
          />
          {note && <p className="-mt-3 text-sm text-soft">{note}</p>}
        </Fragment>
      ))}
    </section>
  )
}

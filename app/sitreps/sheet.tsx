import { getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import type { Picture } from '#app/incidents/picture.ts'
import { DataTable } from '#components/data-table.tsx'
import { DescriptionList } from '#components/description-list.tsx'
import { Notice } from '#components/notice.tsx'
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

/** The last line is the sum of the others: figures that do not add up are not believed. */
function withSum(rows: Picture['territories'], name: string): Picture['territories'] {
  if (rows.length < 2) return rows
  const sum = (what: 'cases' | 'open' | 'passed' | 'tried') => rows.reduce((all, row) => all + row[what], 0)
  const figures = { cases: sum('cases'), open: sum('open'), passed: sum('passed'), tried: sum('tried') }
  return [
    ...rows,
    { code: '', name, numbers: [...new Set(rows.flatMap(({ numbers }) => numbers))], ...figures },
  ]
}

/** What was true at that hour: by number, by territory, by network, with passed of tried. */
export async function SitrepFacts({ one, now }: { one: NoticeRow; now: Date }) {
  const t = await getTranslations('sitreps')
  const words = await getTranslations('vocabulary')
  const facts = one.body.facts as Picture | undefined
  if (!facts) return null
  const rate = (row: { passed: number; tried: number }) =>
    row.tried > 0 ? t('rate', { passed: row.passed, tried: row.tried }) : t('not_tested')
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
        {facts.cases.total === undefined
          ? t('counts', { organisations: facts.organisations, ...facts.cases })
          : t('sum', { organisations: facts.organisations, ...facts.cases })}
      </p>
      <DataTable
        caption={t('by_number')}
        showCaption
        dense
        rows={facts.numbers}
        rowKey={(row) => row.number}
        empty={<p>{t('no_facts')}</p>}
        columns={[
          { key: 'number', head: t('number'), rowHead: true, cell: (row) => row.number },
          { key: 'territories', head: t('territories'), numeric: true, cell: (row) => row.territories },
          { key: 'cases', head: t('cases'), numeric: true, cell: (row) => row.cases },
          { key: 'rate', head: t('tests'), numeric: true, cell: rate },
        ]}
      />
      {facts.numbers.length > 1 && <p className="-mt-3 text-sm text-soft">{t('several_numbers')}</p>}
      <DataTable
        caption={t('by_territory')}
        showCaption
        dense
        rows={withSum(facts.territories, t('all_territories'))}
        rowKey={(row) => row.code}
        empty={<span />}
        columns={[
          { key: 'name', head: t('territory'), rowHead: true, cell: (row) => row.name },
          { key: 'numbers', head: t('numbers'), cell: (row) => row.numbers.join(', ') || '–' },
          { key: 'open', head: t('open_cases'), numeric: true, cell: (row) => `${row.open} / ${row.cases}` },
          { key: 'rate', head: t('tests'), numeric: true, cell: rate },
        ]}
      />
      <DataTable
        caption={t('by_network')}
        showCaption
        dense
        rows={facts.networks}
        rowKey={(row) => `${row.technology} ${row.operator}`}
        empty={<span />}
        columns={[
          {
            key: 'technology',
            head: t('network'),
            rowHead: true,
            cell: (row) =>
              words.has(`technology.${row.technology}` as never)
                ? words(`technology.${row.technology}` as never)
                : row.technology,
          },
          { key: 'operator', head: t('operator'), cell: (row) => row.operator || '–' },
          { key: 'rate', head: t('tests'), numeric: true, cell: rate },
        ]}
      />
    </section>
  )
}

import type { Metadata } from 'next'
import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { momentText } from '#app/_i18n/time.ts'
import type { Asked } from '#app/admin/asked.ts'
import { LearningTabs } from '#app/register/tabs.tsx'
import { Button, LinkButton } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Select } from '#components/field.tsx'
import { Notice } from '#components/notice.tsx'
import { PrintButton } from '#components/print-button.tsx'
import { Tag } from '#components/tag.tsx'
import { Axis } from './_parts/axis.tsx'
import { chosenOf, fileAddress, titleOf } from './chosen.ts'
import { publicAccounts, readChoices, readComparison } from './queries.ts'
import { type Account, type At, MEANS, STAGES } from './rules/account.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('comparisons'))('title') }
}

/** One loss beside up to four others on one axis from the first failed call: when it was seen, told, restored; what each had. */
export default async function ComparisonsPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor('reviews.read')
  const now = new Date(requestTime())
  const asked = await searchParams
  const { chosen, withRules } = chosenOf(asked)
  const [t, every] = [await getTranslations('comparisons'), await getTranslations()]
  const locale = await getLocale()
  const { incidents, runs } = await readChoices(actor)
  const { verdict, accounts, rules, missing } = await readComparison(actor, chosen, withRules)
  const shown: Account[] = [...accounts, ...rules]
  const title = (account: Account) => titleOf(account, locale, t)
  const options = [
    ...publicAccounts().map(({ id, name }) => ({ value: id, label: name[locale] })),
    ...incidents.map(({ reference, title: words }) => ({
      value: `incident:${reference}`,
      label: t('incident', { reference, title: words ?? '' }),
    })),
    ...runs.map(({ id, title: words, startedAt }) => ({
      value: `run:${id}`,
      label: t('run', { title: words, at: momentText(startedAt, { now, locale }) }),
    })),
  ]
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <h1 className="text-3xl">{t('title')}</h1>
        <div className="flex flex-wrap gap-3" data-screen-only>
          <PrintButton>{t('print')}</PrintButton>
          {shown.length > 0 && (
            <LinkButton href={fileAddress(chosen, withRules)} download>
              {t('save_pdf')}
            </LinkButton>
          )}
        </div>
      </div>
      <LearningTabs current="/comparisons" />
      <form action="/comparisons" className="grid gap-3" data-screen-only>
        <div className="max-w-xl">
          <Select name="subject" label={t('subject')} defaultValue={chosen.subject} options={options} />
        </div>
        <fieldset className="grid gap-x-6 sm:grid-cols-2">
          <legend className="font-semibold">{t('with')}</legend>
          {options.map(({ value, label }) => (
            <label key={value} className="inline-flex min-h-11 items-center gap-2">
              <input
                type="checkbox"
                name="with"
                value={value}
                defaultChecked={chosen.others.includes(value)}
                className="size-5"
              />
              {label}
            </label>
          ))}
        </fieldset>
        <label className="inline-flex min-h-11 items-center gap-2">
          <input type="checkbox" name="rules" value="1" defaultChecked={withRules} className="size-5" />
          {t('rules')}
        </label>
        <div>
          <Button kind="primary">{t('compare')}</Button>
        </div>
      </form>
      {!verdict.ok && <Notice tone="danger">{every(verdict.key as never, verdict.values as never)}</Notice>}
      {verdict.ok && missing && <Notice tone="warn">{t('absent')}</Notice>}
      {shown.length > 0 && (
        <>
          <p className="hidden text-soft print:block">
            {t('printed', { at: momentText(now, { now, locale }) })}
          </p>
          {rules.length > 0 && <Notice tone="warn">{t('rules_text')}</Notice>}
          <Axis rows={shown.map((account) => ({ account, title: title(account) }))} />
          <DataTable
            dense
            caption={t('table')}
            showCaption
            rows={STAGES}
            rowKey={(stage) => stage}
            rowProps={(stage) => ({ 'data-stage': stage })}
            columns={[
              {
                key: 'stage',
                head: t('stage'),
                rowHead: true,
                cell: (stage) => `${STAGES.indexOf(stage) + 1}. ${t(`stages.${stage}`)}`,
              },
              ...shown.map((account) => ({
                key: account.id,
                head: title(account),
                cell: (stage: (typeof STAGES)[number]) => <Cell at={account.stages[stage]} />,
              })),
            ]}
          />
          <DataTable
            dense
            caption={t('means')}
            showCaption
            rows={MEANS}
            rowKey={(mean) => mean}
            columns={[
              { key: 'mean', head: t('mean'), rowHead: true, cell: (mean) => t(`had_what.${mean}`) },
              ...accounts
                .filter((account) => account.means)
                .map((account) => ({
                  key: account.id,
                  head: title(account),
                  cell: (mean: (typeof MEANS)[number]) => {
                    const what = account.means?.[mean]
                    if (!what) return '–'
                    return (
                      <>
                        <Tag tone={what.had === 'yes' ? 'ok' : what.had === 'no' ? 'danger' : 'neutral'}>
                          {t(`had.${what.had}`)}
                        </Tag>{' '}
                        {what.said?.[locale]}
                      </>
                    )
                  },
                })),
            ]}
          />
          <section className="grid gap-2">
            <h2 className="text-xl">{t('sources')}</h2>
            {accounts.map((account) => (
              <div key={account.id}>
                <h3 className="font-semibold">{title(account)}</h3>
                {account.kind === 'ours' ? (
                  <p>
                    <Link href={`/reviews/${account.id.split(':')[1]}`} prefetch={false}>
                      {t('journal')}
                    </Link>
                  </p>
                ) : (
                  <ul className="ml-5 list-disc text-sm wrap-anywhere">
                    {account.sources.map((source) => (
                      <li key={source}>
                        {source.startsWith('http') ? <a href={source}>{source}</a> : source}
                      </li>
                    ))}
                  </ul>
                )}
              </div>
            ))}
          </section>
        </>
      )}
    </div>
  )
}

async function Cell({ at: { minutes, doubtful, said } }: { at: At }) {
  const [t, locale] = [await getTranslations('comparisons'), await getLocale()]
  return (
    <span className="grid">
      <span className="font-semibold tabular-nums">
        {minutes === null
          ? t('not_known')
          : t('minute', { minutes, hours: Math.floor(minutes / 60), rest: minutes % 60 })}
        {doubtful && <span className="text-warn"> {t('doubtful')}</span>}
      </span>
      {said && <span className="text-sm text-soft">{said[locale]}</span>}
    </span>
  )
}

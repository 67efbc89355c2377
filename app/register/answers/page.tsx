import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import type { Asked } from '#app/admin/asked.ts'
import { Bars } from '#components/bars.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Curve } from '../_parts/curve.tsx'
import { FilterForm } from '../_parts/filter-form.tsx'
import { askedFilter, filtered } from '../filter.ts'
import { readRegister } from '../queries.ts'
import type { Loss } from '../rules/record.ts'
import { type Answer, countBy, survival, wordsFor } from '../rules/views.ts'
import { LearningTabs } from '../tabs.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('register'))('tabs.answers') }
}

/** Which field answers which question, and in whose words; `single`: an answer excludes the others. */
const QUESTIONS = [
  { key: 'detector', field: 'detection.by', of: (loss: Loss) => [loss.detection.by] },
  { key: 'works', field: 'works', of: (loss: Loss) => [loss.works] },
  { key: 'held', field: 'fallback.held', of: (loss: Loss) => [loss.fallback.held] },
  { key: 'family', field: 'cause.family', of: (loss: Loss) => [loss.cause.family] },
  { key: 'country', field: 'country', of: (loss: Loss) => [loss.country] },
  { key: 'number', field: 'numbers', of: (loss: Loss) => loss.numbers },
] as const

/** What the records answer, with a picture, its table, and the words that so many records allow. */
export default async function AnswersPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor('reviews.read')
  const filter = askedFilter(await searchParams)
  const all = await readRegister(actor)
  const losses = filtered(all, filter).map(({ loss }) => loss)
  const t = await getTranslations('register')
  const delays = survival(losses)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      <h1 className="text-3xl">{t('tabs.answers')}</h1>
      <LearningTabs current="/register/answers" />
      <p className="max-w-[65ch] text-soft">{t('answers.explain')}</p>
      <FilterForm path="/register/answers" filter={filter} all={all} />
      <section aria-labelledby="question-delay" className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <h2 id="question-delay" className="text-xl">
          {t('question.delay')}
        </h2>
        <p className="font-semibold">
          {delays.median === null
            ? t('words.nothing', { all: delays.all })
            : t('words.delay', {
                known: delays.known,
                all: delays.all,
                median: delays.median,
                doubtful: delays.doubtful,
              })}
        </p>
        {delays.points.length > 0 && (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-2">
            <Curve survival={delays} label={t('answers.curve')} />
            <DataTable
              dense
              caption={t('answers.curve')}
              rows={delays.points}
              rowKey={({ minutes, share }) => `${minutes}/${share}`}
              columns={[
                {
                  key: 'minutes',
                  head: t('answers.after'),
                  rowHead: true,
                  cell: ({ minutes }) => t('minutes', { count: minutes }),
                },
                {
                  key: 'unseen',
                  head: t('answers.unseen'),
                  numeric: true,
                  cell: ({ unseen }) => `${unseen} / ${delays.known}`,
                },
              ]}
            />
          </div>
        )}
      </section>
      {QUESTIONS.map(({ key, field, of }) => (
        <Question key={key} name={key} answer={countBy<string>(losses, field, of)} />
      ))}
    </div>
  )
}

async function Question({ name, answer }: { name: (typeof QUESTIONS)[number]['key']; answer: Answer }) {
  const [t, locale] = [await getTranslations('register'), await getLocale()]
  const colon = (await getTranslations('common'))('colon')
  const regions = new Intl.DisplayNames([locale], { type: 'region' })
  const said = (key: string) =>
    name === 'country' ? (regions.of(key) ?? key) : name === 'number' ? key : t(`${name}.${key}` as never)
  const [first] = answer.rows
  const words = wordsFor(first?.count ?? 0, answer.known, answer.all)
  return (
    <section aria-labelledby={`question-${name}`} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id={`question-${name}`} className="text-xl">
        {t(`question.${name}`)}
      </h2>
      <p className="font-semibold">
        {t(`words.${words.kind}`, {
          low: 0,
          high: 0,
          pct: 0,
          count: 0,
          ...words,
          most: first ? said(first.key) : '',
        })}
        {answer.doubtful > 0 && ` ${t('words.doubtful', { count: answer.doubtful })}`}
      </p>
      {first && (
        <div className="grid grid-cols-[minmax(0,1fr)] items-end gap-4 lg:grid-cols-2">
          <Bars
            counts={answer.rows.map(({ count }) => count)}
            label={answer.rows.map(({ key, count }) => `${said(key)}${colon}${count}`).join(', ')}
            wide={Math.max(8, answer.rows.length)}
          />
          <DataTable
            dense
            caption={t(`question.${name}`)}
            rows={answer.rows}
            rowKey={({ key }) => key}
            columns={[
              { key: 'answer', head: t('answers.answer'), rowHead: true, cell: ({ key }) => said(key) },
              {
                key: 'count',
                head: t('answers.records'),
                numeric: true,
                cell: ({ count }) => `${count} / ${answer.known}`,
              },
            ]}
          />
        </div>
      )}
    </section>
  )
}

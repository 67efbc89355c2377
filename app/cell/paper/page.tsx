import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { readHotline } from '#app/_shell/hotline.ts'
import { QUESTIONS } from '#app/cases/new/question.tsx'
import { RINGS } from '#app/crisis/rules/roster.ts'
import { showPhone } from '#app/directory/rules/phone.ts'
import { DataTable } from '#components/data-table.tsx'
import { PrintButton } from '#components/print-button.tsx'
import { ROSTER_DAYS, readRoster } from '../queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('cell'))('paper.title') }
}

/** What the room needs when no screen answers: to be printed before the day, and anew when its week is over. */
export default async function PaperPage() {
  const actor = await requireActor('cell.watch')
  const now = new Date(requestTime())
  const { shifts, people } = await readRoster(actor, now)
  const [t, report, words] = [
    await getTranslations('cell'),
    await getTranslations('report'),
    await getTranslations('vocabulary'),
  ]
  const hotline = await readHotline()
  const phones = new Map(
    people.map(({ id, ways }) => [
      id,
      [...new Set(ways.filter(({ kind }) => RINGS.has(kind)).map(({ value }) => showPhone(value)))].join(
        ', ',
      ),
    ]),
  )
  const until = new Date(now.getTime() + ROSTER_DAYS * 86_400_000)
  return (
    <div className="mx-auto grid max-w-4xl gap-5">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{t('paper.title')}</h1>
        <PrintButton>{t('paper.print')}</PrintButton>
      </div>
      <p className="font-bold">
        {t('paper.made')} <Moment at={now} now={now} /> · {t('paper.until')} <Moment at={until} now={now} />
      </p>
      <p>
        {t('paper.hotline')} <strong className="text-2xl tabular-nums">{hotline.display}</strong>
      </p>
      <DataTable
        caption={t('paper.ladder')}
        showCaption
        rows={shifts}
        rowKey={({ id }) => id}
        columns={[
          { key: 'who', head: t('roster.who'), rowHead: true, cell: ({ name }) => name },
          {
            key: 'role',
            head: t('roster.role'),
            cell: ({ role, rank }) => `${words(`role.${role}`)}, ${t('roster.rank_n', { rank })}`,
          },
          {
            key: 'from',
            head: t('roster.from'),
            cell: ({ from }) => <Moment at={new Date(from)} now={now} />,
          },
          { key: 'to', head: t('roster.to'), cell: ({ to }) => <Moment at={new Date(to)} now={now} /> },
          {
            key: 'phone',
            head: t('paper.phone'),
            cell: ({ accountId }) => phones.get(accountId) || t('paper.no_phone'),
          },
        ]}
        empty={<p>{t('roster.none')}</p>}
      />
      <section aria-labelledby="questions">
        <h2 id="questions" className="text-xl">
          {t('paper.questions')}
        </h2>
        <p className="mt-1">{report('phone.say.hello')}</p>
        <ol className="mt-2 grid list-decimal gap-3 pl-6">
          {QUESTIONS.map((key) => (
            <li key={key} className="border-b border-line pb-6">
              <strong>{report(`steps.${key}`)}</strong> {key !== 'who' && report(`phone.say.${key}`)}
            </li>
          ))}
        </ol>
        <p className="mt-2">{t('paper.number')}</p>
      </section>
    </div>
  )
}

import { getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { MACHINES } from '#app/_journal/machines.ts'
import { DataTable } from '#components/data-table.tsx'
import { DescriptionList } from '#components/description-list.tsx'
import type { Review } from './queries.ts'

/** What the rules proposed and with which reason, who decided what; the steps of the thirty minutes. */
export async function Decisions({ review, now }: { review: Review; now: Date }) {
  const t = await getTranslations('reviews')
  const all = await getTranslations()
  const { run } = review
  const ruleOf = (rule: string) =>
    all.has(`incidents.proposal.rules.${rule}` as never)
      ? all(`incidents.proposal.rules.${rule}` as never)
      : rule
  const after = (moment: Date | null | undefined) =>
    run && moment && t('clock.after', { minutes: minutesBetween(run.firstReportAt, moment) })
  const at = (moment: Date | null) => moment && <Moment at={moment} now={now} />
  return (
    <section className="grid gap-4">
      <DataTable
        caption={t('proposals.title')}
        showCaption
        rows={review.proposals}
        rowKey={(row) => row.id}
        empty={<p>{t('proposals.none')}</p>}
        columns={[
          { key: 'rule', head: t('proposals.rule'), rowHead: true, cell: (row) => ruleOf(row.rule) },
          { key: 'at', head: t('proposals.at'), cell: (row) => at(row.firedAt) },
          {
            key: 'reason',
            head: t('proposals.reason'),
            cell: (row) => all(row.reason.key as never, row.reason.values as never),
          },
          {
            key: 'decision',
            head: t('proposals.decision'),
            cell: (row) => (
              <>
                {t(`proposals.${row.state}`)}
                {row.decidedAt && (
                  <>
                    {' · '}
                    {at(row.decidedAt)} ·{' '}
                    {MACHINES.has(row.decidedByName ?? '') ? t('lines.machine') : row.decidedByName}
                  </>
                )}
                {row.decisionReason && <span className="block text-soft">{row.decisionReason}</span>}
              </>
            ),
          },
        ]}
      />
      {run && (
        <div>
          <h2 className="text-lg font-bold">{t('clock.title')}</h2>
          <DescriptionList
            items={[
              { term: t('clock.first_report'), value: at(run.firstReportAt) },
              { term: t('clock.second_site'), value: at(run.secondSiteAt) },
              {
                term: t('clock.proposed'),
                value: (
                  <>
                    {at(run.proposedAt)} · {after(run.proposedAt)}
                  </>
                ),
              },
              ...review.calls.map((call) => ({
                key: `call-${call.id}`,
                term: t('clock.called', { name: call.name }),
                value: (
                  <>
                    {at(call.at)}
                    {call.answeredAt && (
                      <>
                        {' · '}
                        {t('clock.answered')} {at(call.answeredAt)}
                      </>
                    )}
                  </>
                ),
              })),
              { term: t('clock.decided'), value: at(run.decidedAt) },
              {
                term: t('clock.activated'),
                value: run.activatedAt && (
                  <>
                    {at(run.activatedAt)} · {after(run.activatedAt)} ·{' '}
                    {run.activatedBy === 'silence' ? t('clock.by_silence') : run.activatedByName}
                  </>
                ),
              },
              { term: t('clock.notice'), value: at(run.firstNoticeAt) },
              { term: t('clock.notice_ack'), value: at(run.firstNoticeAckAt) },
            ]}
          />
        </div>
      )}
    </section>
  )
}

function minutesBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / 60_000)
}

/** Each notice, and each recipient's acknowledgement with its hour. */
export async function Told({ review, now }: { review: Review; now: Date }) {
  const t = await getTranslations('reviews')
  const kinds = await getTranslations('sitreps')
  const name = (id: number) => {
    const one = review.notices.find((row) => row.id === id)
    return one ? kinds(`kinds.${one.kind}`, { number: one.number }) : ''
  }
  return (
    <DataTable
      caption={t('told.title')}
      showCaption
      rows={review.told}
      rowKey={(row) => `${row.noticeId} ${row.organisation}`}
      empty={<p>{t('told.none')}</p>}
      columns={[
        { key: 'what', head: t('told.what'), rowHead: true, cell: (row) => name(row.noticeId) },
        { key: 'who', head: t('told.who'), cell: (row) => row.organisation },
        { key: 'at', head: t('told.at'), cell: (row) => <Moment at={row.toldAt} now={now} /> },
        {
          key: 'ack',
          head: t('told.acknowledged'),
          cell: (row) =>
            row.acknowledgedAt ? (
              <>
                <Moment at={row.acknowledgedAt} now={now} /> · {row.acknowledgedByName}
              </>
            ) : (
              t('told.not_acknowledged')
            ),
        },
      ]}
    />
  )
}

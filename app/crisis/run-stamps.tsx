import { sql } from 'drizzle-orm'
import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Tag } from '#components/tag.tsx'
import { asActor } from '#db/transaction.ts'
import { type Run, type Stamp, stampsOf } from './rules/stamps.ts'
import type { ClockValues } from './rules/thresholds.ts'
import { clockInForce } from './thresholds.ts'

export type IncidentRuns = { runs: (Run & { id: number })[]; values: ClockValues }

/** The runs of the crisis clock that concern an incident, oldest first. */
export function readRuns(actor: AccountActor, incidentId: number): Promise<IncidentRuns> {
  const ms = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::bigint`)
  return asActor(actor, async (tx) => {
    const rows = await tx.execute<{ run: Run & { id: number } }>(sql`
      select jsonb_build_object('id', r.id, 'firstReportAt', ${ms('r.first_report_at')}, 'secondSiteAt', ${ms('r.second_site_at')}, 'proposedAt', ${ms('r.proposed_at')},
        'decidedAt', ${ms('r.decided_at')}, 'declinedAt', ${ms('r.declined_at')}, 'activatedAt', ${ms('r.activated_at')}, 'activatedBy', r.activated_by,
        'firstNoticeAt', ${ms('r.first_notice_at')}, 'firstNoticeAckAt', ${ms('r.first_notice_ack_at')}, 'endedAt', ${ms('r.ended_at')},
        'calls', (select coalesce(jsonb_agg(jsonb_build_object('name', o.name, 'at', ${ms('o.at')}, 'answeredAt', ${ms('o.answered_at')}) order by o.at, o.id), '[]')
          from call_out o where o.crisis_id = r.id)) as run
      from crisis r left join proposal p on p.id = r.proposal_id
      where r.incident_id = ${incidentId} or p.incident_id = ${incidentId} order by r.id`)
    return { runs: rows.map((row) => row.run), values: await clockInForce(tx) }
  })
}

const TONES = { kept: 'ok', late: 'danger', running: 'warn' } as const

/** Each step of the clock with its hour and its delay against the target. */
export async function RunStamps({ runs, values, now }: IncidentRuns & { now: Date }) {
  const t = await getTranslations('crisis.run')
  const name = (one: Stamp) => t(one.step, { name: one.name ?? '' })
  return (
    <section className="grid gap-3" aria-labelledby="run">
      <h2 id="run" className="text-xl">
        {t('title')}
      </h2>
      {runs.map((run) => (
        <DataTable
          key={run.id}
          caption={t('title')}
          dense
          rows={stampsOf(run, now.getTime(), values)}
          rowKey={(one) => `${one.step}${one.name ?? ''}${one.at}`}
          columns={[
            { key: 'step', head: t('step'), rowHead: true, cell: name },
            {
              key: 'at',
              head: t('at'),
              cell: (one) =>
                one.at === null ? (
                  t(run.endedAt ? 'never' : 'not_yet')
                ) : (
                  <Moment at={new Date(one.at)} now={now} />
                ),
            },
            {
              key: 'delay',
              head: t('delay'),
              numeric: true,
              cell: (one) => (one.delayMin === null ? '–' : `${one.delayMin} min`),
            },
            {
              key: 'target',
              head: t('target'),
              cell: (one) =>
                one.target && (
                  <>
                    {t(one.target.from === 'call' ? 'within_call' : 'within', { minutes: one.target.min })}{' '}
                    {one.verdict && <Tag tone={TONES[one.verdict]}>{t(one.verdict)}</Tag>}
                  </>
                ),
            },
          ]}
        />
      ))}
    </section>
  )
}

import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Tag, type Tone } from '#components/tag.tsx'
import { draftAction } from './actions.ts'
import { INCIDENT_KINDS } from './kinds.ts'
import { listForCell } from './queries.ts'

export async function CellList({ actor, now }: { actor: AccountActor; now: Date }) {
  const { incidents, notices } = await listForCell(actor, now)
  const t = await getTranslations('sitreps')
  const states = await getTranslations('incidents')
  if (incidents.length === 0 && notices.length === 0)
    return <EmptyState title={t('none')}>{t('none_explain')}</EmptyState>
  return (
    <div className="grid gap-10">
      {incidents.map((one) => (
        <section key={one.id} aria-labelledby={one.reference} className="grid gap-3">
          <div className="flex flex-wrap items-center gap-3">
            <h2 id={one.reference} className="text-xl tabular-nums">
              <Link href={`/incidents/${one.reference}`} prefetch={false}>
                {one.reference} {one.title}
              </Link>
            </h2>
            <Tag tone={`n${one.level}` as Tone}>N{one.level}</Tag>
            {one.state === 'closed' && <Tag>{states('state.closed')}</Tag>}
            <span className="text-soft">
              {t('opened')} <Moment at={one.openedAt} now={now} />
            </span>
            <Link href={`/reviews/${one.reference}`} prefetch={false}>
              {t('review')}
            </Link>
          </div>
          <DataTable
            caption={t('of_incident', { reference: one.reference })}
            rows={notices.filter((row) => row.incidentId === one.id)}
            rowKey={(row) => row.id}
            empty={<p className="text-soft">{t('none_yet')}</p>}
            rowProps={(row) =>
              row.state === 'issued' && row.acknowledged < row.told ? { 'data-accent': 'warn' } : {}
            }
            columns={[
              {
                key: 'what',
                head: t('report'),
                rowHead: true,
                cell: (row) => (
                  <Link href={`/sitreps/${row.id}`} prefetch={false}>
                    {t(`kinds.${row.kind as 'authority_notice'}`, { number: row.number })}
                  </Link>
                ),
              },
              { key: 'asOf', head: t('as_of'), cell: (row) => <Moment at={row.asOf} now={now} /> },
              {
                key: 'state',
                head: t('state'),
                cell: (row) =>
                  row.issuedAt ? (
                    <>
                      {t('issued')} <Moment at={row.issuedAt} now={now} />
                    </>
                  ) : (
                    <Tag tone="warn">{t('draft')}</Tag>
                  ),
              },
              {
                key: 'ack',
                head: t('acknowledged'),
                cell: (row) => (row.issuedAt ? `${row.acknowledged} / ${row.told}` : '–'),
              },
              {
                key: 'next',
                head: t('next'),
                cell: (row) => (row.nextAt ? <Moment at={row.nextAt} now={now} /> : '–'),
              },
            ]}
          />
          {one.state !== 'closed' && (
            <div className="flex flex-wrap gap-3">
              {INCIDENT_KINDS.map((kind) => (
                <DoorForm key={kind} action={draftAction} name={`${kind}-${one.id}`}>
                  <input type="hidden" name="kind" value={kind} />
                  <input type="hidden" name="incident" value={one.reference} />
                  <Button kind={kind === 'situation_report' ? 'primary' : 'secondary'}>
                    {t(`write.${kind}`)}
                    <span className="sr-only"> {one.reference}</span>
                  </Button>
                </DoorForm>
              ))}
            </div>
          )}
        </section>
      ))}
    </div>
  )
}

import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { dayText, durationText } from '#app/_i18n/time.ts'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Notice } from '#components/notice.tsx'
import { Tag } from '#components/tag.tsx'
import { endAgreementAction, retireProbeAction, unplanAction } from '../actions.ts'
import { readCentres, readPlan } from '../queries.ts'
import { SupervisionTabs } from '../tabs.tsx'
import { AgreementForm, PlanForm, ProbeForm } from './forms.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('supervision'))('plan.title') }
}

/** Who may be called, from which probe, how often: nothing without the agreement of the centre. */
export default async function PlanPage() {
  const actor = await requireActor('cell.watch')
  const now = new Date(requestTime())
  const keeps = may(actor, 'supervision.keep')
  const { agreements, probes } = await readPlan(actor)
  const [t, words, locale] = [
    await getTranslations('supervision'),
    await getTranslations('vocabulary'),
    await getLocale(),
  ]
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      <h1 className="text-3xl">{t('plan.title')}</h1>
      <SupervisionTabs current="/supervision/plan" />
      <Notice tone="info">{t('plan.rule')}</Notice>
      <DataTable
        caption={t('plan.agreements')}
        showCaption
        rows={agreements}
        rowKey={(row) => row.id}
        rowProps={(row) => ({ 'data-agreement': String(row.id) })}
        empty={<p className="text-soft">{t('plan.no_agreement')}</p>}
        columns={[
          {
            key: 'who',
            head: t('plan.centre'),
            rowHead: true,
            cell: (row) => (
              <span className="grid">
                <span>{row.organisation}</span>
                <span className="font-normal text-soft">
                  {row.number} · {row.territory} · {row.destination}
                </span>
                {row.emergencyItself && <Tag tone="warn">{t('plan.itself')}</Tag>}
              </span>
            ),
          },
          {
            key: 'agreed',
            head: t('plan.agreed'),
            cell: (row) => (
              <span className="grid">
                <span>{t('plan.agreed_by', { name: row.agreedBy, day: dayText(row.agreedOn, locale) })}</span>
                {row.writtenAs && <span className="text-soft">{row.writtenAs}</span>}
                {row.until && (
                  <span className="text-soft">
                    {t('plan.until_day', { day: dayText(row.until, locale) })}
                  </span>
                )}
              </span>
            ),
          },
          {
            key: 'hours',
            head: t('plan.hours'),
            cell: (row) =>
              row.fromHour === row.toHour
                ? t('plan.all_day')
                : t('plan.between', { from: row.fromHour, to: row.toHour }),
          },
          { key: 'most', head: t('plan.most'), numeric: true, cell: (row) => row.mostPerHour },
          { key: 'contact', head: t('plan.contact'), cell: (row) => row.contact },
          {
            key: 'calls',
            head: t('plan.calls'),
            cell: (row) =>
              row.plans.length === 0 ? (
                t('plan.nobody_calls')
              ) : (
                <ul className="grid gap-1">
                  {row.plans.map((plan) => (
                    <li key={plan.probeId} className="flex flex-wrap items-center gap-2">
                      {t('plan.every', { name: plan.probe, every: durationText(plan.everyS, locale) })}
                      {keeps && (
                        <DoorForm action={unplanAction} name={`unplan-${row.id}-${plan.probeId}`}>
                          <input type="hidden" name="agreementId" value={row.id} />
                          <input type="hidden" name="probeId" value={plan.probeId} />
                          <Button
                            size="dense"
                            aria-label={t('plan.unplan_named', {
                              name: plan.probe,
                              centre: row.organisation,
                            })}
                          >
                            {t('plan.unplan')}
                          </Button>
                        </DoorForm>
                      )}
                    </li>
                  ))}
                </ul>
              ),
          },
          ...(keeps
            ? [
                {
                  key: 'end',
                  head: <span className="sr-only">{t('plan.end')}</span>,
                  cell: (row: (typeof agreements)[number]) => (
                    <DoorForm action={endAgreementAction} name={`end-${row.id}`}>
                      <input type="hidden" name="agreementId" value={row.id} />
                      <Button
                        size="dense"
                        aria-label={t('plan.end_named', { centre: row.organisation, number: row.number })}
                      >
                        {t('plan.end')}
                      </Button>
                    </DoorForm>
                  ),
                },
              ]
            : []),
        ]}
      />
      <DataTable
        caption={t('plan.probes')}
        showCaption
        rows={probes}
        rowKey={(row) => row.id}
        empty={<p className="text-soft">{t('plan.no_probe')}</p>}
        columns={[
          { key: 'name', head: t('plan.name'), rowHead: true, cell: (row) => row.name },
          { key: 'where', head: t('plan.stands'), cell: (row) => row.territory },
          { key: 'operator', head: t('plan.operator'), cell: (row) => row.operator },
          {
            key: 'technology',
            head: t('plan.technology'),
            cell: (row) => words(`technology.${row.technology}` as never),
          },
          {
            key: 'heard',
            head: t('plan.heard'),
            cell: (row) => (row.heardAt ? <Moment at={new Date(row.heardAt)} now={now} /> : t('never')),
          },
          ...(keeps
            ? [
                {
                  key: 'retire',
                  head: <span className="sr-only">{t('plan.retire')}</span>,
                  cell: (row: (typeof probes)[number]) => (
                    <DoorForm action={retireProbeAction} name={`retire-${row.id}`}>
                      <input type="hidden" name="probeId" value={row.id} />
                      <Button size="dense" aria-label={t('plan.retire_named', { name: row.name })}>
                        {t('plan.retire')}
                      </Button>
                    </DoorForm>
                  ),
                },
              ]
            : []),
        ]}
      />
      {keeps && (
        <>
          {agreements.length > 0 && probes.length > 0 && <PlanForm agreements={agreements} probes={probes} />}
          <AgreementForm centres={await readCentres(actor)} />
          <ProbeForm />
        </>
      )}
    </div>
  )
}

import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { getActor } from '#app/_auth/session.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { PARIS } from '#app/_i18n/time.ts'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Fold } from '#components/fold.tsx'
import { Notice } from '#components/notice.tsx'
import { Tag, type Tone } from '#components/tag.tsx'
import type { StepState } from '#db/schema/migration.ts'
import type { Move } from '../queries.ts'
import { FailForm, MoveForm, StepForm, TestForm } from './step-forms.tsx'

const TONES: Record<StepState, Tone> = {
  planned: 'neutral',
  under_way: 'accent',
  done: 'ok',
  failed: 'danger',
  cancelled: 'neutral',
}

/** From the study to the removal: each step with its dates, its owner, its way back, and the calls tried for it. */
export async function Steps({ move, works, now }: { move: Move; works: boolean; now: Date }) {
  const [t, actor] = [await getTranslations('migration'), await getActor()]
  const { steps, tests, site, cutOver } = move
  const zone = site.timeZone ?? PARIS
  const open = works && move.move !== null && move.move.endedAt === null
  const cases = actor !== null && may(actor, 'cases.watch')
  return (
    <section aria-labelledby="steps-title" className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <h2 id="steps-title" className="text-xl">
        {t('step.title')}
      </h2>
      {cutOver && (
        <Notice tone="info" title={t('step.announced')}>
          {t('step.announced_text', { numbers: site.numbers.join(', ') })}{' '}
          <Moment at={cutOver.startsAt} now={now} timeZone={zone} /> –{' '}
          <Moment at={cutOver.endsAt} now={now} timeZone={zone} />
        </Notice>
      )}
      <DataTable
        caption={t('step.title')}
        rows={steps}
        rowKey={(step) => step.id}
        rowProps={(step) => ({
          'data-step': step.kind,
          'data-state': step.state,
          ...(step.state === 'failed' ? { 'data-accent': 'danger' } : {}),
        })}
        empty={
          <EmptyState title={t('step.none')}>
            {t(move.move ? 'step.none_text' : 'step.plan_first')}
          </EmptyState>
        }
        columns={[
          { key: 'kind', head: t('step.kind'), rowHead: true, cell: (step) => t(`step_kind.${step.kind}`) },
          {
            key: 'state',
            head: t('step.state'),
            cell: (step) => <Tag tone={TONES[step.state]}>{t(`state.${step.state}`)}</Tag>,
          },
          {
            key: 'when',
            head: t('step.when'),
            cell: (step) => (
              <>
                <Moment at={step.startsAt} now={now} timeZone={zone} /> –{' '}
                <Moment at={step.endsAt} now={now} timeZone={zone} />
              </>
            ),
          },
          { key: 'owner', head: t('plan.owner'), cell: (step) => step.ownerName },
          { key: 'back', head: t('step.way_back'), cell: (step) => step.wayBack ?? '–' },
          {
            key: 'outcome',
            head: t('step.outcome'),
            cell: (step) =>
              step.caseReference ? (
                <>
                  {step.outcome}{' '}
                  {cases ? (
                    <Link
                      href={`/cases/${step.caseReference}`}
                      prefetch={false}
                      className="whitespace-nowrap"
                    >
                      {t('step.case', { reference: step.caseReference })}
                    </Link>
                  ) : (
                    t('step.case', { reference: step.caseReference })
                  )}
                </>
              ) : (
                (step.outcome ?? '–')
              ),
          },
        ]}
      />
      {tests.length > 0 && (
        <DataTable
          dense
          showCaption
          caption={t('test.title')}
          rows={tests}
          rowKey={(test) => test.id}
          rowProps={(test) => ({
            'data-test': test.moment,
            ...(test.passed < test.tried ? { 'data-accent': 'danger' } : {}),
          })}
          columns={[
            { key: 'number', head: t('test.number'), rowHead: true, cell: (test) => test.number },
            {
              key: 'step',
              head: t('step.kind'),
              cell: (test) => {
                const step = steps.find((one) => one.id === test.stepId)
                return step ? t(`step_kind.${step.kind}`) : '–'
              },
            },
            { key: 'moment', head: t('test.moment'), cell: (test) => t(`moment.${test.moment}`) },
            { key: 'network', head: t('test.network'), cell: (test) => test.network },
            {
              key: 'passed',
              head: t('test.result'),
              numeric: true,
              cell: (test) => t('test.of', { passed: test.passed, tried: test.tried }),
            },
            {
              key: 'at',
              head: t('test.at'),
              cell: (test) => <Moment at={test.at} now={now} timeZone={zone} />,
            },
            { key: 'by', head: t('test.by'), cell: (test) => test.byName },
            { key: 'note', head: t('test.note'), cell: (test) => test.note ?? '–' },
          ]}
        />
      )}
      {open && (
        <>
          {steps
            .filter((step) => step.state === 'planned' || step.state === 'under_way')
            .map((step) => (
              <Fold
                key={step.id}
                label={t('step.lead', { kind: t(`step_kind.${step.kind}`) })}
                open={step.state === 'under_way'}
              >
                <div className="grid gap-6">
                  <TestForm site={site} step={step} zone={zone} />
                  <MoveForm site={site} step={step} zone={zone} />
                  {step.state === 'under_way' && <FailForm site={site} step={step} />}
                  {step.state === 'planned' && (
                    <Fold label={t('step.change')}>
                      <StepForm site={site} step={step} zone={zone} now={now} />
                    </Fold>
                  )}
                </div>
              </Fold>
            ))}
          <Fold label={t('step.add')} open={steps.length === 0}>
            <StepForm site={site} step={null} zone={zone} now={now} />
          </Fold>
        </>
      )}
    </section>
  )
}

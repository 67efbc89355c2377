import { getTranslations } from 'next-intl/server'
import { type Actor, may } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormSelect } from '#app/_doors/fields.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { MACHINES } from '#app/_journal/machines.ts'
import { Button } from '#components/button.tsx'
import { OUTSIDE_CAUSES } from '#db/schema/incidents.ts'
import { decideAction } from '../actions.ts'
import type { IncidentChoice } from '../rules/name.ts'
import type { ShownProposal } from './proposal.ts'

/**
 * Accept, decline with a reason, or attach to an incident that is open already. Once decided the same form says by whom:
 * who pressed a second too late reads it there, and the words typed are still in front of him.
 */
export async function ProposalForm({
  proposal,
  actor,
  incidents,
  now,
  place = 'strip',
}: {
  proposal: ShownProposal
  actor: Actor
  /** References of the open incidents. */
  incidents: IncidentChoice[]
  now: Date
  /** The strip and the page below it may both hold the form. */
  place?: string
}) {
  const t = await getTranslations('incidents')
  const own = `${place}-${proposal.id}`
  const mine = may(actor, proposal.level === 'crisis' ? 'crisis.decide' : 'cases.work')
  const others = incidents.filter((one) => one.value !== proposal.incident)
  return (
    <DoorForm action={decideAction} name={`proposal-${own}`} className="grid gap-2">
      <input type="hidden" name="proposalId" value={proposal.id} />
      <input type="hidden" name="version" value={proposal.version} />
      {proposal.state !== 'open' && <Decided proposal={proposal} now={now} />}
      {proposal.state === 'open' && !mine && <p>{t('proposal.lead_decides')}</p>}
      {proposal.state === 'open' && mine && (
        <div className="flex flex-wrap items-start gap-2">
          <Button
            name="decision"
            value="accepted"
            size="dense"
            kind={proposal.level === 'crisis' ? 'danger' : 'primary'}
          >
            {t(`proposal.accept.${proposal.level}`)}
          </Button>
          <details className="min-w-0 open:basis-full">
            <summary className={FOLD}>{t('proposal.decline')}</summary>
            <div className="mt-2 grid max-w-xl gap-2">
              <FormArea
                id={`reason-${own}`}
                name="reason"
                label={t('proposal.reason')}
                hint={t('proposal.reason_hint')}
                rows={2}
              />
              <div>
                <Button name="decision" value="declined" size="dense">
                  {t('proposal.decline_now')}
                </Button>
              </div>
            </div>
          </details>
          {proposal.watches && (
            <details className="min-w-0 open:basis-full">
              <summary className={FOLD}>{t('proposal.outside.open')}</summary>
              <div className="mt-2 grid max-w-xl gap-2">
                <FormSelect
                  id={`outside-${own}`}
                  name="outsideCause"
                  label={t('proposal.outside.cause')}
                  empty="–"
                  options={OUTSIDE_CAUSES.map((one) => ({
                    value: one,
                    label: t(`proposal.outside.causes.${one}`),
                  }))}
                />
                <FormArea
                  id={`outside-reason-${own}`}
                  name="outsideReason"
                  label={t('proposal.outside.reason')}
                  hint={t('proposal.outside.hint')}
                  rows={2}
                />
                <div>
                  <Button name="decision" value="outside" size="dense">
                    {t('proposal.outside.send')}
                  </Button>
                </div>
              </div>
            </details>
          )}
          {others.length > 0 && (
            <details className="min-w-0 open:basis-full">
              <summary className={FOLD}>{t('proposal.elsewhere')}</summary>
              <div className="mt-2 grid max-w-xl gap-2">
                <FormSelect
                  id={`incident-${own}`}
                  name="incidentReference"
                  label={t('proposal.which')}
                  empty={t('proposal.own')}
                  options={others}
                />
                <div>
                  <Button name="decision" value="accepted" size="dense">
                    {t('proposal.attach_there')}
                  </Button>
                </div>
              </div>
            </details>
          )}
        </div>
      )}
    </DoorForm>
  )
}

const FOLD =
  'inline-flex min-h-8 cursor-pointer items-center rounded-m border border-edge bg-raised px-2.5 text-sm font-semibold text-accent coarse:min-h-11'

export async function Decided({ proposal, now }: { proposal: ShownProposal; now: Date }) {
  const t = await getTranslations('incidents')
  if (proposal.state === 'open' || !proposal.decidedAt) return <span>{t('proposal.state.open')}</span>
  if (proposal.state === 'lapsed') return <p>{t('proposal.state.lapsed')}</p>
  return (
    <p>
      <strong>{t(`proposal.state.${proposal.state}`)}</strong>{' '}
      {MACHINES.has(proposal.decidedBy ?? '') ? t('proposal.by_clock') : proposal.decidedBy}
      {', '}
      <Moment at={new Date(proposal.decidedAt)} now={now} />
      {proposal.outsideCause && <> – {t(`proposal.outside.causes.${proposal.outsideCause}`)}</>}
      {proposal.decisionReason && <> – {proposal.decisionReason}</>}
    </p>
  )
}

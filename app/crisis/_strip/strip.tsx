import { unstable_rethrow } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { requestTime } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { ProposalForm } from '#app/incidents/_parts/proposal-form.tsx'
import { ProposalCases, ProposalText } from '#app/incidents/_parts/proposal-text.tsx'
import { Button } from '#components/button.tsx'
import { Icon } from '#components/icon.tsx'
import { Tag } from '#components/tag.tsx'
import { answerAction } from '../actions.ts'
import { CrisisBanner, RunClock, StateLine, ToDoLine } from './lines.tsx'
import { readStrip, type StripFacts } from './query.ts'

/**
 * Bandeau de la cellule, on every page of the cell: its state, the clock that runs, what is asked of people. One line each;
 * a crisis proposal is the only one that unfolds by itself.
 */
export async function CellStrip({ actor }: { actor: AccountActor }) {
  const now = new Date(requestTime())
  const facts = await read(actor, now)
  const t = await getTranslations('crisis')
  if (!facts) return null
  // What silence decided, the banner says.
  const asked = facts.crises.filter((one) => one.state === 'open' || facts.run?.activatedBy !== 'silence')
  const incidents = facts.incidents.map((one) => ({
    reference: one.reference,
    label: `${one.reference} · N${one.level}`,
  }))
  return (
    <section aria-label={t('strip.label')} data-strip data-screen-only className="border-b border-line">
      <Live cases={[]} events={['proposal.', 'crisis.', 'cell.', 'incident.', 'notice.', 'roster.']} silent />
      <CrisisBanner facts={facts} now={now} />
      {facts.call && <CallBanner call={facts.call} now={now} />}
      <RunClock facts={facts} now={now} />
      {asked.map((one) => (
        <div key={one.id} data-proposal="crisis" className="border-t border-danger bg-danger-soft">
          <div className={`${BAND} grid gap-2 py-2`}>
            <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
              <Tag tone="n4">{t('strip.crisis_proposed')}</Tag>
              <span className="min-w-0 font-semibold">
                <ProposalText proposal={one} />
              </span>
            </p>
            {one.state === 'open' && <ProposalCases proposal={one} />}
            <ProposalForm proposal={one} actor={actor} incidents={incidents} now={now} />
          </div>
        </div>
      ))}
      <ToDoLine facts={facts} now={now} />
      <StateLine facts={facts} now={now} />
      {facts.others.length > 0 && <Others facts={facts} actor={actor} incidents={incidents} now={now} />}
    </section>
  )
}

const BAND = 'mx-auto max-w-[100rem] px-3 sm:px-5'

async function Others({
  facts,
  actor,
  incidents,
  now,
}: {
  facts: StripFacts
  actor: AccountActor
  incidents: { reference: string; label: string }[]
  now: Date
}) {
  const t = await getTranslations('crisis')
  const left = facts.otherCount - facts.others.filter((one) => one.state === 'open').length
  return (
    <details className="border-t border-line bg-surface" data-proposals>
      <summary className="cursor-pointer list-none text-sm">
        <span className={`${BAND} inline-flex min-h-9 items-center gap-2 coarse:min-h-11`}>
          <Icon name="right" className="size-4 text-accent" />
          <strong>{t('strip.others', { count: facts.otherCount })}</strong>
        </span>
      </summary>
      <ul className={`${BAND} grid gap-3 pb-3`}>
        {facts.others.map((one) => (
          <li key={one.id} className="grid gap-1.5 border-t border-line pt-2" data-proposal={one.level}>
            <p className="flex flex-wrap items-baseline gap-x-3">
              <Tag tone={one.level === 'N3' ? 'n3' : 'neutral'}>{t(`strip.level.${one.level}`)}</Tag>
              <span className="min-w-0">
                <ProposalText proposal={one} />
              </span>
              <span className="text-sm text-soft">
                <Moment at={new Date(one.firedAt)} now={now} />
              </span>
            </p>
            <ProposalCases proposal={one} />
            <ProposalForm proposal={one} actor={actor} incidents={incidents} now={now} />
          </li>
        ))}
        {left > 0 && (
          <li>
            <a href="/incidents#proposals">{t('strip.more', { count: left })}</a>
          </li>
        )}
      </ul>
    </details>
  )
}

async function CallBanner({ call, now }: { call: NonNullable<StripFacts['call']>; now: Date }) {
  const t = await getTranslations('crisis')
  return (
    <div className="bg-warn-soft" role="alert" data-call>
      <DoorForm
        action={answerAction}
        name={`call-${call.id}`}
        className={`${BAND} flex flex-wrap items-center gap-x-4 gap-y-2 py-2`}
      >
        <input type="hidden" name="callId" value={call.id} />
        <p className="min-w-0 grow text-lg font-bold text-warn">
          <Icon name="phone" className="mr-2 size-5" />
          {t(call.decided ? 'strip.called_active' : 'strip.called', { round: call.round })}{' '}
          <span className="text-base font-normal text-ink">
            <Moment at={new Date(call.at)} now={now} />
          </span>
        </p>
        <Button kind="primary">{t('strip.answer')}</Button>
      </DoorForm>
    </div>
  )
}

/** A database that does not answer must not take the frame away with the strip. */
async function read(actor: AccountActor, now: Date): Promise<StripFacts | null> {
  try {
    return await readStrip(actor, now)
  } catch (error) {
    unstable_rethrow(error)
    return null
  }
}

import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { AccountActor } from '#app/_auth/actor.ts'
import { Due } from '#app/_i18n/moment.tsx'
import { Item, said } from '#app/crisis/_strip/items.tsx'
import { silenceOf } from '#app/crisis/_strip/silence.ts'
import { ProposalForm } from '#app/incidents/_parts/proposal-form.tsx'
import { ProposalCases, ProposalText } from '#app/incidents/_parts/proposal-text.tsx'
import { incidentChoice } from '#app/incidents/rules/name.ts'
import { WorksHere } from '#app/works/here.tsx'
import { LinkButton } from '#components/button.tsx'
import { DropPanel } from '#components/drop-panel.tsx'
import { Icon } from '#components/icon.tsx'
import { mostPressing } from '../rules/pressing.ts'
import type { Room } from './query.ts'
import { caseWho } from './todo-words.ts'

/**
 * The one thing the room decides, and what silence does about it. A band of one height: what follows it on the page never moves,
 * and what is pressed opens over it. On the wall (no actor) it says the same and can be pressed nowhere.
 */
export async function Decision({ room, actor, now }: { room: Room; actor: AccountActor | null; now: Date }) {
  const { strip, missed } = room
  const open = strip.crises.filter((one) => one.state === 'open')
  const asked = mostPressing({
    decisions: open.map((one) => ({
      id: one.id,
      askedAt: Date.parse(one.madeAt),
      silenceAt: silenceOf(one, strip.clock),
    })),
    call: strip.call && { id: strip.call.id },
    promises: missed.map(({ reference, level, nextContactAt }) => ({
      reference,
      level,
      promisedAt: Date.parse(nextContactAt),
    })),
  })
  const t = await getTranslations('room.decision')
  if (!asked) return <Nothing room={room} now={now} />
  switch (asked.kind) {
    case 'decision': {
      const proposal = open.find(({ id }) => id === asked.id)
      if (!proposal) return null
      return (
        <Band
          tone="danger"
          kind="decision"
          title={t('crisis')}
          hour={<Silence at={asked.silenceAt} now={now} />}
          act={
            actor && (
              <DropPanel
                key={proposal.id}
                look="border-danger-solid bg-danger-solid text-on-danger"
                label={t('decide')}
              >
                <div className="grid gap-2 p-3 sm:p-5">
                  <p className="font-semibold">
                    <ProposalText proposal={proposal} />
                  </p>
                  <ProposalCases proposal={proposal} />
                  <WorksHere
                    actor={actor}
                    territories={proposal.cases.map(({ territory }) => territory)}
                    now={now}
                  />
                  <ProposalForm
                    proposal={proposal}
                    actor={actor}
                    incidents={strip.incidents.map(incidentChoice)}
                    now={now}
                    place="room"
                  />
                </div>
              </DropPanel>
            )
          }
        >
          <ProposalText proposal={proposal} />
        </Band>
      )
    }
    case 'call':
      return (
        <Band tone="danger" kind="call" title={t('call')}>
          {actor ? <Item item="called" facts={strip} findings={[]} now={now} /> : null}
        </Band>
      )
    case 'promise': {
      const one = missed.find(({ reference }) => reference === asked.reference)
      if (!one) return null
      const when = await said.at(new Date(one.nextContactAt), now)
      return (
        <Band
          tone="danger"
          kind="promise"
          title={t('promise')}
          hour={<Due at={new Date(one.nextContactAt)} now={now} />}
          act={actor && <LinkButton href={`/cases/${one.reference}`}>{t('open')}</LinkButton>}
        >
          {t('promise_text', {
            who: one.organisation ?? one.reference,
            numbers: one.numbers.join(', '),
            territory: one.territory,
            when,
          })}{' '}
          {one.reference}
        </Band>
      )
    }
  }
}

async function Nothing({ room: { next }, now }: { room: Room; now: Date }) {
  const [t, who] = [await getTranslations('room.decision'), await caseWho()]
  return (
    <Band
      tone="ok"
      kind="none"
      title={t('none')}
      hour={next && <Due at={new Date(next.nextContactAt)} now={now} />}
    >
      {next
        ? t('next', { when: await said.at(new Date(next.nextContactAt), now), who: who(next) })
        : t('none_next')}
    </Band>
  )
}

/** When silence decides: the hour, and how long it is. */
async function Silence({ at, now }: { at: number | null; now: Date }) {
  const t = await getTranslations('room.decision')
  if (at === null) return <span>{t('no_silence')}</span>
  if (at <= now.getTime()) return <strong>{t('silence_now')}</strong>
  return (
    <>
      <strong>{t('silence', { when: await said.at(new Date(at), now) })}</strong>{' '}
      <Due at={new Date(at)} now={now} />
    </>
  )
}

const TONES = {
  danger: 'border-danger-solid bg-danger-soft',
  ok: 'border-ok bg-raised',
}

function Band({
  tone,
  kind,
  title,
  hour,
  act,
  children,
}: {
  tone: keyof typeof TONES
  kind: 'decision' | 'call' | 'promise' | 'none'
  title: string
  hour?: ReactNode
  act?: ReactNode
  children: ReactNode
}) {
  return (
    <section
      id="decision"
      aria-label={title}
      data-decision={kind}
      className={`relative grid h-44 grid-rows-[auto_minmax(0,1fr)_auto] gap-x-6 gap-y-1 rounded-m border border-l-[10px] px-3 py-2 sm:h-20 sm:grid-cols-[minmax(0,1fr)_auto] sm:grid-rows-[auto_minmax(0,1fr)] sm:items-center sm:gap-y-0 ${TONES[tone]}`}
    >
      <p className="flex min-w-0 flex-wrap items-baseline gap-x-4 overflow-hidden sm:h-7 sm:flex-nowrap">
        <strong className="shrink-0 text-lg">
          <Icon name={tone === 'ok' ? 'ok' : 'danger'} className="mr-2 size-5" />
          {title}
        </strong>
        <span className="min-w-0 sm:truncate">{hour}</span>
      </p>
      <div className="line-clamp-2 min-w-0 leading-snug sm:row-start-2" data-decision-text>
        {children}
      </div>
      <div className="sm:col-start-2 sm:row-span-2 sm:row-start-1">{act}</div>
    </section>
  )
}

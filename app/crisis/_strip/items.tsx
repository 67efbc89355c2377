import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { atText, momentText, whenText } from '#app/_i18n/time.ts'
import { findingWords } from '#app/operations/finding-words.ts'
import type { Finding } from '#app/operations/rules/findings.ts'
import { Button } from '#components/button.tsx'
import { Countdown } from '#components/countdown.tsx'
import { Icon } from '#components/icon.tsx'
import { answerAction } from '../actions.ts'
import { clockFrom } from '../rules/clock.ts'
import type { StripCounts, StripItem } from '../rules/strip.ts'
import type { StripFacts } from './query.ts'
import { silenceOf } from './silence.ts'

export type Told = { facts: StripFacts; findings: Finding[]; now: Date }

/** How many of each thing there are to say. */
export function countItems({ facts, findings, now }: Told): StripCounts {
  const { call, cell, crises, holes, otherCount, run, first, toCall, toCallBack, untold } = facts
  const open = crises.filter((one) => one.state === 'open').length
  const at = now.getTime()
  return {
    called: call ? 1 : 0,
    decision: open,
    active: cell?.state === 'crisis' ? 1 : 0,
    service: findings.length,
    to_call: toCall,
    call_back: toCallBack,
    hole_now: holes.filter((hole) => hole.from <= at).length,
    untold: untold.count,
    asked: otherCount,
    // What silence decided, the state says.
    decided: run?.activatedBy === 'silence' ? 0 : crises.length - open,
    hole_soon: holes.filter((hole) => hole.from > at).length,
    first_report: !run && first ? 1 : 0,
  }
}

/** One thing in one sentence, for the line as for the list behind it. */
export async function Item({ item, ...told }: Told & { item: StripItem }): Promise<ReactNode> {
  switch (item) {
    case 'called':
      return <Called {...told} />
    case 'decision':
      return <Decision {...told} />
    case 'active':
      return <Active {...told} />
    case 'service':
      return <Service {...told} />
    case 'to_call':
    case 'hole_now':
    case 'hole_soon':
      return <Missing item={item} {...told} />
    case 'call_back':
      return <CallBack {...told} />
    case 'untold':
      return <Untold {...told} />
    case 'asked':
      return <Asked {...told} />
    case 'decided':
      return <Decided {...told} />
    case 'first_report':
      return <FirstReport {...told} />
  }
}

/** Its answer hangs below the line: the line keeps its height whatever the door says. */
async function Called({ facts: { call }, now }: Told) {
  if (!call) return null
  const t = await getTranslations('crisis')
  return (
    <div role="alert" data-call className="flex min-w-0 items-center gap-3">
      <strong className="min-w-0 truncate">
        <Icon name="phone" className="mr-2 size-5" />
        {t(call.decided ? 'strip.called_active' : 'strip.called', { round: call.round })}{' '}
        <span className="font-normal">{await said.at(new Date(call.at), now)}</span>
      </strong>
      <DoorForm
        action={answerAction}
        name={`call-${call.id}`}
        className="shrink-0 [&>div]:absolute [&>div]:top-full [&>div]:right-0 [&>div]:z-40"
      >
        <input type="hidden" name="callId" value={call.id} />
        <Button kind="primary" size="dense">
          {t('strip.answer')}
        </Button>
      </DoorForm>
    </div>
  )
}

async function Decision({ facts: { crises, clock }, now }: Told) {
  const t = await getTranslations('crisis')
  const open = crises.filter((one) => one.state === 'open')
  const silenceAt = Math.min(...open.map((one) => silenceOf(one, clock)))
  return (
    <span className="block truncate">
      <strong>{t('strip.crisis_proposed')}.</strong>{' '}
      {!Number.isFinite(silenceAt)
        ? t('strip.calls_on')
        : now.getTime() < silenceAt
          ? t('strip.silence', { when: await said.at(new Date(silenceAt), now) })
          : t('strip.silence_soon')}
    </span>
  )
}

/** Who must know of an incident and does not yet: the party that is owed it soonest. */
async function Untold({ facts: { untold }, now }: Told) {
  const t = await getTranslations('told')
  return (
    <a href="/told" className={`block truncate ${untold.late ? 'font-semibold text-danger' : ''}`}>
      {t('band', { count: untold.count })}
      {untold.first && untold.dueAt && (
        <span className="font-normal">
          {' · '}
          {t(`parties.${untold.first}`)} {await said.at(new Date(untold.dueAt), now)}
        </span>
      )}
    </a>
  )
}

async function Active({ facts: { cell, run }, now }: Told) {
  const t = await getTranslations('crisis')
  const by =
    run?.activatedBy === 'silence' ? t('strip.by_silence') : t('strip.by', { name: cell?.byName ?? '' })
  const since = new Date(run?.activatedAt ?? cell?.at ?? now)
  return (
    <span className="block truncate">
      {run?.incident && (
        <>
          <a href={`/incidents/${run.incident}`} className="font-semibold text-inherit hover:text-inherit">
            {run.incident}
          </a>{' '}
        </>
      )}
      {t('strip.active_since', { when: await said.since(since, now) })} {by}
    </span>
  )
}

/** What the service itself lacks; it was read apart, and is said when nothing else can be. */
export async function Service({ findings, now }: Pick<Told, 'findings' | 'now'>) {
  const words = await findingWords(now)
  return (
    <a href="/operations" className="block truncate font-semibold">
      <Icon name="danger" className="mr-1.5 size-4" />
      {findings.map((one) => words(one).title).join(' · ')}
    </a>
  )
}

async function Missing({
  facts: { toCall, holes },
  now,
  item,
}: Told & { item: 'to_call' | 'hole_now' | 'hole_soon' }) {
  const [t, words] = [await getTranslations('crisis'), await getTranslations('vocabulary')]
  if (item === 'to_call')
    return (
      <a href="/cell#calls" className="block truncate font-semibold">
        <Icon name="phone" className="mr-1.5 size-4" />
        {t('strip.to_call', { count: toCall })}
      </a>
    )
  const open = holes.filter((hole) => hole.from <= now.getTime())
  const soon = holes.find((hole) => hole.from > now.getTime())
  return (
    <a
      href="/cell/roster"
      className={`block truncate ${item === 'hole_now' ? 'font-semibold text-danger' : ''}`}
    >
      {item === 'hole_now' || !soon
        ? t('strip.hole_now', { roles: open.map(({ role }) => words(`role.${role}`)).join(', ') })
        : t('strip.hole_soon', {
            when: await said.at(new Date(soon.from), now),
            role: words(`role.${soon.role}`),
          })}
    </a>
  )
}

/** Who called the hotline and nobody answered. */
async function CallBack({ facts: { toCallBack } }: Told) {
  const t = await getTranslations('calls')
  return (
    <a href="/calls" className="block truncate font-semibold">
      <Icon name="phone" className="mr-1.5 size-4" />
      {t('due.some', { count: toCallBack })}
    </a>
  )
}

async function Asked({ facts: { otherCount } }: Told) {
  const t = await getTranslations('crisis')
  return (
    <a href="/incidents#proposals" className="block truncate font-semibold">
      {t('strip.others', { count: otherCount })}
    </a>
  )
}

async function Decided({ facts: { crises } }: Told) {
  const [t, incidents] = [await getTranslations('crisis'), await getTranslations('incidents')]
  const [last] = crises.filter((one) => one.state !== 'open')
  if (!last) return null
  return (
    <span className="block truncate">
      {t('strip.level.crisis')} · <strong>{incidents(`proposal.state.${last.state}`)}</strong>{' '}
      {last.decisionReason}
    </span>
  )
}

async function FirstReport({ facts: { first, clock }, now }: Told) {
  if (!first) return null
  const t = await getTranslations('crisis')
  return (
    <span data-clock="quiet" className="block truncate">
      <Left at={clockFrom(Date.parse(first.at), clock).endsAt} now={now} />
      {' · '}
      {t('strip.quiet', { when: await said.at(new Date(first.at), now) })}{' '}
      <a href={`/cases/${first.reference}`}>{first.organisation ?? first.reference}</a>
    </span>
  )
}

/** Minutes left on the watch, ticking in the browser. */
export async function Left({ at, now }: { at: number; now: Date }) {
  const [t, locale] = [await getTranslations('crisis'), await getLocale()]
  return (
    <Countdown
      at={new Date(at).toISOString()}
      now={now.toISOString()}
      locale={locale}
      words={{ ahead: t.raw('strip.left'), overdue: t.raw('strip.over') }}
      title={await said.alone(new Date(at), now)}
    />
  )
}

/** An hour alone, at the end of a sentence, after “since”. */
export const said = {
  alone: async (at: Date, now: Date) => momentText(at, { now, locale: await getLocale() }),
  at: async (at: Date, now: Date) => atText(at, { now, locale: await getLocale() }),
  since: async (at: Date, now: Date) => whenText(at, { now, locale: await getLocale() }),
}

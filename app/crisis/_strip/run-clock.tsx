import { getTranslations } from 'next-intl/server'
import { Icon } from '#components/icon.tsx'
import { clockFrom } from '../rules/clock.ts'
import { Left, said } from './items.tsx'
import type { Calling, StripFacts } from './query.ts'
import { silenceOf } from './silence.ts'

type Props = { facts: StripFacts; now: Date }

/** The clock that runs now; null when none does, or none any more. */
export function runningClock({ facts: { cell, run, clock }, now }: Props) {
  if (!run || (run.activatedAt && cell?.state !== 'crisis')) return null
  const times = clockFrom(Date.parse(run.firstReportAt), clock)
  return run.activatedAt && now.getTime() > times.endsAt ? null : { run, ...times }
}

/** L'horloge de trente minutes: it runs whatever people do, so it stands whatever they do. */
export async function RunClock({ facts, now }: Props) {
  const running = runningClock({ facts, now })
  if (!running) return null
  const { run, start, endsAt } = running
  const t = await getTranslations('crisis')
  const open = facts.crises.filter((one) => one.state === 'open')
  const asking = open.length > 0 && !run.activatedAt
  const silenceAt = Math.min(...open.map((one) => silenceOf(one, facts.clock)))
  const sure = Number.isFinite(silenceAt)
  return (
    <div data-clock="crisis">
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="text-lg font-bold">
          <Icon name="clock" className="mr-2 size-5 text-danger" />
          {t('strip.clock')} <Left at={endsAt} now={now} />
        </span>
        <span>
          {t('strip.first_report', { when: await said.at(new Date(start), now) })}{' '}
          {t('strip.ends', { when: await said.at(new Date(endsAt), now) })}
        </span>
        {asking && !sure && <strong>{t('strip.calls_on')}</strong>}
        {asking && sure && now.getTime() < silenceAt && (
          <strong>{t('strip.silence', { when: await said.at(new Date(silenceAt), now) })}</strong>
        )}
        {asking && sure && now.getTime() >= silenceAt && <strong>{t('strip.silence_soon')}</strong>}
        {!asking && !run.activatedAt && run.declinedAt && <span>{t('strip.declined')}</span>}
        {asking && run.called && run.answeredAt && (
          <span className="text-soft">{t('strip.someone_answered', { name: run.called })}</span>
        )}
      </p>
      {run.calling.length > 0 && <CallingNow calling={run.calling} now={now} />}
    </div>
  )
}

/** Who is being called, by what, since when: each person of the ladder until somebody has answered. */
async function CallingNow({ calling, now }: { calling: Calling[]; now: Date }) {
  const [t, outside] = [await getTranslations('crisis'), await getTranslations('outside')]
  const way = ({ channel, state, attempts }: Calling['ways'][number]) =>
    t('strip.by_way', {
      way: outside(`channel.${channel as 'sms'}`),
      state: outside(`state.${state}`),
      attempts: channel === 'voice' ? attempts : 0,
    })
  const lines = await Promise.all(
    calling.map(async (one) => ({ ...one, when: await said.since(new Date(one.since), now) })),
  )
  return (
    <ul className="text-sm" data-calling aria-live="polite">
      {lines.map((one) => (
        <li key={one.name}>
          <strong>{t(one.cannot ? 'strip.cannot' : 'strip.calling', { name: one.name })}</strong>{' '}
          <span>{t('strip.calling_since', { when: one.when })}</span>
          {one.ways.length > 0 && <span className="text-soft"> · {one.ways.map(way).join(' · ')}</span>}
        </li>
      ))}
    </ul>
  )
}

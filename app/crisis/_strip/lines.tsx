import { getLocale, getTranslations } from 'next-intl/server'
import { atText, momentText, whenText } from '#app/_i18n/time.ts'
import type { ShownProposal } from '#app/incidents/_parts/proposal.ts'
import { Countdown } from '#components/countdown.tsx'
import { Icon } from '#components/icon.tsx'
import { Tag, type Tone } from '#components/tag.tsx'
import type { CellStateName } from '#db/schema/crisis.ts'
import { clockFrom, silenceActivatesAt } from '../rules/clock.ts'
import type { ClockValues } from '../rules/thresholds.ts'
import type { Calling, StripFacts } from './query.ts'

type Props = { facts: StripFacts; now: Date }

const BAND = 'mx-auto flex max-w-[100rem] flex-wrap items-baseline gap-x-4 gap-y-1 px-3 sm:px-5'

/** Nobody may work on without knowing it: the cell is in crisis. */
export async function CrisisBanner({ facts: { cell, run }, now }: Props) {
  if (cell?.state !== 'crisis') return null
  const t = await getTranslations('crisis')
  const by = run?.activatedBy === 'silence' ? t('strip.by_silence') : t('strip.by', { name: cell.byName })
  return (
    <div className="bg-level-n4 text-on-level-n4" data-crisis="active">
      <p className={`${BAND} py-2.5`}>
        <strong className="text-lg tracking-wide">
          <Icon name="danger" className="mr-2 size-5" />
          {t('strip.active')}
        </strong>
        <span>
          {t('strip.active_since', { when: await said.since(new Date(run?.activatedAt ?? cell.at), now) })}{' '}
          {by}
        </span>
        {run?.incident && (
          <a
            href={`/incidents/${run.incident}`}
            className="font-semibold text-on-level-n4 hover:text-on-level-n4"
          >
            {run.incident}
          </a>
        )}
      </p>
    </div>
  )
}

/** L'horloge de trente minutes: it runs whatever people do, so it stands whatever they do. */
export async function RunClock({ facts: { cell, run, crises, clock }, now }: Props) {
  if (!run || (run.activatedAt && cell?.state !== 'crisis')) return null
  const { start, endsAt } = clockFrom(Date.parse(run.firstReportAt), clock)
  if (run.activatedAt && now.getTime() > endsAt) return null
  const t = await getTranslations('crisis')
  const open = crises.filter((one) => one.state === 'open')
  const asking = open.length > 0 && !run.activatedAt
  const silenceAt = Math.min(...open.map((one) => silenceOf(one, clock)))
  const sure = Number.isFinite(silenceAt)
  return (
    <div className="bg-danger-soft" data-clock="crisis">
      <p className={`${BAND} py-1.5`}>
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
    <ul className={`${BAND} pb-1.5 text-sm`} data-calling aria-live="polite">
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

/** When silence about it activates; never, while chance may have made it. */
function silenceOf(one: ShownProposal, values: ClockValues): number {
  if (one.watches && one.sureAt === null) return Number.POSITIVE_INFINITY
  const askedAt = Date.parse(one.reopenedAt ?? one.madeAt)
  const clock = clockFrom(Date.parse(one.reopenedAt ?? one.groupStart), values)
  return silenceActivatesAt(clock, askedAt, values, one.sureAt === null ? askedAt : Date.parse(one.sureAt))
}

const TONES: Record<CellStateName, Tone> = {
  permanent_watch: 'ok',
  heightened_watch: 'warn',
  crisis: 'n4',
  leaving_crisis: 'info',
  stand_by: 'neutral',
}

/** The state of the cell, and the quiet clock of the first report that could become a crisis. */
export async function StateLine({ facts: { cell, run, first, clock }, now }: Props) {
  const t = await getTranslations('crisis')
  const states = await getTranslations('cell.states')
  const state = cell?.state ?? 'permanent_watch'
  return (
    <div className="bg-sunken text-sm" data-cell-state={state}>
      <p className={`${BAND} py-1`}>
        <span>
          <span className="sr-only">{t('strip.state')} </span>
          <Tag tone={TONES[state]}>{states(state)}</Tag>{' '}
          {cell && (
            // On a telephone one line is all it may take.
            <span className="text-soft max-sm:sr-only">
              {t('strip.since', { when: await said.since(new Date(cell.at), now) })}
            </span>
          )}
        </span>
        {!run && first && (
          <span data-clock="quiet">
            {t('strip.quiet', { when: await said.at(new Date(first.at), now) })}{' '}
            <a href={`/cases/${first.reference}`}>{first.organisation ?? first.reference}</a>
            {' · '}
            <Left at={clockFrom(Date.parse(first.at), clock).endsAt} now={now} />
          </span>
        )}
      </p>
    </div>
  )
}

/** What waits for a hand: authorities to telephone, and hours that nobody holds. */
export async function ToDoLine({ facts: { toCall, holes }, now }: Props) {
  if (toCall === 0 && holes.length === 0) return null
  const [t, words] = [await getTranslations('crisis'), await getTranslations('vocabulary')]
  const at = now.getTime()
  const open = holes.filter((hole) => hole.from <= at)
  const [soon] = holes.filter((hole) => hole.from > at)
  return (
    <div className="bg-danger-soft text-sm" data-to-do>
      <p className={`${BAND} py-1`}>
        {toCall > 0 && (
          <a href="/cell#calls" className="font-semibold">
            <Icon name="phone" className="mr-1.5 size-4" />
            {t('strip.to_call', { count: toCall })}
          </a>
        )}
        {open.length > 0 && (
          <a href="/cell/roster" className="font-semibold text-danger">
            {t('strip.hole_now', { roles: open.map(({ role }) => words(`role.${role}`)).join(', ') })}
          </a>
        )}
        {open.length === 0 && soon && (
          <a href="/cell/roster">
            {t('strip.hole_soon', {
              when: await said.at(new Date(soon.from), now),
              role: words(`role.${soon.role}`),
            })}
          </a>
        )}
      </p>
    </div>
  )
}

/** Minutes left on the watch, ticking in the browser. */
async function Left({ at, now }: { at: number; now: Date }) {
  const t = await getTranslations('crisis')
  const locale = await getLocale()
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
const said = {
  alone: async (at: Date, now: Date) => momentText(at, { now, locale: await getLocale() }),
  at: async (at: Date, now: Date) => atText(at, { now, locale: await getLocale() }),
  since: async (at: Date, now: Date) => whenText(at, { now, locale: await getLocale() }),
}

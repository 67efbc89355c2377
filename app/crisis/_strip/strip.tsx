import { unstable_rethrow } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { requestTime } from '#app/_auth/session.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { ProposalForm } from '#app/incidents/_parts/proposal-form.tsx'
import { ProposalCases, ProposalText } from '#app/incidents/_parts/proposal-text.tsx'
import { type IncidentChoice, incidentChoice } from '#app/incidents/rules/name.ts'
import { watch } from '#app/operations/watch.ts'
import { DropPanel } from '#components/drop-panel.tsx'
import { Icon } from '#components/icon.tsx'
import { Tag, type Tone } from '#components/tag.tsx'
import type { CellStateName } from '#db/schema/crisis.ts'
import { behind, type StripItem, stripLine } from '../rules/strip.ts'
import { countItems, Item, Left, Service, said, type Told } from './items.tsx'
import { readStrip, type StripFacts } from './query.ts'
import { RunClock, runningClock } from './run-clock.tsx'

const BAND = 'mx-auto max-w-[100rem] px-3 sm:px-5'

/**
 * Bandeau de la cellule, on every page of the cell: its state, the clock that runs, the most pressing thing; the rest behind
 * "+n", laid over the page. It is one line (two on a telephone) whatever happens: what is worked on below never moves.
 */
export async function CellStrip({ actor }: { actor: AccountActor }) {
  const now = new Date(requestTime())
  const [facts, findings] = [await read(actor, now), await watch()]
  const t = await getTranslations('crisis')
  if (!facts)
    return (
      <section aria-label={t('strip.label')} data-strip data-screen-only className={`${FRAME} bg-warn-soft`}>
        <div className={`${BAND} ${LINE}`}>
          <p className={findings.length > 0 ? 'min-w-0 truncate' : 'min-w-0 sm:col-span-3'}>
            {t('strip.unread')}
          </p>
          {findings.length > 0 && (
            <div className="min-w-0 max-sm:col-span-2 max-sm:row-start-2">
              <Service findings={findings} now={now} />
            </div>
          )}
        </div>
      </section>
    )
  const told = { facts, findings, now }
  const counts = countItems(told)
  const line = stripLine(counts)
  const active = facts.cell?.state === 'crisis'
  const clock = runningClock(told)
  return (
    <section
      aria-label={t('strip.label')}
      data-strip
      data-screen-only
      data-crisis={active ? 'active' : undefined}
      className={`${FRAME} ${active ? 'bg-level-n4 text-on-level-n4 [&_a]:text-inherit' : line.first && URGENT.has(line.first) ? 'bg-danger-soft' : 'bg-sunken'}`}
    >
      <Live
        cases={[]}
        events={[
          ...['proposal.', 'crisis.', 'cell.', 'incident.', 'notice.', 'instruction.', 'roster.'],
          ...['call.missed', 'call.called_back'],
        ]}
        silent
      />
      <div className={`${BAND} ${LINE}`}>
        <div className="flex min-w-0 items-center gap-x-3">
          <State told={told} />
          {clock && (
            <span className="shrink-0 rounded-s bg-raised px-1.5 font-bold text-ink" data-clock-left>
              <Icon name="clock" className="mr-1.5 size-4 text-danger" />
              <span className="max-lg:sr-only">{t('strip.clock')}</span> <Left at={clock.endsAt} now={now} />
            </span>
          )}
        </div>
        <div className="min-w-0 max-sm:col-span-2 max-sm:row-start-2">
          {line.first && <Item item={line.first} {...told} />}
        </div>
        <Panel told={told} actor={actor} first={line.first} rest={line.rest} more={behind(counts, line)} />
      </div>
    </section>
  )
}

const FRAME = 'relative h-24 border-b border-line sm:h-12'
const LINE =
  'grid h-full grid-cols-[minmax(0,1fr)_auto] grid-rows-2 items-center gap-x-4 sm:grid-cols-[minmax(0,auto)_minmax(12rem,1fr)_auto] sm:grid-rows-1'
const URGENT: ReadonlySet<StripItem> = new Set([
  'called',
  'decision',
  'service',
  'to_call',
  'call_back',
  'hole_now',
])

const TONES: Record<CellStateName, Tone> = {
  permanent_watch: 'ok',
  heightened_watch: 'warn',
  crisis: 'n4',
  leaving_crisis: 'info',
  stand_by: 'neutral',
}

async function State({ told: { facts, now } }: { told: Told }) {
  const [t, states] = [await getTranslations('crisis'), await getTranslations('cell.states')]
  const state = facts.cell?.state ?? 'permanent_watch'
  const since = facts.cell && t('strip.since', { when: await said.since(new Date(facts.cell.at), now) })
  return (
    <span className="min-w-0 truncate" data-cell-state={state} title={since ?? undefined}>
      <span className="sr-only">{t('strip.state')} </span>
      {state === 'crisis' ? (
        <strong className="tracking-wide">
          <Icon name="danger" className="mr-2 size-5" />
          {t('strip.active')}
        </strong>
      ) : (
        <Tag tone={TONES[state]}>{states(state)}</Tag>
      )}
      {/* In crisis the line says since when; elsewhere what presses comes before it. */}
      {state !== 'crisis' && since && <span className="text-sm text-soft max-xl:sr-only"> {since}</span>}
    </span>
  )
}

/** Everything the line has no room for, and the answers people owe. */
async function Panel({
  told,
  actor,
  first,
  rest,
  more,
}: {
  told: Told
  actor: AccountActor
  first: StripItem | null
  rest: StripItem[]
  more: number
}) {
  const { facts, now } = told
  const t = await getTranslations('crisis')
  // What silence decided, the state says.
  const asked = facts.crises.filter((one) => one.state === 'open' || facts.run?.activatedBy !== 'silence')
  if (!runningClock(told) && asked.length === 0 && facts.others.length === 0 && rest.length === 0) return null
  const incidents = facts.incidents.map(incidentChoice)
  const left = facts.otherCount - facts.others.filter((one) => one.state === 'open').length
  const deciding = first === 'decision'
  return (
    <DropPanel
      look="border-edge bg-raised text-accent"
      label={
        <>
          {deciding ? t('strip.decide') : more === 0 && t('strip.details')}
          {more > 0 && <span aria-hidden="true">+{more}</span>}
          {more > 0 && <span className="sr-only">{t('strip.behind', { count: more })}</span>}
        </>
      }
    >
      <div className={`${BAND} grid gap-3 py-3`}>
        <RunClock facts={facts} now={now} />
        {asked.map((one) => (
          <Question key={one.id} one={one} {...{ actor, incidents, now }} />
        ))}
        {rest
          .filter((item) => !['decision', 'decided', 'asked'].includes(item))
          .map((item) => (
            <div key={item} className="border-t border-line pt-2">
              <Item item={item} {...told} />
            </div>
          ))}
        {facts.others.map((one) => (
          <Question key={one.id} one={one} {...{ actor, incidents, now }} />
        ))}
        {left > 0 && <a href="/incidents#proposals">{t('strip.more', { count: left })}</a>}
      </div>
    </DropPanel>
  )
}

async function Question({
  one,
  actor,
  incidents,
  now,
}: {
  one: StripFacts['crises'][number]
  actor: AccountActor
  incidents: IncidentChoice[]
  now: Date
}) {
  const t = await getTranslations('crisis')
  return (
    <div className="grid gap-1.5 border-t border-line pt-2" data-proposal={one.level}>
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Tag tone={one.level === 'crisis' ? 'n4' : one.level === 'N3' ? 'n3' : 'neutral'}>
          {t(one.level === 'crisis' ? 'strip.crisis_proposed' : `strip.level.${one.level}`)}
        </Tag>
        <span className={`min-w-0 ${one.level === 'crisis' ? 'font-semibold' : ''}`}>
          <ProposalText proposal={one} />
        </span>
        <span className="text-sm text-soft">
          <Moment at={new Date(one.firedAt)} now={now} />
        </span>
      </p>
      {one.state === 'open' && <ProposalCases proposal={one} />}
      <ProposalForm proposal={one} actor={actor} incidents={incidents} now={now} />
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

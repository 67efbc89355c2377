import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { mayHangOnWall } from '#app/_auth/rules/roles.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { ClientWords } from '#app/_i18n/client-words.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { Decision } from '#app/cell/_room/decision.tsx'
import { Grid } from '#app/cell/_room/grid.tsx'
import { gridWords } from '#app/cell/_room/grid-words.ts'
import { RoomPicture } from '#app/cell/_room/picture.tsx'
import { readRoom } from '#app/cell/_room/query.ts'
import { Todo } from '#app/cell/_room/todo.tsx'
import { todoGroups } from '#app/cell/_room/todo-words.ts'
import { Left } from '#app/crisis/_strip/items.tsx'
import { runningClock } from '#app/crisis/_strip/run-clock.tsx'
import { findingWords } from '#app/operations/finding-words.ts'
import { watch } from '#app/operations/watch.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('room'))('wall') }
}

/** Écran mural: the first screen of the cell at twice the size, for a room; it shows, and nothing on it can be pressed. */
export default async function WallPage() {
  const actor = await requireActor('cell.watch')
  if (!mayHangOnWall(actor.role)) notFound()
  const now = new Date(requestTime())
  const [room, findings] = await Promise.all([readRoom(actor, now.toISOString()), watch()])
  const [t, crisis, states, common, locale] = [
    await getTranslations('room'),
    await getTranslations('crisis'),
    await getTranslations('cell.states'),
    await getTranslations('common'),
    await getLocale(),
  ]
  const said = await gridWords(room, now)
  const state = room.strip.cell?.state ?? 'permanent_watch'
  const clock = runningClock({ facts: room.strip, now })
  const finding = await findingWords(now)
  return (
    <div data-wall className="grid h-dvh grid-rows-[auto_auto_auto_minmax(0,1fr)] gap-2 overflow-hidden p-2">
      <header
        data-cell-state={state}
        className={`-mx-2 -mt-2 flex h-8 items-center gap-x-5 pr-44 pl-3 ${state === 'crisis' ? 'bg-level-n4 text-on-level-n4' : 'bg-sunken'}`}
      >
        <h1 className="text-lg">{state === 'crisis' ? crisis('strip.active') : states(state)}</h1>
        {clock && (
          <span className="rounded-s bg-raised px-1.5 font-bold text-ink">
            {crisis('strip.clock')} <Left at={clock.endsAt} now={now} />
          </span>
        )}
        <span className="min-w-0 grow truncate font-bold text-danger">
          {findings.map((one) => finding(one).title).join(' · ')}
        </span>
        <Live
          cases="all"
          events={['cell.', 'crisis.', 'notice.', 'roster.', 'proposal.', 'incident.', 'fallback.']}
        />
      </header>
      <Decision room={room} actor={null} now={now} />
      <ClientWords of={['room']}>
        <Todo
          wall
          groups={await todoGroups(room, now)}
          now={now.toISOString()}
          locale={locale}
          countdown={{ ahead: common.raw('time.ahead'), overdue: t.raw('todo.late') }}
        />
        <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_11rem] gap-3">
          <Grid wall said={said} />
          <RoomPicture wall room={room} said={said} now={now} />
        </div>
      </ClientWords>
      <span className="sr-only">{t('wall')}</span>
    </div>
  )
}

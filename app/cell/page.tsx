import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { mayHangOnWall } from '#app/_auth/rules/roles.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { ClientWords } from '#app/_i18n/client-words.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { Decision } from './_room/decision.tsx'
import { Grid } from './_room/grid.tsx'
import { gridWords } from './_room/grid-words.ts'
import { RoomPicture } from './_room/picture.tsx'
import { readRoom } from './_room/query.ts'
import { Todo } from './_room/todo.tsx'
import { todoGroups } from './_room/todo-words.ts'
import { CallTasks } from './call-tasks.tsx'
import { ChangeState } from './change-state.tsx'
import { CellHistory } from './history.tsx'
import { readCell } from './queries.ts'
import { CellStanding } from './standing.tsx'
import { CellTabs } from './tabs.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('cell'))('title') }
}

/**
 * Cellule d'accueil. What the room needs in five seconds is seen without scrolling: what it decides, what fails where, what to do.
 * Below it, the calls to make one by one, and the state of the desk.
 */
export default async function CellPage() {
  const actor = await requireActor('cell.watch')
  const now = new Date(requestTime())
  const [room, cell] = await Promise.all([readRoom(actor, now.toISOString()), readCell(actor, now)])
  const [t, words, common, locale] = [
    await getTranslations('cell'),
    await getTranslations('room'),
    await getTranslations('common'),
    await getLocale(),
  ]
  const said = await gridWords(room, now)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3" data-room>
        <div className="flex flex-wrap items-center justify-between gap-x-6">
          <h1 className="text-xl">{t('title')}</h1>
          <div className="min-w-0 grow">
            <CellTabs current="" />
          </div>
          {/* A page of another frame: loaded whole. */}
          {mayHangOnWall(actor.role) && (
            <a href="/wall" data-screen-only className="inline-flex min-h-9 items-center text-sm">
              {words('wall')}
            </a>
          )}
          <Live
            cases="all"
            events={[
              'cell.',
              'crisis.',
              'notice.',
              'instruction.',
              'roster.',
              'proposal.',
              'incident.',
              'fallback.',
            ]}
          />
        </div>
        <Decision room={room} actor={actor} now={now} />
        {/* A telephone reads down: the decision, what is to do, the grid. */}
        <div className="grid gap-x-4 gap-y-5 max-xl:grid-cols-[minmax(0,1fr)] xl:grid-cols-[minmax(0,1fr)_20rem] 2xl:grid-cols-[minmax(0,1fr)_20rem_17rem]">
          <ClientWords of={['room']}>
            <div className="min-w-0 xl:col-start-2 xl:row-start-1">
              <Todo
                groups={await todoGroups(room, now)}
                now={now.toISOString()}
                locale={locale}
                countdown={{ ahead: common.raw('time.ahead'), overdue: words.raw('todo.late') }}
              />
            </div>
            <div className="min-w-0 xl:col-start-1 xl:row-start-1">
              <Grid said={said} />
            </div>
          </ClientWords>
          <div className="min-w-0 xl:col-span-2 2xl:col-span-1 2xl:col-start-3 2xl:row-start-1">
            <RoomPicture room={room} said={said} now={now} />
          </div>
        </div>
      </div>
      <CallTasks tasks={room.calls} actor={actor} now={now} />
      <CellStanding cell={cell} now={now} />
      {may(actor, 'cell.change_state') && <ChangeState from={cell.state.state} />}
      <CellHistory changes={cell.history} now={now} />
    </div>
  )
}

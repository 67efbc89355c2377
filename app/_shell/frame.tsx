import { headers } from 'next/headers'
import { unstable_rethrow } from 'next/navigation'
import type { ReactNode } from 'react'
import { type AccountActor, may, ownerKey } from '#app/_auth/actor.ts'
import { currentSessionId, getActor } from '#app/_auth/session.ts'
import { within } from '#app/_doors/within.ts'
import { ClientWords } from '#app/_i18n/client-words.tsx'
import { liveName } from '#app/_live/live-status.tsx'
import { asked } from '#app/_log/request.ts'
import { buildName } from '#app/_offline/build.ts'
import { Offline, type Reader } from '#app/_offline/offline.tsx'
import { secondAddress } from '#app/_offline/second.ts'
import { ticketOf } from '#app/_offline/second-ticket.ts'
import { CallPop } from '#app/calls/_pop/pop.tsx'
import { Bell } from '#app/cell/_alarm/bell.tsx'
import { CellStrip } from '#app/crisis/_strip/strip.tsx'
import { ExerciseStrip } from '#app/drills/_parts/exercise-strip.tsx'
import { CallKey } from './call-key.tsx'
import { placesOf } from './places.ts'
import { Shell } from './shell.tsx'
import type { Theme } from './theme.ts'
import { WallFrame } from './wall-frame.tsx'

/** The frame and who stands in it. It stands around error pages too: a database that is down must not take it away. */
export async function Frame({ theme, children }: { theme: Theme; children: ReactNode }) {
  const actor = await actorIfKnown()
  if (actor && (await pathOf()) === '/wall') return <WallFrame actor={actor}>{children}</WallFrame>
  const places = actor ? placesOf(actor.role, actor.territories.length > 0) : []
  return (
    <Shell
      theme={theme}
      person={actor && { name: actor.name, email: actor.email, own: may(actor, 'account.own') }}
      places={places.map(({ href, key }) => ({ href, key }))}
      exercise={Boolean(actor?.exerciseId)}
      said={asked()?.said ?? null}
      bell={
        actor &&
        may(actor, 'cell.watch') && (
          <ClientWords of={['alarm']}>
            <Bell
              live={liveName(actor)}
              exercise={actor.exerciseId !== null}
              hears={may(actor, 'cases.work')}
            />
          </ClientWords>
        )
      }
      status={
        actor &&
        may(actor, 'cases.watch') && (
          <>
            <ExerciseStrip actor={actor} />
            <CellStrip actor={actor} />
            {may(actor, 'cases.work') && <CallKey />}
          </>
        )
      }
    >
      <ClientWords of={['offline']}>
        <Offline build={buildName()} reader={await readerOf(actor)} />
      </ClientWords>
      {children}
      {actor && may(actor, 'cases.work') && actor.exerciseId === null && (
        <ClientWords of={['call_pop']}>
          <CallPop live={liveName(actor)} />
        </ClientWords>
      )}
    </Shell>
  )
}

/** What opens without a network, for whom: the report, one's cases, the queue. */
async function readerOf(actor: AccountActor | null): Promise<Reader> {
  if (!actor) return { owner: null, pages: [], second: null }
  const pages: [string, boolean][] = [
    ['/cases/new', may(actor, 'cases.report')],
    ['/my', may(actor, 'cases.follow')],
    ['/cases', may(actor, 'cases.watch')],
  ]
  return {
    owner: ownerKey(actor),
    pages: pages.flatMap(([page, allowed]) => (allowed ? [page] : [])),
    second: await otherWay(),
  }
}

async function otherWay(): Promise<Reader['second']> {
  const [address, sessionId] = [secondAddress(), await currentSessionId()]
  return address && sessionId ? { address, ticket: await ticketOf(sessionId) } : null
}

/** The wall has no bar, no strip, no foot: nothing that could be pressed. */
async function pathOf(): Promise<string | undefined> {
  return (await headers()).get('x-path')?.split('?')[0]
}

/** A database that hangs shows a frame without its tools, soon. */
const PATIENCE_MS = 3_000

export async function actorIfKnown(): Promise<AccountActor | null> {
  try {
    return await within(PATIENCE_MS, getActor())
  } catch (error) {
    unstable_rethrow(error)
    return null
  }
}

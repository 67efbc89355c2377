import { and, asc, eq, getTableColumns } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { cases } from '#db/schema/cases.ts'
import { territory } from '#db/schema/reference.ts'
import type { Tx } from '#db/transaction.ts'
import { whenMainEnds } from '../rules/attachment.ts'
import { clocksFrom, defaultPromise, LONGEST_WAIT_MIN } from '../rules/deadlines.ts'
import { type CaseRow, changeHeld, factsOf, type HeldChange } from './change.ts'

type Main = Pick<CaseRow, 'id' | 'cause' | 'restoredAt'>

/** The case others hang on ends: each of them goes on by itself, on its own clock, or ends by its own reporter's word. */
export async function releaseAttached(
  tx: Tx,
  actor: Actor,
  main: Main,
  end: 'closed' | 'out_of_scope',
  now: Date,
): Promise<void> {
  const attached = await tx
    .select({ row: getTableColumns(cases), timeZone: territory.timeZone })
    .from(cases)
    .leftJoin(territory, eq(territory.code, cases.territoryCode))
    .where(and(eq(cases.duplicateOfId, main.id), eq(cases.state, 'duplicate')))
    .orderBy(asc(cases.id))
    .for('no key update', { of: cases })
  await changeHeld(
    tx,
    actor,
    now,
    attached.map(({ row, timeZone }) => released(row, timeZone ?? 'Europe/Paris', main, end, now)),
  )
}

function released(
  row: CaseRow,
  timeZone: string,
  main: Main,
  end: 'closed' | 'out_of_scope',
  now: Date,
): HeldChange {
  const after = whenMainEnds(end, factsOf(row, true, timeZone, now))
  const promise = defaultPromise(row.level, now)
  const withMain = { withMain: main.id }
  switch (after.state) {
    case 'closed':
      return {
        row,
        action: 'close',
        set: { closedAt: now, closing: 'confirmed', cause: main.cause },
        line: {
          event: 'case.closed',
          visibility: 'public',
          data: { ...withMain, cause: main.cause, closing: 'confirmed' },
        },
      }
    case 'confirmed':
      return {
        row,
        action: 'note',
        set: {
          ...(end === 'out_of_scope' ? { duplicateOfId: null } : {}),
          state: 'confirmed',
          nextContactAt: new Date(now.getTime() + LONGEST_WAIT_MIN * 60_000),
        },
        line: { event: 'case.detached_duplicate', visibility: 'public', data: withMain },
      }
    case 'restored':
      return {
        row,
        action: 'restore',
        set: { restoredAt: main.restoredAt ?? now, nextContactAt: promise },
        line: {
          event: 'case.restored',
          visibility: 'public',
          data: { ...withMain, nextContactAt: promise.toISOString() },
        },
      }
    case 'acknowledged':
      return {
        row,
        action: 'detach_duplicate',
        set: {
          duplicateOfId: null,
          nextContactAt: promise,
          checkDueAt: clocksFrom(row.level, now).checkDueAt,
        },
        line: {
          event: 'case.detached_duplicate',
          visibility: 'public',
          data: { ...withMain, nextContactAt: promise.toISOString() },
        },
      }
  }
}

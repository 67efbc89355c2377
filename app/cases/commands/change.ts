import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import { type Actor, actorId, may, sideOf } from '#app/_auth/actor.ts'
import { overtaken, type Refusal, type Result, refused } from '#app/_doors/result.ts'
import { append, type Line } from '#app/_journal/append.ts'
import { cases } from '#db/schema/cases.ts'
import { territory } from '#db/schema/reference.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { busyMinutes } from '../rules/busy-hours.ts'
import { nextDeadline, queueRank } from '../rules/deadlines.ts'
import { GRAVE } from '../rules/level.ts'
import { type Action, stateAfter } from '../rules/lifecycle.ts'
import { attemptsAfter, BUSY_MINUTES, type CaseFacts, judge, type Viewer } from '../rules/permissions.ts'
import { isOpen } from '../rules/states.ts'
import { releaseAttached } from './release-attached.ts'

export type CaseRow = typeof cases.$inferSelect
export type CaseChange = Partial<typeof cases.$inferInsert>

/** What every command on a case gets: its number, and the version its author had on the screen. */
export type Target = { reference: string; version?: number | null }

type Seen = { row: CaseRow; facts: CaseFacts; viewer: Viewer; timeZone: string }
type Work<T> = {
  set: CaseChange
  line: Omit<Line, 'chain' | 'caseId' | 'at'>
  also?: (tx: Tx, row: CaseRow) => Promise<void>
  value: T
}

/**
 * The five beats of a command on a case: see it (scoped), may I (rule), do it (conditional on the version read), write
 * it down, return. `work` says what changes; whatever it leaves out follows from the rules (state, deadlines, queue).
 */
export async function changeCase<T>(
  actor: Actor,
  target: Target,
  action: Action,
  now: Date,
  work: (seen: Seen, tx: Tx) => Promise<Work<T> | Refusal> | Work<T> | Refusal,
): Promise<Result<T & { version: number }>> {
  return asActor(actor, async (tx) => {
    const seen = await see(tx, actor, target.reference, now, 'to_change')
    if (!seen) return refused('cases.refused.absent')
    // First of all what a colleague did meanwhile: it is often why the move is no longer allowed.
    if (target.version && target.version !== seen.row.version) return overtaken(seen.row)
    const verdict = judge(action, seen.facts, seen.viewer, now)
    if (!verdict.allowed) return refused(verdict.key, verdict.values)

    const wanted = await work(seen, tx)
    if ('ok' in wanted) return wanted
    const change = follow(seen.row, action, {
      ...heard(seen.row, seen.viewer.side, action, now),
      ...wanted.set,
    })
    const [written] = await tx
      .update(cases)
      .set({
        ...change,
        ...graveness(seen.row, change, now),
        version: QUIET.has(action) ? seen.row.version : seen.row.version + 1,
      })
      .where(and(eq(cases.id, seen.row.id), eq(cases.version, seen.row.version)))
      .returning({ version: cases.version })
    if (!written) return overtaken(seen.row)
    await wanted.also?.(tx, seen.row)
    await append(tx, actor, { ...wanted.line, chain: `case:${seen.row.id}`, caseId: seen.row.id, at: now })
    if (change.state === 'closed' || change.state === 'out_of_scope')
      await releaseAttached(tx, actor, { ...seen.row, ...change } as CaseRow, change.state, now)
    return { ok: true, value: { ...wanted.value, version: written.version } }
  })
}

/** One of the cases that a wider command changes. */
export type HeldChange = Pick<Work<never>, 'set' | 'line'> & { row: CaseRow; action: Action }

/**
 * Cases that a wider command changes (an incident restored, a proposal accepted): the rows are held already, the rule was the
 * wider command's; what follows and the lines are the same as in changeCase. Whose change is the same are written together: an
 * incident of the whole country has a thousand.
 */
export async function changeHeld(tx: Tx, actor: Actor, now: Date, changes: HeldChange[]): Promise<void> {
  const followed = changes.map(({ row, action, set }) => ({
    id: row.id,
    change: newIn(row, follow(row, action, { ...heard(row, sideOf(actor), action, now), ...set })),
  }))
  const alike = Map.groupBy(followed, ({ change }) => JSON.stringify(change))
  // One behind the other down one line.
  await Promise.all(
    [...alike.values()].map((same) =>
      tx
        .update(cases)
        .set({ ...same[0]?.change, version: sql`${cases.version} + 1` })
        .where(
          inArray(
            cases.id,
            same.map(({ id }) => id),
          ),
        ),
    ),
  )
  await append(
    tx,
    actor,
    ...changes.map(({ row, line }) => ({ ...line, chain: `case:${row.id}`, caseId: row.id, at: now })),
  )
}

/** What of a change the row does not say already. */
function newIn(row: CaseRow, change: CaseChange): CaseChange {
  const same = (name: string) =>
    JSON.stringify(row[name as keyof CaseRow]) === JSON.stringify(change[name as keyof CaseChange])
  return Object.fromEntries(Object.entries(change).filter(([name]) => !same(name)))
}

/**
 * Reads the case as this actor may, with what the rules need; locked when it is to be changed, for who may change it. Null:
 * absent or forbidden, alike.
 */
export async function see(
  tx: Tx,
  actor: Actor,
  reference: string,
  now: Date,
  why: 'to_change' | 'to_read',
): Promise<Seen | null> {
  const read = tx
    .select({
      row: getTableColumns(cases),
      timeZone: territory.timeZone,
      vital: sql<boolean>`exists (select from app.numbers() n where n.number = any (${cases.numbers}) and n.vital)`,
    })
    .from(cases)
    .leftJoin(territory, eq(territory.code, cases.territoryCode))
    .where(eq(cases.reference, reference))
    .$dynamic()
  const [found] = await (why === 'to_change' ? read.for('no key update', { of: cases }) : read)
  if (!found) return null
  const timeZone = found.timeZone ?? 'Europe/Paris'
  return {
    row: found.row,
    facts: factsOf(found.row, found.vital, timeZone, now),
    viewer: viewerOf(actor, found.row),
    timeZone,
  }
}

export function factsOf(
  row: Omit<CaseRow, 'search'>,
  vital: boolean,
  timeZone: string,
  now: Date,
): CaseFacts {
  return {
    state: row.state,
    level: row.level,
    verified: row.verification !== 'unverified',
    vital,
    contactAttempts: row.contactAttempts,
    confirmedAt: row.confirmedAt,
    closedAt: row.closedAt,
    busyMinutesSinceRestored: busySince(row, timeZone, now),
    claimedById: row.claimedById,
    claimedUntil: row.claimedUntil,
    exercise: row.exerciseId !== null,
  }
}

export function viewerOf(actor: Actor, row: Pick<CaseRow, 'organisationId' | 'territoryCode'>): Viewer {
  const ownOrganisation =
    actor.kind === 'account' && actor.organisationId !== null && actor.organisationId === row.organisationId
  return {
    side: sideOf(actor),
    works: may(actor, 'cases.work'),
    accountId: actorId(actor),
    ownOrganisation,
    authority:
      actor.kind === 'account' &&
      may(actor, 'cases.observe') &&
      !ownOrganisation &&
      [row.territoryCode, 'FR'].some((code) => actor.territories.includes(code)),
  }
}

/** What follows from a change without anyone deciding it: state, deadlines, place in the queue. */
export function follow(row: CaseRow, action: Action, set: CaseChange): CaseChange {
  const after = { ...row, state: stateAfter(action, row.state) ?? row.state, ...set } as CaseRow
  if (isOpen(after.state) && !after.nextContactAt)
    throw new Error(`${action} would leave ${row.reference} open without a promise`)
  if (!isOpen(after.state))
    Object.assign(after, { nextContactAt: null, ackDueAt: null, checkDueAt: null, ...NOTHING_MISSED })
  const nothingMissed = !after.ackMissedAt && !after.checkMissedAt && !after.promiseMissedAt
  const escalation = nothingMissed ? 0 : after.escalation
  const { nextContactAt, ackDueAt, checkDueAt, ackMissedAt, checkMissedAt, promiseMissedAt, answeredAt } =
    after
  return {
    ...set,
    state: after.state,
    nextContactAt,
    ackDueAt,
    checkDueAt,
    ackMissedAt,
    checkMissedAt,
    promiseMissedAt,
    answeredAt,
    escalation,
    deadlineAt: nextDeadline({ ...after, escalation }),
    queueRank: queueRank(after),
  }
}

/** The reporter spoke, or says that it still fails, and waits for a word of the cell; until it answers, the row of the case says so. */
function heard(row: CaseRow, side: Viewer['side'], action: Action, now: Date): CaseChange {
  const contactAttempts = attemptsAfter(action, side, row.contactAttempts)
  if (side === 'reporter') return { contactAttempts, ...(SPEAKS.has(action) ? { answeredAt: now } : {}) }
  return { contactAttempts, ...(ANSWERS.has(action) ? { answeredAt: null, stillFailingAt: null } : {}) }
}

const SPEAKS: ReadonlySet<Action> = new Set<Action>([
  'answer',
  'complete',
  'observe_neighbour',
  'attach_file',
  'record_tests',
])
const ANSWERS: ReadonlySet<Action> = new Set<Action>([
  'acknowledge',
  'workaround',
  'update',
  'wait_reporter',
  'restore',
  'log_attempt',
  'close',
  'reopen',
  'out_of_scope',
])

/** Raised to N3 or above it is news for the room; an accepted proposal raises too, and was the room's own news. */
function graveness(row: CaseRow, { level }: CaseChange, now: Date): CaseChange {
  if (level === undefined || level === row.level) return {}
  return { graveSince: level < GRAVE ? null : row.level < GRAVE ? now : row.graveSince }
}

/** These change nothing that another person could be deciding upon: they never make anyone's form out of date. */
const QUIET: ReadonlySet<Action> = new Set<Action>(['note', 'claim', 'release'])

const NOTHING_MISSED = {
  ackMissedAt: null,
  checkMissedAt: null,
  promiseMissedAt: null,
  stillFailingAt: null,
  answeredAt: null,
}

function busySince(row: Pick<CaseRow, 'restoredAt'>, timeZone: string, now: Date): number | null {
  return row.restoredAt ? busyMinutes(row.restoredAt, now, timeZone, BUSY_MINUTES) : null
}

import type { RoutingRule } from '#app/cases/rules/routing.ts'
import type { cases, caseTest } from '#db/schema/cases.ts'
import type { Chance } from './chance.ts'
import { UPDATES } from './history-words.ts'

const MINUTE = 60_000

export type CaseRow = Omit<typeof cases.$inferInsert, 'reference'> & { id: number; receivedAt: Date }
export type TestRow = typeof caseTest.$inferInsert
export type HistoryLine = {
  at: Date
  event: string
  visibility: 'public' | 'internal'
  text: string | null
  data: Record<string, unknown>
  actorId: number | null
  actorName: string
  actorSide: 'reporter' | 'cell'
}
export type Past = { row: CaseRow; tests: TestRow[]; lines: HistoryLine[] }

/** The tests such a case has seen. */
export function testsOf(row: CaseRow, given: { passed: number; tried: number }, chance: Chance): TestRow[] {
  const one = (side: 'reporter' | 'cell', purpose: TestRow['purpose'], at: Date, counts: object) => ({
    caseId: row.id,
    side,
    purpose,
    technology: row.callingTechnology,
    operator: row.callingOperator,
    number: row.numbers[0],
    windowMin: 10,
    at,
    recordedAt: at,
    ...given,
    ...counts,
  })
  const all = [one('reporter', 'report', row.receivedAt, {})]
  if (row.acknowledgedAt && row.level >= 2)
    all.push(one('cell', 'check', later(row.acknowledgedAt, 3), { passed: chance.between(0, given.tried) }))
  if (row.confirmedAt) all.push(one('reporter', 'confirmation', row.confirmedAt, { passed: given.tried }))
  return all
}

/** What its main courante says, in order. */
export function linesOf(
  row: CaseRow,
  given: { passed: number; tried: number },
  agent: { id: number; name: string },
  rule: RoutingRule | null,
  chance: Chance,
): HistoryLine[] {
  const reporter = {
    actorId: row.reporterAccountId ?? null,
    actorName: row.reporterName ?? '',
    actorSide: 'reporter' as const,
  }
  const cell = { actorId: agent.id, actorName: agent.name, actorSide: 'cell' as const }
  const say = (
    who: typeof reporter | typeof cell,
    at: Date,
    event: string,
    text: string | null,
    data: Record<string, unknown>,
  ): HistoryLine => ({
    ...who,
    at,
    event,
    text,
    data,
    visibility: event === 'case.assigned' ? ('internal' as const) : ('public' as const),
  })
  const lines = [
    say(reporter, row.receivedAt, 'case.reported', row.details ?? null, {
      channel: row.channel,
      level: row.level,
      reasons: row.levelReasons,
      numbers: row.numbers,
      symptom: row.symptom,
      verification: row.verification,
      ...given,
    }),
    say(reporter, row.receivedAt, 'case.assigned', null, {
      rule: rule?.name ?? null,
      ruleId: rule?.id ?? null,
      teamId: row.teamId,
      assigneeId: row.assigneeId,
    }),
  ]
  const promise = (at: Date) => ({ nextContactAt: later(at, row.level === 1 ? 240 : 30).toISOString() })
  if (!row.acknowledgedAt) return lines
  lines.push(say(cell, row.acknowledgedAt, 'case.acknowledged', null, promise(row.acknowledgedAt)))
  if (row.state === 'duplicate')
    return [
      ...lines,
      say(cell, later(row.acknowledgedAt, 2), 'case.attached_duplicate', 'Même fait, déjà signalé.', {
        mainId: row.duplicateOfId,
      }),
    ]
  if (row.state === 'out_of_scope')
    return [
      ...lines,
      say(cell, later(row.acknowledgedAt, 2), 'case.out_of_scope', 'Orienté, noté, non compté.', {}),
    ]
  const worked = later(row.acknowledgedAt, 15)
  if (row.level >= 2 && chance.often(0.6))
    lines.push(say(cell, worked, 'case.updated', chance.one(UPDATES), promise(worked)))
  if (row.restoredAt)
    lines.push(say(cell, row.restoredAt, 'case.restored', 'Rétabli côté réseau.', promise(row.restoredAt)))
  if (row.confirmedAt)
    lines.push(
      say(reporter, row.confirmedAt, 'case.confirmed', null, { passed: given.tried, tried: given.tried }),
    )
  if (row.closedAt)
    lines.push(say(cell, row.closedAt, 'case.closed', null, { cause: row.cause, closing: row.closing }))
  return lines
}

function later(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * MINUTE)
}

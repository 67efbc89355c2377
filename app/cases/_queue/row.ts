import type { CaseState, Level, Verification } from '#db/schema/cases.ts'
import type { Due } from '../rules/deadlines.ts'

/** One line of the queue, as the database gives it (instants as ISO text). */
export type QueueRow = {
  id: number
  reference: string
  version: number
  state: CaseState
  level: Level
  numbers: string[]
  symptom: string
  territory: string | null
  territoryCode: string
  organisation: string | null
  reporterKind: string
  verification: Verification
  receivedAt: string
  acknowledgedAt: string | null
  closedAt: string | null
  ackDueAt: string | null
  checkDueAt: string | null
  nextContactAt: string | null
  ackMissedAt: string | null
  checkMissedAt: string | null
  promiseMissedAt: string | null
  stillFailingAt: string | null
  answeredAt: string | null
  residualSince: string | null
  /** The incident it belongs to. */
  incident: string | null
  queueRank: number
  assignee: string | null
  assigneeId: number | null
  holder: string | null
  holderId: number | null
}

/** What is owed first, told as missed or not: the hour the countdown of the row runs to. */
export function dueFirst(row: QueueRow): { due: Due; at: Date } | null {
  const all: [Due, string | null][] = [
    ['ack', row.acknowledgedAt ? null : row.ackDueAt],
    ['check', row.checkDueAt],
    ['promise', row.nextContactAt],
  ]
  const owed = all.flatMap(([due, at]) => (at ? [{ due, at: new Date(at) }] : []))
  return owed.sort((a, b) => a.at.getTime() - b.at.getTime())[0] ?? null
}

export function missed(row: QueueRow): Due[] {
  const told: [Due, string | null][] = [
    ['ack', row.ackMissedAt],
    ['check', row.checkMissedAt],
    ['promise', row.promiseMissedAt],
  ]
  return told.flatMap(([due, at]) => (at ? [due] : []))
}

/** Where the next page begins: the place of the last row in the order of the list. */
export type Place = { rank: number; level: number; at: number; id: number }

/** `at` is the hour the list runs along: received, or residual since. */
export function placeOf(row: QueueRow, byAge: boolean): Place {
  const at = byAge && row.residualSince ? row.residualSince : row.receivedAt
  return { rank: row.queueRank, level: row.level, at: Date.parse(at), id: row.id }
}

export function writePlace({ rank, level, at, id }: Place): string {
  return [rank, level, at, id].map((n) => n.toString(36)).join('.')
}

export function readPlace(text: unknown): Place | null {
  if (typeof text !== 'string' || !/^[0-6]\.[0-4]\.[0-9a-z]{1,9}\.[0-9a-z]{1,11}$/.test(text)) return null
  const [rank = 0, level = 0, at = 0, id = 0] = text.split('.').map((part) => Number.parseInt(part, 36))
  return { rank, level, at, id }
}

import { randomUUID } from 'node:crypto'
import symptomWords from '#app/_i18n/messages/fr/symptoms.json' with { type: 'json' }
import { clocksFrom, nextDeadline, queueRank } from '#app/cases/rules/deadlines.ts'
import { levelOf } from '#app/cases/rules/level.ts'
import { type RoutingRule, route } from '#app/cases/rules/routing.ts'
import { waitsForReporter } from '#app/cases/rules/states.ts'
import { NUMBERS } from '#db/reference/numbers.ts'
import { familyOf, type Symptom } from '#db/reference/symptoms.ts'
import { CAUSES, TECHNOLOGIES } from '#db/reference/vocabulary.ts'
import type { CaseState, Level } from '#db/schema/cases.ts'
import type { Chance } from './chance.ts'
import { type CaseRow, linesOf, type Past, testsOf } from './history-lines.ts'
import { LOCAL_DETAILS } from './history-words.ts'
import { OPERATORS } from './organisations.ts'
import { person } from './persons.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/**
 * A history must wake nobody: within the longest window of the trigger rules (a day) it holds only what counts
 * for none of them.
 */
export const CALM_HOURS = 25
/** Not acknowledged yet, and not owed before a quarter of an hour (N1). */
export const FRESH_MIN = 10

export type Reporting = {
  id: number
  kind: string
  territory: string
  parents: string[]
  timeZone: string
  accountId: number | null
  siteId: number | null
  access: string | null
  numbers: string[]
  communes: string[]
}
export type HistoryWorld = {
  reporting: Reporting[]
  agents: { id: number; name: string }[]
  rules: RoutingRule[]
  generalTeamId: number
  /** Latest worked case of each territory: what a duplicate is attached to. */
  latest: Map<string, number>
}

const VITAL = NUMBERS.filter((one) => one.vital).map((one) => one.number)
/** How often each is heard, by hundredths: routing first, as in the published incidents. */
const SYMPTOM_SHARES: [Symptom, number][] = [
  ['INTERMITTENT', 22],
  ['INBOUND_DROP', 12],
  ['NO_RING', 10],
  ['FAST_BUSY', 7],
  ['MSG_CONGESTION', 6],
  ['DROP_MIDCALL', 6],
  ['MISROUTED', 5],
  ['ONE_WAY_AUDIO', 5],
  ['POOR_AUDIO', 5],
  ['NO_CLI', 5],
  ['NO_LOCATION', 4],
  ['OUTBOUND_FAIL', 4],
  ['LONG_SETUP', 3],
  ['NO_COVERAGE', 2],
  ['GHOST_CALLS', 2],
  ['NONE', 2],
]

/** One case as the years would have left it: `open` ones are young and held, the others have come to their end. */
export function pastCase(
  id: number,
  receivedAt: Date,
  open: boolean,
  world: HistoryWorld,
  chance: Chance,
  now: Date,
): Past {
  const who = chance.one(world.reporting)
  const calm = now.getTime() - receivedAt.getTime() < CALM_HOURS * HOUR
  const symptom = calm ? 'GHOST_CALLS' : weighted(chance)
  const numbers = who.numbers.length > 0 && chance.often(0.9) ? who.numbers : ['15']
  const communeCodes = chance.often(0.7) && who.communes.length > 0 ? [chance.one(who.communes)] : []
  const tried = chance.between(4, 20)
  const reportTest = { passed: chance.between(0, tried - 1), tried }
  const operator = chance.often(0.3) ? chance.one(OPERATORS) : null
  const { level, reasons } = levelOf(
    {
      verified: true,
      numbers,
      vitalNumbers: VITAL,
      symptom,
      family: familyOf(symptom),
      territoryKind: 'departement',
      timeZone: who.timeZone,
      overseas: /^9[78]/.test(who.territory),
      communes: communeCodes.length,
      wideView: false,
      namesSeveral: false,
      tests: [reportTest],
      flowNow: null,
      flowNormal: null,
      fallback: null,
      callingOperator: operator,
      sinceAt: null,
      victimsKnown: false,
      majorEvent: false,
      announcedWorks: false,
    },
    receivedAt,
  )
  const active = new Set(world.agents.map((agent) => agent.id))
  const routed = route(
    { territories: [who.territory, ...who.parents], numbers, level, reporterKind: who.kind },
    world.rules,
    world.generalTeamId,
    active,
  )
  const agent = world.agents.find((one) => one.id === routed.assigneeId) ?? chance.one(world.agents)
  const reporterName = person(id)
  const words = symptomWords[symptom]
  const ended = open ? null : endOf(level, who.territory, world, chance)
  const state: CaseState = ended?.state ?? openState(receivedAt, chance, now)
  const times = timesOf(state, level, receivedAt, ended, chance, now)
  const row: CaseRow = {
    id,
    submissionId: randomUUID(),
    version: 1,
    levelReasons: reasons,
    organisationId: who.id,
    reporterAccountId: who.accountId,
    reporterKind: who.kind,
    reporterName,
    channel: chance.often(0.75) ? 'portal' : 'phone',
    verification: 'signed_in',
    numbers,
    symptom,
    symptomWords: words,
    sinceAt: new Date(receivedAt.getTime() - chance.between(2, 40) * MINUTE),
    pattern: chance.one(['continuous', 'random', 'unknown']),
    territoryCode: who.territory,
    communeCodes,
    siteId: who.siteId,
    siteAccess: who.access,
    callingTechnology: chance.one(TECHNOLOGIES),
    callingOperator: operator,
    longNumberOk: chance.one(['yes', 'no', 'not_tried']),
    fallback: chance.one(['none', 'planned', 'active', 'unknown'] as const),
    details: chance.one(LOCAL_DETAILS),
    heardAt: receivedAt,
    teamId: routed.teamId,
    assigneeId: state === 'received' ? routed.assigneeId : agent.id,
    // read by the trigger rules long ago
    qualifies: !calm && level >= 2,
    outcome: 'case',
    duplicateOfId: ended?.duplicateOfId ?? null,
    cause: state === 'closed' ? chance.one(CAUSES) : null,
    contactAttempts: times.closing === 'unreachable' ? 3 : 0,
    ...times,
  }
  if (state !== 'duplicate' && state !== 'out_of_scope') world.latest.set(who.territory, id)
  return {
    row,
    tests: testsOf(row, reportTest, chance),
    lines: linesOf(row, reportTest, agent, routed.rule, chance),
  }
}

type End = { state: CaseState; closing: 'confirmed' | 'unreachable' | null; duplicateOfId: number | null }

function endOf(level: Level, territory: string, world: HistoryWorld, chance: Chance): End {
  const main = world.latest.get(territory)
  if (main && chance.often(0.05)) return { state: 'duplicate', closing: null, duplicateOfId: main }
  if (level === 1 && chance.often(0.08)) return { state: 'out_of_scope', closing: null, duplicateOfId: null }
  return { state: 'closed', closing: chance.often(0.94) ? 'confirmed' : 'unreachable', duplicateOfId: null }
}

/** Ten thousand open cases are mostly waiting for somebody's word; the youngest, and a few more, are being worked. */
function openState(receivedAt: Date, chance: Chance, now: Date): CaseState {
  const age = now.getTime() - receivedAt.getTime()
  if (age < FRESH_MIN * MINUTE) return 'received'
  if (age < CALM_HOURS * HOUR || chance.often(0.08))
    return chance.one(['acknowledged', 'checking', 'diagnosed', 'workaround'] as const)
  return chance.one(['waiting_reporter', 'restored', 'restored', 'restored', 'confirmed'] as const)
}

function timesOf(
  state: CaseState,
  level: Level,
  receivedAt: Date,
  ended: End | null,
  chance: Chance,
  now: Date,
) {
  const after = (from: Date, low: number, high: number) =>
    new Date(Math.min(from.getTime() + chance.between(low, high) * MINUTE, now.getTime()))
  const acknowledgedAt = state === 'received' ? null : after(receivedAt, 1, 5)
  const worked = acknowledgedAt ?? receivedAt
  const isRestored = state === 'restored' || state === 'confirmed' || state === 'closed'
  const restoredAt = isRestored ? after(worked, 20, 600) : null
  const isConfirmed = state === 'confirmed' || (state === 'closed' && ended?.closing === 'confirmed')
  const confirmedAt = restoredAt && isConfirmed ? after(restoredAt, 5, 300) : null
  // fourteen hours hold the busy hour that N3 and N4 wait for
  const closedAt = ended ? after(confirmedAt ?? restoredAt ?? worked, 840, 1_500) : null
  const waits = waitsForReporter(state)
  const ahead = waits ? chance.between(120, 1_430) : chance.between(20, level >= 3 ? 30 : 60)
  const missed = !ended && state !== 'received' && chance.often(0.03)
  const missedAt = missed ? new Date(now.getTime() - chance.between(1, 90) * MINUTE) : null
  const nextContactAt = ended ? null : (missedAt ?? new Date(now.getTime() + ahead * MINUTE))
  const facts = {
    state,
    level,
    receivedAt,
    acknowledgedAt,
    ackDueAt: state === 'received' ? clocksFrom(level, receivedAt).ackDueAt : null,
    checkDueAt: state === 'received' ? clocksFrom(level, receivedAt).checkDueAt : null,
    nextContactAt,
    ackMissedAt: null,
    checkMissedAt: null,
    promiseMissedAt: missedAt,
    stillFailingAt: null,
    // told so often that the next telling is still to come
    escalation: missedAt ? 2 + Math.ceil((now.getTime() - missedAt.getTime()) / (30 * MINUTE)) : 0,
  }
  return {
    ...facts,
    restoredAt,
    confirmedAt,
    closedAt: state === 'closed' ? closedAt : null,
    closing: ended?.closing ?? null,
    deadlineAt: nextDeadline(facts),
    queueRank: queueRank(facts),
  }
}

function weighted(chance: Chance): Symptom {
  let left = chance.next() * SYMPTOM_SHARES.reduce((sum, [, share]) => sum + share, 0)
  for (const [symptom, share] of SYMPTOM_SHARES) {
    left -= share
    if (left < 0) return symptom
  }
  return 'UNKNOWN'
}

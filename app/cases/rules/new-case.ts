import { readPhone } from '#app/directory/rules/phone.ts'
import type { CaseState, Verification } from '#db/schema/cases.ts'
import type { TerritoryKind } from '#db/schema/reference.ts'
import { clocksFrom, defaultPromise, nextDeadline, queueRank } from './deadlines.ts'
import { GRAVE, levelOf } from './level.ts'
import { levelFacts, type SaidOfFailure } from './level-facts.ts'
import { makeReference, yearOfNumber } from './reference-number.ts'
import { type RoutingRule, route } from './routing.ts'

type Said = SaidOfFailure & {
  tests: { passed: number; tried: number }[]
  reporterKind?: string | null
  callbackPhone?: string | null
  siteAccess?: string | null
  calledBack: boolean
  heardAt?: Date | null
  reopenedFrom?: string | null
}

type Sender = {
  side: 'reporter' | 'cell' | 'machine'
  accountId: number | null
  exerciseId: number | null
  organisationId: number | null
}

type Known = {
  organisation: { kind: string; sees: string[] } | null
  territory: { kind: TerritoryKind; timeZone: string; parents: string[] } | null
  known: { number: string; vital: boolean }[]
  site: { access: string } | null
  routing: { general: number; rules: RoutingRule[]; onDuty: number[] }
  /** Rank of its number in the year. */
  rank: number
  /** The case that this one continues. */
  continues: number | null
}

/** What a report becomes: its level with reasons, who takes it, its clocks, its first promise, its place in the queue. */
export function newCase<S extends Said>(said: S, sender: Sender, known: Known, now: Date) {
  const verification = verificationOf(said, sender)
  const reporterKind = kindOf(said, sender, known.organisation?.kind ?? null)
  const { level, reasons } = levelOf(
    levelFacts(said, {
      verification,
      vitalNumbers: known.known.filter((one) => one.vital).map((one) => one.number),
      territory: known.territory,
      sees: known.organisation?.sees ?? [],
      tests: said.tests,
    }),
    now,
  )
  const territories = [said.territoryCode, ...(known.territory?.parents ?? [])]
  const { general, rules, onDuty } = known.routing
  const routed = route(
    { territories, numbers: said.numbers, level, reporterKind },
    rules,
    general,
    new Set(onDuty),
  )
  // Whoever took the call has read the report: it is acknowledged as it is written.
  const takenByPhone = sender.side === 'cell'
  const clocks = clocksFrom(level, now)
  const { tests, calledBack, heardAt, reopenedFrom, ...facts } = said
  const state: CaseState = takenByPhone ? 'acknowledged' : 'received'
  const timed = {
    state,
    level,
    receivedAt: now,
    acknowledgedAt: takenByPhone ? now : null,
    ackDueAt: takenByPhone ? null : clocks.ackDueAt,
    checkDueAt: clocks.checkDueAt,
    nextContactAt: defaultPromise(level, now),
    ackMissedAt: null,
    checkMissedAt: null,
    promiseMissedAt: null,
    stillFailingAt: null,
    escalation: 0,
  }
  const row = {
    ...facts,
    ...timed,
    reference: makeReference(yearOfNumber(now), known.rank, sender.exerciseId !== null),
    exerciseId: sender.exerciseId,
    levelReasons: reasons,
    graveSince: level >= GRAVE ? now : null,
    organisationId: sender.organisationId,
    reporterAccountId: takenByPhone ? null : sender.accountId,
    reporterKind,
    verification,
    heardAt: heardAt ?? now,
    callbackPhone: said.callbackPhone
      ? (readPhone(said.callbackPhone, said.territoryCode).phone ?? null)
      : null,
    siteAccess: said.siteAccess ?? known.site?.access ?? null,
    teamId: routed.teamId,
    assigneeId: routed.assigneeId ?? (takenByPhone ? sender.accountId : null),
    deadlineAt: nextDeadline(timed),
    queueRank: queueRank(timed),
    reopenedFromId: known.continues,
  }
  return { row, rule: routed.rule }
}

/** Directory match plus call-back, or signed in (DOMAIN §5, §7). */
function verificationOf({ calledBack }: Said, { side, organisationId }: Sender): Verification {
  if (side === 'reporter') return 'signed_in'
  return organisationId && calledBack ? 'called_back' : 'unverified'
}

/** What the directory says; where it only says "other", the cell may say more (a drill from abroad has kinds of its own). */
function kindOf({ reporterKind }: Said, { side }: Sender, known: string | null): string {
  if (known === null || (known === 'other' && side !== 'reporter'))
    return reporterKind ?? known ?? 'unknown_caller'
  return known
}

import { asc, eq, sql } from 'drizzle-orm'
import { createTranslator } from 'use-intl/core'
import { machine } from '#app/_auth/actor.ts'
import { messagesOf } from '#app/_i18n/messages.ts'
import { cases } from '#db/schema/cases.ts'
import { crisis } from '#db/schema/crisis.ts'
import type { Taken } from '#db/schema/exercise.ts'
import { incident, proposal } from '#db/schema/incidents.ts'
import { journal } from '#db/schema/journal.ts'
import { asActor } from '#db/transaction.ts'
import type { Drill } from '../rules/drill.ts'
import type { Places } from './places.ts'
import type { Crew } from './player.ts'

/** What `npm run drill` prints: a stable contract. Offsets are minutes of the drill; null where it did not happen. */
export type DrillOutcome = {
  drill_id: string
  crew: Crew
  reports: number
  cases: number
  per_report: {
    seq: number
    case: string
    outcome: string
    qualifies: boolean
    level: number
    acknowledged_offset_min: number | null
  }[]
  first_qualifying_offset_min: number | null
  proposals: { rule: string; level: string; offset_min: number; seqs: number[]; reason: string }[]
  crisis_proposed_offset_min: number | null
  crisis_active_offset_min: number | null
  activated_by: 'person' | 'silence' | null
  authority_notice_offset_min: number | null
  incidents: { reference: string; seqs: number[]; territories: string[]; numbers: string[]; state: string }[]
  closed_without_confirmation: number
  promises_missed: number
}

/** Reads the exercise's own rows back: nothing here is remembered by the player but which report made which case. */
export async function outcomeOf(
  drill: Drill,
  exerciseId: number,
  crew: Crew,
  taken: Taken[],
  places: Places,
): Promise<DrillOutcome> {
  return asActor(machine('drill', exerciseId), async (tx) => {
    const rows = await tx.select().from(cases).orderBy(asc(cases.id))
    const proposals = await tx.select().from(proposal).orderBy(asc(proposal.firedAt), asc(proposal.id))
    const incidents = await tx.select().from(incident).orderBy(asc(incident.id))
    const runs = await tx.select().from(crisis).orderBy(asc(crisis.id))
    const [missed] = await tx
      .select({ n: sql<number>`count(*)::int` })
      .from(journal)
      .where(eq(journal.event, 'case.promise_missed'))

    const seqOf = new Map(taken.map((one) => [one.caseId, one.seq]))
    const seqs = (ids: number[]) => ids.flatMap((id) => seqOf.get(id) ?? []).sort((a, b) => a - b)
    const offset = (at: Date | null | undefined) => (at ? round((at.getTime() - drill.t0) / 60_000) : null)
    const first = (dates: (Date | null)[]) =>
      dates.filter((at): at is Date => at !== null).sort((a, b) => a.getTime() - b.getTime())[0] ?? null
    const drillCode = new Map([...places].map(([said, own]) => [own, said]))
    const activated = runs.find((run) => run.activatedAt !== null)
    const t = createTranslator({ locale: drill.lang, messages: messagesOf(drill.lang) })

    return {
      drill_id: drill.id,
      crew,
      reports: drill.reports.length,
      cases: rows.filter((row) => row.outcome === 'case').length,
      per_report: taken.map((one) => {
        const row = rows.find((candidate) => candidate.id === one.caseId)
        return {
          seq: one.seq,
          case: one.reference,
          outcome: row?.outcome ?? 'case',
          qualifies: row?.qualifies ?? false,
          level: one.level,
          acknowledged_offset_min: offset(row?.acknowledgedAt),
        }
      }),
      first_qualifying_offset_min: offset(
        first(rows.filter((row) => row.qualifies).map((row) => row.receivedAt)),
      ),
      proposals: proposals.map((one) => ({
        rule: one.rule,
        level: one.level,
        offset_min: offset(one.firedAt) as number,
        seqs: seqs(one.caseIds),
        reason: t(one.reason.key as never, one.reason.values as never),
      })),
      crisis_proposed_offset_min: offset(
        first(proposals.filter((one) => one.level === 'crisis').map((one) => one.firedAt)),
      ),
      crisis_active_offset_min: offset(activated?.activatedAt),
      activated_by: activated?.activatedBy ?? null,
      authority_notice_offset_min: offset(first(runs.map((run) => run.firstNoticeAckAt))),
      incidents: incidents.map((one) => {
        const mine = rows.filter((row) => row.incidentId === one.id)
        return {
          reference: one.reference,
          seqs: seqs(mine.map((row) => row.id)),
          state: one.state,
          territories: [
            ...new Set(
              mine.map((row) => drillCode.get(row.territoryCode) ?? row.territoryCode.replace(/^x\d+-/, '')),
            ),
          ],
          numbers: [...new Set(mine.flatMap((row) => row.numbers))].sort(),
        }
      }),
      closed_without_confirmation: rows.filter(
        (row) => row.state === 'closed' && row.closing === 'unreachable',
      ).length,
      promises_missed: missed?.n ?? 0,
    }
  })
}

function round(minutes: number): number {
  return Math.round(minutes * 100) / 100
}

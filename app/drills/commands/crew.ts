import { and, eq, inArray, isNull, lte, sql } from 'drizzle-orm'
import { type MachineActor, machine } from '#app/_auth/actor.ts'
import { acknowledgeCase } from '#app/cases/commands/acknowledge.ts'
import { confirmCase } from '#app/cases/commands/confirm.ts'
import { attachDuplicate } from '#app/cases/commands/duplicate.ts'
import { putOutOfScope } from '#app/cases/commands/out-of-scope.ts'
import { recordTests } from '#app/cases/commands/tests.ts'
import { updateCase } from '#app/cases/commands/update.ts'
import { someTests } from '#app/cases/input.ts'
import { defaultPromise } from '#app/cases/rules/deadlines.ts'
import { draftNotice, issueNotice, logNoticeCall } from '#app/crisis/commands/notices.ts'
import { recipientsOfNotice } from '#app/crisis/rules/notices.ts'
import { decideProposal } from '#app/incidents/commands/decide.ts'
import { cases } from '#db/schema/cases.ts'
import { crisis, noticeRecipient } from '#db/schema/crisis.ts'
import { organisation } from '#db/schema/directory.ts'
import { incident, proposal } from '#db/schema/incidents.ts'
import { asActor } from '#db/transaction.ts'

const MINUTE = 60_000
/** The standard crew, minutes after the fact: what a trained room does, no better. */
export const CREW = {
  acknowledgeMin: 2,
  testMin: 6,
  acceptMin: 3,
  noticeMin: 3,
  telephoneMin: 3,
  updateBeforeMin: 2,
} as const

type Due = typeof cases.$inferSelect

/** One look round the room at `now`: every task whose minute has come. Uses the same commands as people do. */
export async function workTheRoom(exerciseId: number, now: Date): Promise<void> {
  const crew = machine('standard crew', exerciseId)
  const rows = await asActor(crew, (tx) =>
    tx
      .select()
      .from(cases)
      .where(
        inArray(cases.state, [
          'received',
          'acknowledged',
          'checking',
          'diagnosed',
          'workaround',
          'waiting_reporter',
          'restored',
          'confirmed',
        ]),
      ),
  )
  for (const row of rows) await workOne(crew, row, now)
  await decideWhatIsProposed(crew, now)
  await tellTheAuthorities(crew, now)
}

async function workOne(crew: MachineActor, row: Due, now: Date): Promise<void> {
  const target = { reference: row.reference, version: null }
  if (row.state === 'received') {
    if (since(row.receivedAt, now) >= CREW.acknowledgeMin)
      await acknowledgeCase(crew, { ...target, nextContactAt: null }, now)
    return
  }
  if (row.outcome === 'redirected') {
    await putOutOfScope(crew, { ...target, reason: 'drills.crew.redirected' }, now)
    return
  }
  if ((row.outcome === 'attached' || row.outcome === 'all_clear') && (await settleRelated(crew, row, now)))
    return
  if (row.checkDueAt && since(row.receivedAt, now) >= CREW.testMin) await test(crew, row, now)
  const promise = row.nextContactAt
  if (promise && promise.getTime() - now.getTime() <= CREW.updateBeforeMin * MINUTE) {
    await updateCase(
      crew,
      { ...target, text: 'drills.crew.update', nextContactAt: defaultPromise(row.level, now) },
      now,
    )
  }
}

/** A report that repeats, relays or ends another: attached to it; an all-clear whose tests all pass confirms it. */
async function settleRelated(crew: MachineActor, row: Due, now: Date): Promise<boolean> {
  const main = await asActor(crew, async (tx) => {
    const [found] = await tx
      .select()
      .from(cases)
      .where(
        row.relatedCaseId
          ? eq(cases.id, row.relatedCaseId)
          : and(
              eq(cases.organisationId, row.organisationId ?? -1),
              eq(cases.outcome, 'case'),
              isNull(cases.closedAt),
              lte(cases.receivedAt, row.receivedAt),
            ),
      )
      .limit(1)
    if (!found) return null
    // What the reporter tested with his all-clear.
    const [tests] = await tx.execute<{ passed: number; tried: number }>(
      sql`select coalesce(sum(passed), 0)::int as passed, coalesce(sum(tried), 0)::int as tried from case_test where case_id = ${row.id}`,
    )
    return { found, tests }
  })
  if (!main || main.found.id === row.id || main.found.duplicateOfId) return false
  const attached = await attachDuplicate(
    crew,
    { reference: row.reference, version: null, of: main.found.reference, reason: 'drills.crew.same' },
    now,
  )
  if (
    row.outcome === 'all_clear' &&
    main.tests &&
    main.tests.tried > 0 &&
    main.tests.passed === main.tests.tried
  ) {
    const tests = someTests.parse([{ passed: main.tests.passed, tried: main.tests.tried }])
    await confirmCase(
      crew,
      { reference: main.found.reference, version: null, tests, text: null, saidBy: row.reporterKind },
      now,
    )
  }
  return attached.ok
}

/** Three test calls that go as the reporter's own went: the crew sees no more of the truth than he does. */
async function test(crew: MachineActor, row: Due, now: Date): Promise<void> {
  const [said] = await asActor(crew, (tx) =>
    tx.execute<{ passed: number; tried: number }>(sql`
    select coalesce(sum(passed), 0)::int as passed, coalesce(sum(tried), 0)::int as tried from case_test where case_id = ${row.id} and side = 'reporter'`),
  )
  const share = said && said.tried > 0 ? said.passed / said.tried : row.symptom === 'NONE' ? 1 : 1 / 3
  await recordTests(
    crew,
    {
      reference: row.reference,
      version: null,
      text: null,
      factAt: null,
      tests: someTests.parse([{ passed: Math.round(share * 3), tried: 3 }]),
    },
    now,
  )
}

async function decideWhatIsProposed(crew: MachineActor, now: Date): Promise<void> {
  const waiting = await asActor(crew, (tx) =>
    tx
      .select()
      .from(proposal)
      .where(
        and(
          eq(proposal.state, 'open'),
          lte(proposal.firedAt, new Date(now.getTime() - CREW.acceptMin * MINUTE)),
        ),
      ),
  )
  for (const one of waiting)
    await decideProposal(
      crew,
      { proposalId: one.id, version: null, decision: 'accepted', reason: null, incidentReference: null },
      now,
    )
}

async function tellTheAuthorities(crew: MachineActor, now: Date): Promise<void> {
  const due = await asActor(crew, async (tx) => {
    const [run] = await tx
      .select()
      .from(crisis)
      .where(
        and(
          isNull(crisis.endedAt),
          isNull(crisis.firstNoticeAt),
          lte(crisis.activatedAt, new Date(now.getTime() - CREW.noticeMin * MINUTE)),
        ),
      )
    if (!run?.incidentId) return null
    const [one] = await tx.select().from(incident).where(eq(incident.id, run.incidentId))
    const touched = await tx.execute<{
      code: string
    }>(sql`select distinct unnest(array[t.code, t.region_code, t.zone_code]) as code
      from cases c join territory t on t.code = c.territory_code where c.incident_id = ${run.incidentId}`)
    const authorities = await tx
      .select({
        id: organisation.id,
        kind: organisation.kind,
        territoryCode: organisation.territoryCode,
        sees: organisation.sees,
      })
      .from(organisation)
    return one
      ? {
          one,
          to: recipientsOfNotice(
            4,
            touched.map((row) => row.code),
            authorities,
          ),
        }
      : null
  })
  if (due && due.to.length > 0) {
    const draft = await draftNotice(crew, { kind: 'authority_notice', incident: due.one.reference }, now)
    if (draft.ok) {
      const nextAt = new Date(now.getTime() + 30 * MINUTE)
      const body = {
        changes: null,
        causeStatus: 'unknown' as const,
        cause: null,
        action: null,
        instruction: null,
        fallback: null,
        estimate: null,
        contact: null,
        text: 'drills.crew.notice',
        annexes: {},
      }
      await issueNotice(
        crew,
        {
          noticeId: draft.value.noticeId,
          version: null,
          body,
          nextAt,
          organisationIds: due.to.map((org) => org.id),
        },
        now,
      )
    }
  }
  const told = await asActor(crew, (tx) =>
    tx
      .select()
      .from(noticeRecipient)
      .where(
        and(
          isNull(noticeRecipient.acknowledgedAt),
          lte(noticeRecipient.toldAt, new Date(now.getTime() - CREW.telephoneMin * MINUTE)),
        ),
      ),
  )
  for (const one of told)
    await logNoticeCall(
      crew,
      { recipientId: one.id, result: 'drills.crew.telephoned', acknowledged: true, by: null },
      now,
    )
}

function since(from: Date, now: Date): number {
  return (now.getTime() - from.getTime()) / MINUTE
}

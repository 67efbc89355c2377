import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import { type MachineActor, machine } from '#app/_auth/actor.ts'
import { acknowledgeCase } from '#app/cases/commands/acknowledge.ts'
import { confirmCase } from '#app/cases/commands/confirm.ts'
import { attachDuplicate } from '#app/cases/commands/duplicate.ts'
import { putOutOfScope } from '#app/cases/commands/out-of-scope.ts'
import { recordTests } from '#app/cases/commands/tests.ts'
import { updateCase } from '#app/cases/commands/update.ts'
import { someTests } from '#app/cases/fields.ts'
import { defaultPromise } from '#app/cases/rules/deadlines.ts'
import { decideProposal } from '#app/incidents/commands/decide.ts'
import { cases } from '#db/schema/cases.ts'
import { proposal } from '#db/schema/incidents.ts'
import { asActor, together } from '#db/transaction.ts'
import { telephone, tellTheAuthorities } from './crew-authorities.ts'
import { reportTheSituation } from './crew-reports.ts'
import { type Say, wordsOf } from './crew-words.ts'

const MINUTE = 60_000
/** The standard crew, minutes after the fact: what a trained room does, no better. */
export const CREW = {
  acknowledgeMin: 2,
  testMin: 6,
  acceptMin: 3,
  updateBeforeMin: 2,
} as const

type Due = typeof cases.$inferSelect

/** One look round the room at `now`: every task whose minute has come. Uses the same commands as people do. */
export function workTheRoom(exerciseId: number, lang: 'fr' | 'en', now: Date): Promise<void> {
  const say = wordsOf(lang)
  const crew = machine(say('name'), exerciseId)
  return together(crew, async () => {
    const rows = await asActor(crew, (tx) => tx.select().from(cases).where(sql`app.is_open(${cases.state})`))
    for (const row of rows) await workOne(crew, say, row, now)
    await decideWhatIsProposed(crew, now)
    await tellTheAuthorities(crew, say, now)
    await reportTheSituation(crew, lang, now)
    await telephone(crew, say, now)
  })
}

async function workOne(crew: MachineActor, say: Say, row: Due, now: Date): Promise<void> {
  const target = { reference: row.reference, version: null }
  if (row.state === 'received') {
    if (since(row.receivedAt, now) >= CREW.acknowledgeMin)
      await acknowledgeCase(crew, { ...target, nextContactAt: null }, now)
    return
  }
  if (row.outcome === 'redirected') {
    const put = await putOutOfScope(crew, { ...target, reason: say('redirected') }, now)
    if (put.ok) return
    // A verified centre that speaks of a vital number is never sent away, not even for the exercise it announces: its case
    // is kept, and its promises with it.
  }
  if (
    (row.outcome === 'attached' || row.outcome === 'all_clear') &&
    (await settleRelated(crew, say, row, now))
  )
    return
  if (row.checkDueAt && since(row.receivedAt, now) >= CREW.testMin) await test(crew, row, now)
  const promise = row.nextContactAt
  if (promise && promise.getTime() - now.getTime() <= CREW.updateBeforeMin * MINUTE) {
    await updateCase(
      crew,
      { ...target, text: say('update'), nextContactAt: defaultPromise(row.level, now) },
      now,
    )
  }
}

/** A report that repeats, relays or ends another: attached to it; an all-clear whose tests all pass confirms it. */
async function settleRelated(crew: MachineActor, say: Say, row: Due, now: Date): Promise<boolean> {
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
    { reference: row.reference, version: null, of: main.found.reference, reason: say('same') },
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

function since(from: Date, now: Date): number {
  return (now.getTime() - from.getTime()) / MINUTE
}

import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { logCall } from '#app/crisis/commands/log-call.ts'
import { draftNotice, issueNotice } from '#app/crisis/commands/notices.ts'
import { recipientsOfNotice } from '#app/crisis/rules/notices.ts'
import { crisis, noticeRecipient } from '#db/schema/crisis.ts'
import { organisation } from '#db/schema/directory.ts'
import { incident } from '#db/schema/incidents.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { Say } from './crew-words.ts'

const MINUTE = 60_000
/** Minutes the standard crew takes to send its first notice, then to telephone whoever did not acknowledge. */
export const NOTICE_MIN = 3
const TELEPHONE_MIN = 3

/** The first notice of a crisis to the authorities it concerns. */
export async function tellTheAuthorities(crew: MachineActor, say: Say, now: Date): Promise<void> {
  const due = await asActor(crew, async (tx) => {
    const [run] = await tx
      .select()
      .from(crisis)
      .where(
        and(
          isNull(crisis.endedAt),
          isNull(crisis.firstNoticeAt),
          lte(crisis.activatedAt, new Date(now.getTime() - NOTICE_MIN * MINUTE)),
        ),
      )
    if (!run?.incidentId) return null
    const [one] = await tx.select().from(incident).where(eq(incident.id, run.incidentId))
    return one ? { one, to: await whoIsTold(tx, one.id) } : null
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
        text: say('notice'),
        annexes: {},
      }
      await issueNotice(
        crew,
        {
          noticeId: draft.value.noticeId,
          version: null,
          body,
          nextAt,
          organisationIds: due.to,
        },
        now,
      )
    }
  }
}

/** Whoever did not acknowledge within a few minutes is telephoned. */
export async function telephone(crew: MachineActor, say: Say, now: Date): Promise<void> {
  const told = await asActor(crew, (tx) =>
    tx
      .select()
      .from(noticeRecipient)
      .where(
        and(
          isNull(noticeRecipient.acknowledgedAt),
          lte(noticeRecipient.toldAt, new Date(now.getTime() - TELEPHONE_MIN * MINUTE)),
        ),
      ),
  )
  for (const organisationId of new Set(told.map((one) => one.organisationId)))
    await logCall(
      crew,
      { who: `organisation:${organisationId}`, result: say('telephoned'), reached: true, by: null },
      now,
    )
}

/** The authorities a crisis concerns: those of the territories touched, and the national ones. */
export async function whoIsTold(tx: Tx, incidentId: number): Promise<number[]> {
  const touched = await tx.execute<{
    code: string
  }>(sql`select distinct unnest(array[t.code, t.region_code, t.zone_code]) as code
      from cases c join territory t on t.code = c.territory_code where c.incident_id = ${incidentId}`)
  const authorities = await tx
    .select({
      id: organisation.id,
      kind: organisation.kind,
      territoryCode: organisation.territoryCode,
      sees: organisation.sees,
    })
    .from(organisation)
  const codes = touched.map((row) => row.code)
  return recipientsOfNotice(4, codes, authorities).map((one) => one.id)
}

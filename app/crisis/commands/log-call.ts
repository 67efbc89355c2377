import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import { type Actor, actorName, may } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { aboutInstructions } from '#app/instructions/commands/answer.ts'
import { noticeRecipient } from '#db/schema/crisis.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { callInput, Input } from '../input.ts'
import { dueCalls } from '../queries.ts'
import { acknowledged } from './notice-answers.ts'

type Call = Input<typeof callInput>

/**
 * Somebody telephoned: one call for everything that waits for it. Reached: notices are acknowledged, an instruction may be answered
 * once more, what no message brought is said. Not reached: written down, and still to be called.
 */
export function logCall(actor: Actor, input: Call, now: Date): Promise<Result<{ reached: boolean }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind === 'door' || !may(actor, 'notices.write')) return refused('crisis.refused.absent')
    const [kind, id] = input.who.split(':')
    let about = await aboutMessages(tx, actor, input, now)
    if (kind === 'organisation') {
      const call = { ...input, organisationId: Number(id) }
      about += await aboutNotices(tx, actor, call, now)
      about += await aboutInstructions(tx, actor, call, now)
    }
    // A colleague was first, or the authority answered by itself meanwhile.
    if (about === 0) return refused('crisis.refused.called_already')
    return { ok: true, value: { reached: input.reached } }
  })
}

async function aboutNotices(
  tx: Tx,
  actor: Actor,
  { organisationId, reached, result, by }: Call & { organisationId: number },
  now: Date,
): Promise<number> {
  const open = await tx
    .select()
    .from(noticeRecipient)
    .where(
      and(
        eq(noticeRecipient.organisationId, organisationId),
        isNull(noticeRecipient.acknowledgedAt),
        lte(noticeRecipient.toldAt, now),
      ),
    )
    .orderBy(noticeRecipient.id)
    .for('update')
  for (const one of open) {
    await tx
      .update(noticeRecipient)
      .set({ calledAt: now, calledByName: actorName(actor), callResult: result })
      .where(eq(noticeRecipient.id, one.id))
    await append(tx, actor, {
      chain: `notice:${one.noticeId}`,
      at: now,
      event: 'notice.called',
      visibility: 'internal',
      text: result,
      data: { noticeId: one.noticeId, organisationId, reached },
    })
    if (reached) await acknowledged(tx, actor, one, by ?? actorName(actor), now)
  }
  return open.length
}

/** The journal alone holds them: its newest line says whether somebody is still to be called. */
async function aboutMessages(
  tx: Tx,
  actor: Actor,
  { who, reached, result }: Call,
  now: Date,
): Promise<number> {
  // Two who call at once: the second reads what the first wrote.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`call:${who}`}))`)
  const [due] = await tx.execute<{ name: string }>(
    sql`select name from (${dueCalls(actor)}) due where who = ${who} and about = 'message' order by since desc limit 1`,
  )
  if (!due) return 0
  await append(tx, actor, {
    chain: 'cell',
    at: now,
    event: 'cell.called',
    visibility: 'internal',
    text: result,
    data: { who, name: due.name, reached },
  })
  return 1
}

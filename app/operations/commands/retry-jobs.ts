import { sql } from 'drizzle-orm'
import { type Actor, may } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { inReality } from '#db/transaction.ts'

/** Jobs given up start again from their first attempt: what had to follow follows late rather than never. */
export function retryJobs(actor: Actor, now: Date): Promise<Result<{ count: number }>> {
  return inReality(actor, async (tx, real) => {
    if (!may(actor, 'operations.retry')) return refused('operations.refused.lead')
    const [row] = await tx.execute<{ tasks: string[] | null }>(sql`select app.retry_failed_jobs() as tasks`)
    const tasks = row?.tasks ?? []
    if (tasks.length === 0) return refused('operations.refused.none')
    await append(tx, real, {
      chain: 'operations',
      event: 'operations.jobs_retried',
      visibility: 'internal',
      at: now,
      data: { count: tasks.length, tasks: [...new Set(tasks)] },
    })
    return done({ count: tasks.length })
  })
}

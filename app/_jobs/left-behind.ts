import type postgres from 'postgres'

/** Jobs of a worker that was killed would stay its own for hours. Ours last moments, and doing one twice does no harm. */
const LEFT_BEHIND_S = 60

export async function takeUpLeftBehind(worker: postgres.Sql): Promise<void> {
  await worker`select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker._private_jobs
    where locked_at < now() - make_interval(secs => ${LEFT_BEHIND_S}) having count(*) > 0`
}

import type postgres from 'postgres'

/** Jobs of a worker that was killed would stay its own for hours. Ours last moments, and doing one twice does no harm. */
const LEFT_BEHIND_S = 60

/** Fails when jobs that nobody has taken up have been due as long: then what follows from reports stands still, whatever else turns. */
export async function takeUpLeftBehind(worker: postgres.Sql): Promise<void> {
  const [due] = await worker`select count(*)::int as count from graphile_worker._private_jobs
    where is_available and run_at < now() - make_interval(secs => ${LEFT_BEHIND_S})`
  await worker`select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker._private_jobs
    where locked_at < now() - make_interval(secs => ${LEFT_BEHIND_S}) having count(*) > 0`
  if (due?.count > 0)
    throw new Error(`${due?.count} job(s) due for more than ${LEFT_BEHIND_S} seconds: nobody takes them up`)
}

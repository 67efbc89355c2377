-- Jobs given up are tried again from their first attempt when a lead says so; names and how many, never what they carry.
create function app.retry_failed_jobs() returns jsonb
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare again jsonb;
begin
  if app.role() is null or app.role() not in ('lead', 'director', 'admin') then return null; end if;
  select coalesce(jsonb_agg(j.task_identifier order by j.task_identifier), '[]') into again
    from graphile_worker.reschedule_jobs(
      array(select id from graphile_worker.jobs where attempts >= max_attempts), now(), null, 0) r
    join graphile_worker.jobs j on j.id = r.id;
  return again;
end $$;
--> statement-breakpoint
revoke execute on function app.retry_failed_jobs() from public;
--> statement-breakpoint
grant execute on function app.retry_failed_jobs() to permanence_app;

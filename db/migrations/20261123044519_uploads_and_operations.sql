alter table directory_upload enable row level security;
--> statement-breakpoint
alter table directory_upload force row level security;
--> statement-breakpoint
do $$ begin
  execute format('create policy owner_works on directory_upload to %I using (true) with check (true)', current_user);
end $$;
--> statement-breakpoint
grant select, insert, delete on directory_upload to permanence_app;
--> statement-breakpoint
-- A file just read is its reader's alone: another administrator reads his own.
create policy own on directory_upload to permanence_app
  using ((select app.is_admin()) and account_id = (select app.account()))
  with check ((select app.is_admin()) and account_id = (select app.account()));
--> statement-breakpoint
-- The page of operations: figures of the queue and of the server, for the cell; never what a job carries.
create function app.operations() returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not app.is_cell() then return null; end if;
  return jsonb_build_object(
    'version', current_setting('server_version'),
    'startedAt', pg_postmaster_start_time(),
    'bytes', pg_database_size(current_database()),
    'connections', (select count(*) from pg_stat_activity where datname = current_database() and backend_type = 'client backend'),
    'connectionsMax', current_setting('max_connections')::int,
    'standby', pg_is_in_recovery(),
    'waiting', (select count(*) from graphile_worker.jobs where attempts < max_attempts),
    'late', (select count(*) from graphile_worker.jobs where attempts < max_attempts and run_at < now() - interval '30 seconds'),
    'retrying', (select count(*) from graphile_worker.jobs where attempts > 0 and attempts < max_attempts),
    'failed', (select count(*) from graphile_worker.jobs where attempts >= max_attempts),
    'failures', coalesce((select jsonb_agg(f) from (
      select id::text, task_identifier as task, attempts, left(split_part(coalesce(last_error, ''), E'\n', 1), 200) as error, updated_at as at
      from graphile_worker.jobs where attempts > 0 order by updated_at desc limit 10) f), '[]'),
    'oldest', (select min(run_at) from graphile_worker.jobs where attempts < max_attempts and run_at <= now()),
    'workers', coalesce((select jsonb_agg(w order by w.at desc) from (
      select name, at from worker_heartbeat order by at desc limit 5) w), '[]'),
    'archivedAt', (select last_archived_time from pg_stat_archiver),
    'archiveFailedAt', (select last_failed_time from pg_stat_archiver
      where last_failed_time > coalesce(last_archived_time, '-infinity')),
    'backupAt', (select value #>> '{}' from setting where key = 'last_backup_at'),
    'journalLines', (select coalesce(sum(seq), 0) from journal_head),
    'now', now());
end $$;
--> statement-breakpoint
grant execute on function app.operations() to permanence_app;

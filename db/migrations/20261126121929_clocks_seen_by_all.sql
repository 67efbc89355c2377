do $$
declare t text;
begin
  foreach t in array array['clock', 'write_proof'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner_works on public.%I to %I using (true) with check (true)', t, current_user);
  end loop;
end $$;
--> statement-breakpoint
-- Names, hours and reasons without values: whoever watches the service may know them without being signed in.
create policy everyone_reads on clock for select to permanence_app using (true);
--> statement-breakpoint
create policy machine_writes on clock to permanence_app using ((select app.role()) = 'machine') with check ((select app.role()) = 'machine');
--> statement-breakpoint
grant select, insert, update, delete on clock to permanence_app;
--> statement-breakpoint
-- A write that lasts, or its reason. An update would find room in a page that is there already: emptied, the table begins a
-- new file, which a full disk refuses as it refuses a report.
create function app.prove_write() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('write_proof'));
  truncate write_proof;
  insert into write_proof (at) values (clock_timestamp());
end $$;
--> statement-breakpoint
revoke execute on function app.prove_write() from public;
--> statement-breakpoint
grant execute on function app.prove_write() to permanence_app;
--> statement-breakpoint
create or replace function app.operations() returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not app.is_cell() then return null; end if;
  return jsonb_build_object(
    'version', current_setting('server_version'),
    'startedAt', pg_postmaster_start_time(),
    'bytes', pg_database_size(current_database()),
    'connections', (select count(*) from pg_stat_activity where datname = current_database()),
    'connectionsMax', current_setting('max_connections')::int,
    'tasks', coalesce((select jsonb_agg(t order by t.task) from (
      select task_identifier as task,
        count(*) filter (where attempts < max_attempts and run_at <= now()) as waiting,
        count(*) filter (where attempts < max_attempts and run_at > now()) as planned,
        count(*) filter (where attempts > 0 and attempts < max_attempts) as retrying,
        count(*) filter (where attempts >= max_attempts) as failed,
        min(run_at) filter (where attempts < max_attempts and run_at <= now()) as "oldestAt"
      from graphile_worker.jobs group by task_identifier) t), '[]'),
    'failures', coalesce((select jsonb_agg(f order by f.at desc) from (
      select id::text, task_identifier as task, attempts, max_attempts as "maxAttempts",
        left(split_part(coalesce(last_error, ''), E'\n', 1), 200) as error, updated_at as at
      from graphile_worker.jobs where attempts > 0 and last_error is not null
      order by updated_at desc limit 10) f), '[]'),
    'workerAt', (select max(at) from worker_heartbeat),
    'clocks', coalesce((select jsonb_agg(jsonb_build_object('name', name, 'lateS', late_s, 'knownAt', known_at,
      'startedAt', started_at, 'succeededAt', succeeded_at, 'failedAt', failed_at, 'error', error, 'failures', failures)
      order by late_s, name) from clock), '[]'),
    'archivedAt', (select last_archived_time from pg_stat_archiver),
    'archiveFailedAt', (select last_failed_time from pg_stat_archiver
      where last_failed_time > coalesce(last_archived_time, '-infinity')),
    'chains', (select count(*) from journal_head),
    'lines', (select coalesce(sum(seq), 0) from journal_head),
    'proof', (select value from setting where key = 'journal_proof'),
    'now', now());
end $$;

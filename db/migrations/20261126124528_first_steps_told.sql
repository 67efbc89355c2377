-- What must be there before the first real report: counted for /operations, and for whoever starts the service.
create function app.setup(at timestamptz) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object(
    'demonstration', exists (select from setting where key = 'demonstration'),
    'hotline', (select value #>> '{}' from setting where key = 'hotline_phone'),
    'teams', (select count(*) from team where active),
    'routingRules', (select count(*) from routing_rule where active),
    'shifts', (select count(*) from roster_shift where cancelled_at is null and to_at > at),
    'directors', (select count(*) from account where role = 'director' and active),
    'reachable', (select count(distinct a.id) from contact_way w join account a on a.id = w.account_id
      where w.active and a.active and a.role <> 'reporter'))
$$;
--> statement-breakpoint
revoke execute on function app.setup(timestamptz) from public;
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
    'setup', app.setup(now()),
    'now', now());
end $$;

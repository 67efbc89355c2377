-- What has been kept long enough (app/operations/rules/retention.ts says how long), a bounded number at a time. The application's
-- role may delete none of it by itself.
create function app.forget(what text, before timestamptz, most int) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare n int;
begin
  if app.role() is distinct from 'machine' or app.exercise() is not null then
    raise exception 'only the clock forgets' using errcode = 'insufficient_privilege';
  end if;
  case what
    when 'sessions' then
      delete from session where id in (select id from session
        where least(expires_at, coalesce(revoked_at, expires_at)) < before limit most);
    when 'messages' then
      with read as (delete from inbox_message where id in (select id from inbox_message where created_at < before limit most) returning 1),
        sent as (delete from outbox where id in (select id from outbox
          where created_at < before and state not in ('queued', 'sending') limit most) returning 1)
      select (select count(*) from read) + (select count(*) from sent) into n;
      return n;
    when 'uploads' then
      delete from directory_upload where id in (select id from directory_upload where created_at < before limit most);
    when 'presence' then
      delete from case_presence where ctid in (select ctid from case_presence where seen_at < before limit most);
    when 'throttles' then
      delete from sign_in_throttle where key in (select key from sign_in_throttle where last_failure_at < before limit most);
    when 'known_origins' then
      delete from known_origin where ctid in (select ctid from known_origin where last_at < before limit most);
    when 'sign_in_counts' then
      delete from sign_in_count where ctid in (select ctid from sign_in_count where hour < before limit most);
    when 'jobs' then
      delete from graphile_worker._private_jobs where id in (select id from graphile_worker._private_jobs
        where attempts >= max_attempts and locked_at is null and updated_at < before limit most);
    when 'cases' then
      -- Who reported and in which words; numbers, places, hours, tests and levels stay.
      update cases set reporter_name = null, reporter_post = null, callback_phone = null, symptom_words = null,
          neighbour_note = null, told = null, details = null
        where id in (select id from cases
          where received_at < before and not app.is_open(state)
            and coalesce(closed_at, received_at) < before
            and num_nonnulls(reporter_name, reporter_post, callback_phone, symptom_words, neighbour_note, told, details) > 0
          limit most);
    else
      raise exception 'nothing is known of how to forget this' using errcode = 'invalid_parameter_value';
  end case;
  get diagnostics n = row_count;
  return n;
end $$;
--> statement-breakpoint
revoke execute on function app.forget(text, timestamptz, int) from public;
--> statement-breakpoint
grant execute on function app.forget(text, timestamptz, int) to permanence_app;
--> statement-breakpoint
revoke execute on function app.keep_deadline() from public;

-- The telephones that a mass message was for are forgotten with what became of them; how many, and when, stays.
create function app.forget_mass_messages(before timestamp with time zone, most integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare n int;
begin
  if app.role() is distinct from 'machine' or app.exercise() is not null then
    raise exception 'only the clock forgets' using errcode = 'insufficient_privilege';
  end if;
  delete from broadcast_recipient where id in (select r.id from broadcast_recipient r join broadcast b on b.id = r.broadcast_id
    where coalesce(b.ended_at, b.prepared_at) < before and b.state <> 'running' limit most);
  get diagnostics n = row_count;
  return n;
end $$;
--> statement-breakpoint
revoke execute on function app.forget_mass_messages(timestamp with time zone, integer) from public;
--> statement-breakpoint
grant execute on function app.forget_mass_messages(timestamp with time zone, integer) to permanence_app;

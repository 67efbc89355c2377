do $$
declare t text;
begin
  foreach t in array array['outbox', 'notification_choice'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner_works on public.%I to %I using (true) with check (true)', t, current_user);
  end loop;
end $$;
--> statement-breakpoint
grant select, insert, update on outbox, notification_choice to permanence_app;
--> statement-breakpoint
-- Machines alone send; the cell reads what became of its messages.
create policy cell_reads on outbox for select to permanence_app using (
  (select app.is_cell()) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
create policy machine_queues on outbox for insert to permanence_app with check (
  (select app.role()) = 'machine' and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
create policy machine_sends on outbox for update to permanence_app
  using ((select app.role()) = 'machine' and exercise_id is not distinct from (select app.exercise()))
  with check ((select app.role()) = 'machine' and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
create policy own on notification_choice to permanence_app
  using (account_id = (select app.account())) with check (account_id = (select app.account()));
--> statement-breakpoint
create policy machine_reads on notification_choice for select to permanence_app using ((select app.role()) = 'machine');
--> statement-breakpoint
-- Read in the application, a message is acknowledged there, and its other ways need not go out any more. One's own only.
create function app.messages_read(keys text[], at timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  update outbox set
      state = case when channel = 'inbox' then 'acknowledged' else 'cancelled' end,
      acknowledged_at = case when channel = 'inbox' then at end, due_at = null
    where account_id = app.account() and dedupe_key = any (keys)
      and (channel = 'inbox' and state = 'delivered' or channel <> 'inbox' and state = 'queued')
$$;
--> statement-breakpoint
-- Who may hold which shift: its work needs the role (app/crisis/rules/roster.ts says the same; a test compares them).
create function app.may_hold(account_role text, shift_role text) returns boolean
language sql immutable parallel safe as $$
  select case shift_role
    when 'agent' then account_role in ('agent', 'lead', 'director', 'admin')
    when 'lead' then account_role in ('lead', 'director', 'admin')
    when 'director' then account_role in ('lead', 'director', 'admin')
    when 'admin' then account_role = 'admin'
    else false end
$$;
--> statement-breakpoint
-- Who is on duty at this instant, first of each role first: judged when it is asked, not only when the shift was written.
create function app.on_duty(at timestamptz) returns table (account_id bigint, role text, rank smallint)
language sql stable set search_path = public, pg_temp as $$
  select s.account_id, s.role, s.rank from roster_shift s join account a on a.id = s.account_id
    where s.from_at <= at and at < s.to_at and s.cancelled_at is null and a.active and app.may_hold(a.role, s.role)
    order by s.rank, s.id
$$;
--> statement-breakpoint
revoke execute on function app.messages_read(text[], timestamptz), app.may_hold(text, text), app.on_duty(timestamptz) from public;
--> statement-breakpoint
grant execute on function app.messages_read(text[], timestamptz), app.may_hold(text, text), app.on_duty(timestamptz) to permanence_app;

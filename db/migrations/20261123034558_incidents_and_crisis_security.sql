do $$
declare t text;
begin
  foreach t in array array['incident', 'incident_candidate', 'proposal', 'threshold', 'crisis', 'call_out', 'cell_state',
    'roster_shift', 'contact_way', 'notice', 'notice_recipient', 'handover'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner_works on public.%I to %I using (true) with check (true)', t, current_user);
    execute format('grant select, insert, update on public.%I to permanence_app', t);
  end loop;
  -- The cell works these in its own world; a reporter sees none of them (what reaches it is a notice or a public line).
  foreach t in array array['incident', 'incident_candidate', 'proposal', 'crisis', 'call_out', 'cell_state', 'handover'] loop
    execute format('create policy cell_works on public.%I to permanence_app using ((select app.is_cell()) and exercise_id is not distinct from (select app.exercise())) with check ((select app.is_cell()) and exercise_id is not distinct from (select app.exercise()))', t);
  end loop;
end $$;
--> statement-breakpoint
revoke update on cell_state from permanence_app;
--> statement-breakpoint
create policy cell_reads on threshold for select to permanence_app using ((select app.is_cell()));
--> statement-breakpoint
create policy admin_writes on threshold to permanence_app using ((select app.is_admin())) with check ((select app.is_admin()));
--> statement-breakpoint
create policy cell_reads on roster_shift for select to permanence_app using ((select app.is_cell()));
--> statement-breakpoint
create policy lead_writes on roster_shift to permanence_app
  using ((select app.role()) in ('lead', 'director', 'admin', 'machine')) with check ((select app.role()) in ('lead', 'director', 'admin', 'machine'));
--> statement-breakpoint
create policy cell_reads on contact_way for select to permanence_app using ((select app.is_cell()));
--> statement-breakpoint
create policy lead_or_self_writes on contact_way to permanence_app
  using ((select app.role()) in ('lead', 'director', 'admin', 'machine') or ((select app.is_cell()) and account_id = (select app.account())))
  with check ((select app.role()) in ('lead', 'director', 'admin', 'machine') or ((select app.is_cell()) and account_id = (select app.account())));
--> statement-breakpoint
create policy recipient_sees on notice_recipient for select to permanence_app using (
  exercise_id is not distinct from (select app.exercise())
  and ((select app.is_cell()) or organisation_id = (select app.organisation())));
--> statement-breakpoint
create policy cell_makes on notice_recipient for insert to permanence_app with check (
  (select app.is_cell()) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
create policy acknowledged on notice_recipient for update to permanence_app
  using (exercise_id is not distinct from (select app.exercise()) and ((select app.is_cell()) or organisation_id = (select app.organisation())))
  with check (exercise_id is not distinct from (select app.exercise()) and ((select app.is_cell()) or organisation_id = (select app.organisation())));
--> statement-breakpoint
create policy cell_works on notice to permanence_app
  using ((select app.is_cell()) and exercise_id is not distinct from (select app.exercise()))
  with check ((select app.is_cell()) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
create policy recipient_reads on notice for select to permanence_app using (
  state = 'issued' and exercise_id is not distinct from (select app.exercise())
  and exists (select from notice_recipient r where r.notice_id = notice.id and r.organisation_id = (select app.organisation())));
--> statement-breakpoint

-- Invariant 8: the clock of the crisis cannot be paused or reset, and a stamp is written once.
create function app.clock_runs() returns trigger language plpgsql as $$
begin
  if new.first_report_at > old.first_report_at then
    raise exception 'the clock of a crisis never starts later' using errcode = 'check_violation';
  end if;
  if new.proposed_at > old.proposed_at
    or (old.activated_at is not null and new.activated_at is distinct from old.activated_at)
    or (old.activated_by is not null and new.activated_by is distinct from old.activated_by)
    or (old.first_call_at is not null and new.first_call_at is distinct from old.first_call_at)
    or (old.first_notice_ack_at is not null and new.first_notice_ack_at is distinct from old.first_notice_ack_at) then
    raise exception 'a stamp of the crisis is written once' using errcode = 'check_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger clock_runs before update on crisis for each row execute function app.clock_runs();
--> statement-breakpoint

-- Correlation reads all that was reported at once: one job for many reports, never one each.
create function app.correlate_soon() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform graphile_worker.add_job('correlate', '{}'::json, null::text, now(), 5, 'correlate', -10);
end $$;
--> statement-breakpoint
grant execute on function app.correlate_soon() to permanence_app;

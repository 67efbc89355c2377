-- Who may what, as the one table of roles says it (app/_auth/rules/roles.ts, compared by a test); policies ask it.
create function app.may(capability text) returns boolean language sql stable parallel safe as $$
  select coalesce(case capability
    when 'cases.report' then app.role() in ('reporter', 'agent', 'lead', 'director', 'admin', 'machine')
    when 'cases.follow' then app.role() in ('reporter')
    when 'cases.watch' then app.role() in ('agent', 'lead', 'director', 'admin', 'wall', 'machine')
    when 'cases.work' then app.role() in ('agent', 'lead', 'director', 'admin', 'machine')
    when 'incidents.declare' then app.role() in ('lead', 'director', 'admin')
    when 'crisis.answer' then app.role() in ('agent', 'lead', 'director', 'admin', 'machine')
    when 'crisis.decide' then app.role() in ('lead', 'director', 'admin', 'machine')
    when 'cell.watch' then app.role() in ('agent', 'lead', 'director', 'admin', 'wall', 'machine')
    when 'cell.change_state' then app.role() in ('lead', 'director', 'admin')
    when 'handover.sign' then app.role() in ('agent', 'lead', 'director', 'admin', 'machine')
    when 'roster.own' then app.role() in ('agent', 'lead', 'director', 'admin', 'machine')
    when 'roster.keep' then app.role() in ('lead', 'director', 'admin')
    when 'notices.read' then app.role() in ('reporter', 'agent', 'lead', 'director', 'admin', 'wall')
    when 'notices.acknowledge' then app.role() in ('reporter', 'agent', 'lead', 'director', 'admin')
    when 'notices.write' then app.role() in ('agent', 'lead', 'director', 'admin', 'machine')
    when 'exercises.enter' then app.role() in ('agent', 'lead', 'director', 'admin', 'machine')
    when 'exercises.run' then app.role() in ('lead', 'director', 'admin', 'machine')
    when 'reviews.read' then app.role() in ('agent', 'lead', 'director', 'admin', 'machine')
    when 'reviews.export' then app.role() in ('lead', 'director', 'admin')
    when 'operations.read' then app.role() in ('agent', 'lead', 'director', 'admin', 'machine')
    when 'operations.retry' then app.role() in ('lead', 'director', 'admin')
    when 'directory.keep' then app.role() in ('admin', 'machine')
    when 'accounts.keep' then app.role() in ('admin', 'machine')
    when 'routing.keep' then app.role() in ('admin', 'machine')
    when 'settings.keep' then app.role() in ('admin', 'machine')
    when 'forms.send' then app.role() in ('reporter', 'agent', 'lead', 'director', 'admin')
    when 'inbox.read' then app.role() in ('reporter', 'agent', 'lead', 'director', 'admin')
    when 'account.own' then app.role() in ('reporter', 'agent', 'lead', 'director', 'admin')
  end, false)
$$;
--> statement-breakpoint
create function app.side() returns text language sql stable parallel safe as $$
  select case
    when app.role() in ('reporter') then 'reporter'
    when app.role() in ('agent', 'lead', 'director', 'admin', 'wall') then 'cell'
    when app.role() in ('machine', 'door') then 'machine'
  end
$$;
--> statement-breakpoint
drop policy admin_writes on emergency_number;
--> statement-breakpoint
create policy admin_writes on emergency_number to permanence_app
  using ((select app.may('settings.keep')) and exercise_id is not distinct from (select app.exercise()))
  with check ((select app.may('settings.keep')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
drop policy admin_writes on setting;
--> statement-breakpoint
create policy admin_writes on setting to permanence_app
  using ((select app.may('settings.keep')))
  with check ((select app.may('settings.keep')));
--> statement-breakpoint
drop policy seen on cases;
--> statement-breakpoint
create policy seen on cases for select to permanence_app
  using (exercise_id is not distinct from (select app.exercise()) and (
    (select app.may('cases.watch'))
    or ((select app.may('cases.follow')) and (
      organisation_id = (select app.organisation())
      or territory_code = any ((select app.sees())::text[])
      or 'FR' = any ((select app.sees())::text[])))));
--> statement-breakpoint
drop policy made on cases;
--> statement-breakpoint
create policy made on cases for insert to permanence_app
  with check (exercise_id is not distinct from (select app.exercise()) and ((select app.may('cases.work')) or ((select app.may('cases.follow')) and organisation_id = (select app.organisation()))));
--> statement-breakpoint
drop policy worked on cases;
--> statement-breakpoint
create policy worked on cases for update to permanence_app
  using (exercise_id is not distinct from (select app.exercise()) and ((select app.may('cases.work')) or ((select app.may('cases.follow')) and organisation_id = (select app.organisation()))))
  with check (exercise_id is not distinct from (select app.exercise()) and ((select app.may('cases.work')) or ((select app.may('cases.follow')) and organisation_id = (select app.organisation()))));
--> statement-breakpoint
-- A reporter's tests are its own, whoever writes them; only the cell says what the cell found.
drop policy made on case_test;
--> statement-breakpoint
create policy made on case_test for insert to permanence_app
  with check (exercise_id is not distinct from (select app.exercise()) and (
    (select app.may('cases.work'))
    or ((select app.may('cases.follow')) and side = 'reporter' and account_id = (select app.account())
      and exists (select from cases c where c.id = case_id and c.organisation_id = (select app.organisation())))));
--> statement-breakpoint
drop policy cell_only on case_presence;
--> statement-breakpoint
create policy cell_only on case_presence to permanence_app
  using ((select app.may('cases.work')))
  with check ((select app.may('cases.work')) and account_id = (select app.account()));
--> statement-breakpoint
drop policy seen on journal;
--> statement-breakpoint
create policy seen on journal for select to permanence_app
  using (exercise_id is not distinct from (select app.exercise()) and (
    (select app.may('cases.watch'))
    or ((select app.may('cases.follow')) and visibility = 'public' and case_id is not null
      and exists (select from cases c where c.id = case_id))
    or ((select app.role()) <> '' and chain = (select 'account:' || coalesce(app.account(), 0)))));
--> statement-breakpoint
-- One's own chain, which is about nothing else, or the chain of a case of one's organisation; who signs is the trigger's work.
drop policy written on journal;
--> statement-breakpoint
create policy written on journal for insert to permanence_app
  with check (exercise_id is not distinct from (select app.exercise()) and (
    (select app.may('cases.work'))
    or ((select app.role()) <> '' and chain = (select 'account:' || coalesce(app.account(), 0)) and case_id is null and incident_id is null)
    or ((select app.may('cases.follow')) and chain = 'case:' || case_id and incident_id is null
      and exists (select from cases c where c.id = case_id and c.organisation_id = (select app.organisation())))));
--> statement-breakpoint
drop policy seen on organisation;
--> statement-breakpoint
create policy seen on organisation for select to permanence_app
  using ((exercise_id is null or exercise_id = (select app.exercise())) and (
    (select app.may('cases.watch')) or (select app.role()) = 'door'
    or id = (select app.organisation())
    or territory_code = any ((select app.sees())::text[])
    or 'FR' = any ((select app.sees())::text[])));
--> statement-breakpoint
drop policy cell_writes on organisation;
--> statement-breakpoint
create policy admin_adds on organisation for insert to permanence_app
  with check ((select app.may('directory.keep')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
drop policy admin_writes on organisation;
--> statement-breakpoint
create policy admin_writes on organisation for update to permanence_app
  using ((select app.may('directory.keep')))
  with check ((select app.may('directory.keep')));
--> statement-breakpoint
drop policy seen on post;
--> statement-breakpoint
create policy seen on post for select to permanence_app
  using ((select app.may('cases.watch')) or organisation_id = (select app.organisation()));
--> statement-breakpoint
drop policy admin_writes on post;
--> statement-breakpoint
create policy admin_writes on post to permanence_app
  using ((select app.may('directory.keep')))
  with check ((select app.may('directory.keep')));
--> statement-breakpoint
drop policy seen on contact;
--> statement-breakpoint
create policy seen on contact for select to permanence_app
  using ((select app.may('cases.watch')) or organisation_id = (select app.organisation()));
--> statement-breakpoint
drop policy admin_writes on contact;
--> statement-breakpoint
create policy admin_writes on contact to permanence_app
  using ((select app.may('directory.keep')))
  with check ((select app.may('directory.keep')));
--> statement-breakpoint
drop policy seen on site;
--> statement-breakpoint
create policy seen on site for select to permanence_app
  using ((select app.may('cases.watch')) or organisation_id = (select app.organisation()));
--> statement-breakpoint
drop policy admin_writes on site;
--> statement-breakpoint
create policy admin_writes on site to permanence_app
  using ((select app.may('directory.keep')))
  with check ((select app.may('directory.keep')));
--> statement-breakpoint
drop policy seen on account;
--> statement-breakpoint
create policy seen on account for select to permanence_app
  using ((select app.may('cases.watch')) or (select app.role()) = 'door' or id = (select app.account()));
--> statement-breakpoint
-- Nobody changes his own account by himself: a name, a role and an organisation are given by an administrator.
drop policy own_locale on account;
--> statement-breakpoint
drop policy admin_writes on account;
--> statement-breakpoint
create policy admin_writes on account to permanence_app
  using ((select app.may('accounts.keep')))
  with check ((select app.may('accounts.keep')));
--> statement-breakpoint
drop policy seen on session;
--> statement-breakpoint
create policy seen on session for select to permanence_app
  using ((select app.role()) = 'door' or account_id = (select app.account()) or (select app.may('accounts.keep')));
--> statement-breakpoint
-- Ended, and nothing else: a session is never prolonged, given away or opened again by whoever holds it.
revoke update on session from permanence_app;
--> statement-breakpoint
grant update (revoked_at) on session to permanence_app;
--> statement-breakpoint
drop policy ended on session;
--> statement-breakpoint
create policy ended on session for update to permanence_app
  using (revoked_at is null and ((select app.role()) = 'door' or account_id = (select app.account()) or (select app.may('accounts.keep'))))
  with check ((select app.role()) = 'door' or account_id = (select app.account()) or (select app.may('accounts.keep')));
--> statement-breakpoint
drop policy seen on api_token;
--> statement-breakpoint
create policy seen on api_token for select to permanence_app
  using ((select app.role()) = 'door' or (select app.may('accounts.keep')));
--> statement-breakpoint
drop policy admin_writes on api_token;
--> statement-breakpoint
create policy admin_writes on api_token to permanence_app
  using ((select app.may('accounts.keep')))
  with check ((select app.may('accounts.keep')));
--> statement-breakpoint
drop policy admin_writes on team;
--> statement-breakpoint
create policy admin_writes on team to permanence_app
  using ((select app.may('routing.keep')))
  with check ((select app.may('routing.keep')));
--> statement-breakpoint
drop policy admin_writes on team_member;
--> statement-breakpoint
create policy admin_writes on team_member to permanence_app
  using ((select app.may('routing.keep')))
  with check ((select app.may('routing.keep')));
--> statement-breakpoint
drop policy admin_writes on routing_rule;
--> statement-breakpoint
create policy admin_writes on routing_rule to permanence_app
  using ((select app.may('routing.keep')))
  with check ((select app.may('routing.keep')));
--> statement-breakpoint
drop policy own on saved_view;
--> statement-breakpoint
create policy own on saved_view to permanence_app
  using ((select app.may('cases.work')) and account_id = (select app.account()))
  with check ((select app.may('cases.work')) and account_id = (select app.account()));
--> statement-breakpoint
drop policy own on directory_upload;
--> statement-breakpoint
create policy own on directory_upload to permanence_app
  using ((select app.may('directory.keep')) and account_id = (select app.account()))
  with check ((select app.may('directory.keep')) and account_id = (select app.account()));
--> statement-breakpoint
drop policy own on inbox_message;
--> statement-breakpoint
create policy own on inbox_message for select to permanence_app
  using ((((select app.may('inbox.read')) and account_id = (select app.account())) or (select app.role()) = 'machine') and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
-- What was told stays as it was told: its reader says that he has read it.
revoke update on inbox_message from permanence_app;
--> statement-breakpoint
grant update (read_at, acknowledged_at) on inbox_message to permanence_app;
--> statement-breakpoint
drop policy own_reads on inbox_message;
--> statement-breakpoint
create policy own_reads on inbox_message for update to permanence_app
  using ((select app.may('inbox.read')) and account_id = (select app.account()) and exercise_id is not distinct from (select app.exercise()))
  with check (account_id = (select app.account()));
--> statement-breakpoint
drop policy cell_tells on inbox_message;
--> statement-breakpoint
create policy cell_tells on inbox_message for insert to permanence_app
  with check ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
drop policy cell_reads on outbox;
--> statement-breakpoint
create policy cell_reads on outbox for select to permanence_app
  using ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
drop policy own on notification_choice;
--> statement-breakpoint
create policy own on notification_choice to permanence_app
  using ((select app.may('inbox.read')) and account_id = (select app.account()))
  with check ((select app.may('inbox.read')) and account_id = (select app.account()));
--> statement-breakpoint
drop policy seen on sign_in_count;
--> statement-breakpoint
create policy seen on sign_in_count for select to permanence_app
  using ((select app.may('operations.read')));
--> statement-breakpoint
drop policy seen on exercise;
--> statement-breakpoint
create policy seen on exercise for select to permanence_app
  using ((select app.may('exercises.enter')) or id = (select app.exercise()));
--> statement-breakpoint
drop policy lead_runs on exercise;
--> statement-breakpoint
create policy lead_runs on exercise to permanence_app
  using ((select app.may('exercises.run')))
  with check ((select app.may('exercises.run')));
--> statement-breakpoint
create policy watched on incident for select to permanence_app
  using ((select app.may('cases.watch')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
drop policy cell_works on incident;
--> statement-breakpoint
create policy worked on incident to permanence_app
  using ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()))
  with check ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
create policy watched on incident_candidate for select to permanence_app
  using ((select app.may('cases.watch')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
drop policy cell_works on incident_candidate;
--> statement-breakpoint
create policy worked on incident_candidate to permanence_app
  using ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()))
  with check ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
create policy watched on proposal for select to permanence_app
  using ((select app.may('cases.watch')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
drop policy cell_works on proposal;
--> statement-breakpoint
create policy worked on proposal to permanence_app
  using ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()))
  with check ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
create policy watched on crisis for select to permanence_app
  using ((select app.may('cell.watch')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
drop policy cell_works on crisis;
--> statement-breakpoint
create policy worked on crisis to permanence_app
  using ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()))
  with check ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
create policy watched on call_out for select to permanence_app
  using ((select app.may('cell.watch')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
drop policy cell_works on call_out;
--> statement-breakpoint
create policy worked on call_out to permanence_app
  using ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()))
  with check ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
create policy watched on cell_state for select to permanence_app
  using ((select app.may('cell.watch')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
drop policy cell_works on cell_state;
--> statement-breakpoint
create policy worked on cell_state to permanence_app
  using ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()))
  with check ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
create policy watched on handover for select to permanence_app
  using ((select app.may('cell.watch')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
drop policy cell_works on handover;
--> statement-breakpoint
create policy worked on handover to permanence_app
  using ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()))
  with check ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
drop policy cell_reads on threshold;
--> statement-breakpoint
create policy watched on threshold for select to permanence_app
  using ((select app.may('cell.watch')));
--> statement-breakpoint
drop policy admin_writes on threshold;
--> statement-breakpoint
create policy admin_writes on threshold to permanence_app
  using ((select app.may('settings.keep')))
  with check ((select app.may('settings.keep')));
--> statement-breakpoint
drop policy cell_reads on roster_shift;
--> statement-breakpoint
create policy watched on roster_shift for select to permanence_app
  using ((select app.may('cell.watch')));
--> statement-breakpoint
drop policy lead_writes on roster_shift;
--> statement-breakpoint
create policy lead_writes on roster_shift to permanence_app
  using ((select app.may('roster.keep')))
  with check ((select app.may('roster.keep')));
--> statement-breakpoint
drop policy cell_reads on contact_way;
--> statement-breakpoint
create policy cell_reads on contact_way for select to permanence_app
  using ((select app.may('roster.own')));
--> statement-breakpoint
drop policy lead_or_self_writes on contact_way;
--> statement-breakpoint
create policy lead_or_self_writes on contact_way to permanence_app
  using ((select app.may('roster.keep')) or ((select app.may('roster.own')) and account_id = (select app.account())))
  with check ((select app.may('roster.keep')) or ((select app.may('roster.own')) and account_id = (select app.account())));
--> statement-breakpoint
drop policy recipient_sees on notice_recipient;
--> statement-breakpoint
create policy recipient_sees on notice_recipient for select to permanence_app
  using (exercise_id is not distinct from (select app.exercise()) and ((select app.may('cell.watch')) or ((select app.may('notices.read')) and organisation_id = (select app.organisation()))));
--> statement-breakpoint
drop policy cell_makes on notice_recipient;
--> statement-breakpoint
create policy cell_makes on notice_recipient for insert to permanence_app
  with check ((select app.may('notices.write')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
drop policy acknowledged on notice_recipient;
--> statement-breakpoint
create policy acknowledged on notice_recipient for update to permanence_app
  using (exercise_id is not distinct from (select app.exercise()) and (
    (select app.may('notices.write')) or ((select app.may('notices.acknowledge')) and organisation_id = (select app.organisation()))))
  with check (exercise_id is not distinct from (select app.exercise()) and (
    (select app.may('notices.write')) or ((select app.may('notices.acknowledge')) and organisation_id = (select app.organisation()))));
--> statement-breakpoint
create policy watched on notice for select to permanence_app
  using ((select app.may('cell.watch')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
drop policy cell_works on notice;
--> statement-breakpoint
create policy written on notice to permanence_app
  using ((select app.may('notices.write')) and exercise_id is not distinct from (select app.exercise()))
  with check ((select app.may('notices.write')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
-- Main courante: who signs is the database's work too. A line carries the account, the name and the side of whoever asks;
-- a machine has no account, only the name it gives itself. The owner of the database, at its own door, signs what it is told.
create or replace function app.journal_chain() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare head public.journal_head;
begin
  if app.role() <> '' then
    new.actor_id := app.account();
    new.actor_side := app.side();
    if app.role() = 'door' then
      new.actor_name := 'door';
    elsif app.role() <> 'machine' then
      select name into strict new.actor_name from account where id = app.account();
    end if;
  end if;
  insert into public.journal_head as h (chain, seq, hash) values (new.chain, 0, sha256(convert_to(new.chain, 'UTF8')))
    on conflict (chain) do update set seq = h.seq
    returning * into head;
  new.seq := head.seq + 1;
  new.prev_hash := head.hash;
  new.hash := app.journal_digest(new, head.hash);
  update public.journal_head set seq = new.seq, hash = new.hash where chain = new.chain;
  return new;
end $$;
--> statement-breakpoint
-- Functions with the owner's rights ask who calls, as policies do; the owner itself calls some at its own door.
create function app.refuse_strangers() returns void language plpgsql stable as $$
begin
  -- called from a function of the owner: its own connection is the owner's
  if app.role() = '' and session_user <> current_user then
    raise exception 'nobody is asking' using errcode = 'insufficient_privilege';
  end if;
end $$;
--> statement-breakpoint
create or replace function app.announce(which_chain text, lines int, react boolean) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare ids bigint[];
begin
  perform app.refuse_strangers();
  -- One's own lines: what others wrote is not announced again.
  if not (app.may('cases.work') or which_chain = 'account:' || coalesce(app.account(), 0) or exists (
    select from cases where id = substring(which_chain from '^case:(\d{1,18})$')::bigint and organisation_id = app.organisation()))
  then
    raise exception 'not a chain of whoever asks' using errcode = 'insufficient_privilege';
  end if;
  select array_agg(id order by seq) into ids
    from (select id, seq from journal where chain = which_chain order by seq desc limit lines) as newest;
  if react then
    perform graphile_worker.add_job('react', json_build_object('lines', ids));
  end if;
  perform pg_notify('permanence', array_to_string(ids, ','));
end $$;
--> statement-breakpoint
create or replace function app.next_case_number(world text, year int) returns bigint
language plpgsql security definer set search_path = app, pg_temp as $$
declare sequence_name text := format('%s_number_%s', world, year);
begin
  perform app.refuse_strangers();
  if world not in ('case', 'exercise', 'incident', 'exercise_incident', 'sitrep', 'exercise_sitrep') then
    raise exception 'unknown numbering %', world;
  end if;
  -- each makes a sequence
  if year not between 2000 and 2199 then
    raise exception 'no such year %', year;
  end if;
  begin
    return nextval(format('app.%I', sequence_name)::regclass);
  exception when undefined_table then
    begin
      execute format('create sequence if not exists app.%I', sequence_name);
    exception when unique_violation or duplicate_table then
      null; -- another was first
    end;
    return nextval(format('app.%I', sequence_name)::regclass);
  end;
end $$;
--> statement-breakpoint
create or replace function app.routing(at timestamptz) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform app.refuse_strangers();
  return jsonb_build_object(
    'general', (select id from team where general and active limit 1),
    'rules', coalesce((select jsonb_agg(jsonb_build_object(
        'id', r.id, 'position', r.position, 'name', r.name, 'territories', r.territories, 'numbers', r.numbers,
        'levels', r.levels, 'reporterKinds', r.reporter_kinds, 'teamId', r.team_id, 'assigneeOrder', r.assignee_order)
        order by r.position, r.id)
      from routing_rule r join team t on t.id = r.team_id where r.active and t.active), '[]'),
    'onDuty', coalesce((select jsonb_agg(distinct d.account_id) from app.on_duty(at) d), '[]'));
end $$;
--> statement-breakpoint
-- A shift, or a part of it, changes hands: by a lead, or by whoever holds it. What was held stays his who held it; what is after
-- the part comes back to him. The policies let leads alone write the roster, so the holder's own swap goes through here.
create or replace function app.hand_over_shift(which bigint, taker bigint, part_from timestamptz, part_to timestamptz) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare held roster_shift; made bigint;
begin
  select * into held from roster_shift where id = which and cancelled_at is null for update;
  if not found or not (app.may('roster.keep') or app.role() = 'machine'
    or (app.may('roster.own') and held.account_id is not distinct from app.account())) then
    return null;
  end if;
  if part_from < held.from_at or part_to > held.to_at or part_from >= part_to then
    raise exception 'the part lies outside the shift' using errcode = 'check_violation';
  end if;
  if part_from > held.from_at then
    update roster_shift set to_at = part_from where id = held.id;
  else
    update roster_shift set cancelled_at = part_from where id = held.id;
  end if;
  if part_to < held.to_at then
    insert into roster_shift (account_id, role, rank, from_at, to_at, swap_of_id)
      values (held.account_id, held.role, held.rank, part_to, held.to_at, held.id);
  end if;
  insert into roster_shift (account_id, role, rank, from_at, to_at, swap_of_id)
    values (taker, held.role, held.rank, part_from, part_to, held.id) returning id into made;
  return made;
end $$;
--> statement-breakpoint
create or replace function app.correlate_soon() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not app.may('cases.work') then
    raise exception 'the rules are asked by the cell' using errcode = 'insufficient_privilege';
  end if;
  perform graphile_worker.add_job('correlate', '{}'::json, null::text, now(), 5, 'correlate', -10);
end $$;
--> statement-breakpoint
-- Of the organisation that acknowledged, or of the cell that telephoned it.
create or replace function app.notice_acknowledged(which bigint, acknowledged timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  update crisis set first_notice_ack_at = acknowledged
    where id = (select crisis_id from notice where id = which) and first_notice_ack_at is null
      and exists (select from notice_recipient where notice_id = which and acknowledged_at = acknowledged
        and (app.may('notices.write') or (app.may('notices.acknowledge') and organisation_id = app.organisation())))
$$;
--> statement-breakpoint
create or replace function app.set_passphrase(who bigint, phc text, at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not (app.may('accounts.keep') or (app.may('account.own') and app.account() = who)) then
    raise exception 'only an administrator or oneself' using errcode = 'insufficient_privilege';
  end if;
  insert into passphrase (account_id, hash, updated_at) values (who, phc, at)
    on conflict (account_id) do update set hash = excluded.hash, updated_at = excluded.updated_at;
end $$;
--> statement-breakpoint
create or replace function app.found_cases(words text, most int, after_at timestamptz default null, after_id bigint default null)
returns setof bigint
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  -- planned each time: the best way depends on how rare the words are
  return query execute $q$
    select c.id from cases c
    where c.search @@ to_tsquery('public.permanence', $1)
      -- "is not distinct from" has no statistics: the planner took one row for thousands
      and (c.exercise_id = $3 or $3 is null and c.exercise_id is null)
      and ($4 or ($5 and (c.organisation_id = $6 or c.territory_code = any ($7) or 'FR' = any ($7))))
      and ($8 is null or (c.received_at, c.id) < ($8, $9))
    order by c.received_at desc, c.id desc limit $2 $q$
    using words, most, app.exercise(), app.may('cases.watch'), app.may('cases.follow'), app.organisation(), app.sees(), after_at, after_id;
end $$;
--> statement-breakpoint
create or replace function app.retry_failed_jobs() returns jsonb
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare again jsonb;
begin
  if not app.may('operations.retry') then return null; end if;
  select coalesce(jsonb_agg(j.task_identifier order by j.task_identifier), '[]') into again
    from graphile_worker.reschedule_jobs(
      array(select id from graphile_worker.jobs where attempts >= max_attempts), now(), null, 0) r
    join graphile_worker.jobs j on j.id = r.id;
  return again;
end $$;
--> statement-breakpoint
-- The former ways to ask, until nothing asks them.
create or replace function app.is_cell() returns boolean language sql stable parallel safe as $$ select app.may('cases.work') $$;
--> statement-breakpoint
create or replace function app.is_admin() returns boolean language sql stable parallel safe as $$ select app.may('directory.keep') $$;
--> statement-breakpoint
revoke execute on all functions in schema app from public;
--> statement-breakpoint
grant execute on function app.may(text), app.side(), app.refuse_strangers() to permanence_app;

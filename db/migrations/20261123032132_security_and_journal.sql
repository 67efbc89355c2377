-- Who is asking: set for one transaction by asActor (db/transaction.ts). Nothing set, nothing seen.
create schema if not exists app;
--> statement-breakpoint
do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'permanence_app') then
    create role permanence_app nologin nobypassrls;
  end if;
end $$;
--> statement-breakpoint
create function app.role() returns text language sql stable parallel safe as
  $$ select coalesce(current_setting('app.role', true), '') $$;
--> statement-breakpoint
create function app.account() returns bigint language sql stable parallel safe as
  $$ select nullif(current_setting('app.account', true), '')::bigint $$;
--> statement-breakpoint
create function app.organisation() returns bigint language sql stable parallel safe as
  $$ select nullif(current_setting('app.organisation', true), '')::bigint $$;
--> statement-breakpoint
create function app.exercise() returns bigint language sql stable parallel safe as
  $$ select nullif(current_setting('app.exercise', true), '')::bigint $$;
--> statement-breakpoint
create function app.sees() returns text[] language sql stable parallel safe as
  $$ select coalesce(string_to_array(nullif(current_setting('app.sees', true), ''), ','), '{}') $$;
--> statement-breakpoint
create function app.is_cell() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('app.role', true), '') in ('agent', 'lead', 'director', 'admin', 'machine') $$;
--> statement-breakpoint
create function app.is_admin() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('app.role', true), '') in ('admin', 'machine') $$;
--> statement-breakpoint

-- Spoken numbers: a sequence a year and a world; gaps are allowed, waiting is not.
create function app.next_case_number(world text, year int) returns bigint
language plpgsql security definer set search_path = app, pg_temp as $$
declare sequence_name text := format('%s_number_%s', world, year);
begin
  if world not in ('case', 'exercise', 'incident', 'exercise_incident', 'sitrep', 'exercise_sitrep') then
    raise exception 'unknown numbering %', world;
  end if;
  begin
    return nextval(format('app.%I', sequence_name)::regclass);
  exception when undefined_table then
    execute format('create sequence if not exists app.%I', sequence_name);
    return nextval(format('app.%I', sequence_name)::regclass);
  end;
end $$;
--> statement-breakpoint

-- Main courante: sequence, previous hash and hash are the database's work, never the application's.
create function app.journal_digest(line public.journal, prev bytea) returns bytea
language sql immutable as $$
  select sha256(prev || convert_to(jsonb_build_array(
    line.chain, line.seq, line.exercise_id, line.case_id, line.incident_id,
    extract(epoch from line.at), extract(epoch from line.heard_at), extract(epoch from line.fact_at),
    line.actor_id, line.actor_name, line.actor_side, line.event, line.visibility, line.certainty, line.text, line.data
  )::text, 'UTF8'))
$$;
--> statement-breakpoint
create function app.journal_chain() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare head public.journal_head;
begin
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
create trigger journal_chain before insert on journal for each row execute function app.journal_chain();
--> statement-breakpoint
create function app.refuse() returns trigger language plpgsql as $$
begin raise exception 'the journal is append-only: a correction is a new line' using errcode = 'insufficient_privilege'; end $$;
--> statement-breakpoint
create trigger journal_append_only before update or delete on journal for each row execute function app.refuse();
--> statement-breakpoint
create trigger journal_never_emptied before truncate on journal for each statement execute function app.refuse();
--> statement-breakpoint

-- Reactions: one job for each journal line something follows from, in the command's own transaction; one hint.
create function app.announce(journal_ids bigint[], react boolean) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if react then
    perform graphile_worker.add_job('react', json_build_object('lines', journal_ids), 'reactions');
  end if;
  perform pg_notify('permanence', array_to_string(journal_ids, ','));
end $$;
--> statement-breakpoint

-- Search: number, organisation, place, words; French stems, accents folded.
create text search configuration public.permanence (copy = pg_catalog.french);
--> statement-breakpoint
alter text search configuration public.permanence
  alter mapping for hword, hword_part, word with public.unaccent, pg_catalog.french_stem;
--> statement-breakpoint
create function app.case_search() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare place text; communes text; who text;
begin
  select name into who from organisation where id = new.organisation_id;
  select name into place from territory where code = new.territory_code;
  if cardinality(new.commune_codes) > 0 then
    select string_agg(name, ' ') into communes from commune where code = any (new.commune_codes);
  end if;
  new.search :=
    setweight(to_tsvector('simple', new.reference), 'A') ||
    setweight(to_tsvector('public.permanence', concat_ws(' ', who, place, communes)), 'B') ||
    setweight(to_tsvector('public.permanence', concat_ws(' ', new.symptom_words, new.details, new.reporter_name, new.told)), 'C');
  return new;
end $$;
--> statement-breakpoint
create trigger case_search before insert or update of organisation_id, territory_code, commune_codes, symptom_words, details, told
  on cases for each row execute function app.case_search();
--> statement-breakpoint

-- Row-level security: on and forced for every table; the owner works through a policy of its own.
do $$
declare t record;
begin
  for t in select tablename from pg_tables where schemaname = 'public' loop
    execute format('alter table public.%I enable row level security', t.tablename);
    execute format('alter table public.%I force row level security', t.tablename);
    execute format('create policy owner_works on public.%I to %I using (true) with check (true)', t.tablename, current_user);
  end loop;
end $$;
--> statement-breakpoint
grant usage on schema public, app to permanence_app;
--> statement-breakpoint
grant execute on all functions in schema app to permanence_app;
--> statement-breakpoint
grant select, insert, update, delete on all tables in schema public to permanence_app;
--> statement-breakpoint
revoke update, delete on journal from permanence_app;
--> statement-breakpoint
revoke all on journal_head from permanence_app;
--> statement-breakpoint
revoke delete on cases, case_test, account, organisation, post, contact, site, team, inbox_message, session, exercise from permanence_app;
--> statement-breakpoint

-- Reference: the same for all; written by the owner, or by an administrator where the page exists.
create policy everyone_reads on territory for select to permanence_app using (exercise_id is null or exercise_id = (select app.exercise()));
--> statement-breakpoint
create policy exercise_adds on territory for insert to permanence_app with check ((select app.role()) = 'machine' and exercise_id = (select app.exercise()));
--> statement-breakpoint
create policy everyone_reads on commune for select to permanence_app using (true);
--> statement-breakpoint
create policy everyone_reads on emergency_number for select to permanence_app using (exercise_id is null or exercise_id = (select app.exercise()));
--> statement-breakpoint
create policy admin_writes on emergency_number to permanence_app
  using ((select app.is_admin()) and exercise_id is not distinct from (select app.exercise()))
  with check ((select app.is_admin()) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
create policy everyone_reads on setting for select to permanence_app using (true);
--> statement-breakpoint
create policy admin_writes on setting to permanence_app using ((select app.is_admin())) with check ((select app.is_admin()));
--> statement-breakpoint
create policy everyone_reads on worker_heartbeat for select to permanence_app using (true);
--> statement-breakpoint
create policy machine_writes on worker_heartbeat to permanence_app using ((select app.role()) = 'machine') with check ((select app.role()) = 'machine');
--> statement-breakpoint

-- Cases: the cell all of them; a reporter those of its organisation; an authority those of its territory.
create policy seen on cases for select to permanence_app using (
  exercise_id is not distinct from (select app.exercise()) and (
    (select app.is_cell())
    or ((select app.role()) = 'reporter' and (
      organisation_id = (select app.organisation())
      or territory_code = any ((select app.sees())::text[])
      or 'FR' = any ((select app.sees())::text[])))));
--> statement-breakpoint
create policy made on cases for insert to permanence_app with check (
  exercise_id is not distinct from (select app.exercise()) and (
    (select app.is_cell())
    or ((select app.role()) = 'reporter' and organisation_id = (select app.organisation()))));
--> statement-breakpoint
create policy worked on cases for update to permanence_app
  using (exercise_id is not distinct from (select app.exercise()) and (
    (select app.is_cell()) or ((select app.role()) = 'reporter' and organisation_id = (select app.organisation()))))
  with check (exercise_id is not distinct from (select app.exercise()) and (
    (select app.is_cell()) or ((select app.role()) = 'reporter' and organisation_id = (select app.organisation()))));
--> statement-breakpoint
create policy seen on case_test for select to permanence_app using (exists (select from cases c where c.id = case_id));
--> statement-breakpoint
create policy made on case_test for insert to permanence_app with check (
  exercise_id is not distinct from (select app.exercise())
  and ((select app.is_cell()) or exists (select from cases c where c.id = case_id and c.organisation_id = (select app.organisation()))));
--> statement-breakpoint
create policy cell_only on case_presence to permanence_app using ((select app.is_cell())) with check ((select app.is_cell()) and account_id = (select app.account()));
--> statement-breakpoint
create policy seen on journal for select to permanence_app using (
  exercise_id is not distinct from (select app.exercise()) and (
    (select app.is_cell())
    or ((select app.role()) = 'reporter' and visibility = 'public' and case_id is not null
      and exists (select from cases c where c.id = case_id))));
--> statement-breakpoint
create policy written on journal for insert to permanence_app with check (
  exercise_id is not distinct from (select app.exercise()) and (
    (select app.is_cell())
    or ((select app.role()) in ('reporter', 'door') and actor_id is not distinct from (select app.account())
      and (chain = 'account:' || coalesce((select app.account()), 0)
        or exists (select from cases c where c.id = case_id and c.organisation_id = (select app.organisation()))))));
--> statement-breakpoint

-- Directory: a reporter sees its own organisation whole, and the names of the organisations whose cases it sees.
create policy seen on organisation for select to permanence_app using (
  (exercise_id is null or exercise_id = (select app.exercise())) and (
    (select app.is_cell()) or (select app.role()) = 'door'
    or id = (select app.organisation())
    or territory_code = any ((select app.sees())::text[])
    or 'FR' = any ((select app.sees())::text[])));
--> statement-breakpoint
create policy cell_writes on organisation for insert to permanence_app with check ((select app.is_cell()) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
create policy admin_writes on organisation for update to permanence_app using ((select app.is_admin())) with check ((select app.is_admin()));
--> statement-breakpoint
create policy seen on post for select to permanence_app using ((select app.is_cell()) or organisation_id = (select app.organisation()));
--> statement-breakpoint
create policy admin_writes on post to permanence_app using ((select app.is_admin())) with check ((select app.is_admin()));
--> statement-breakpoint
create policy seen on contact for select to permanence_app using ((select app.is_cell()) or organisation_id = (select app.organisation()));
--> statement-breakpoint
create policy admin_writes on contact to permanence_app using ((select app.is_admin())) with check ((select app.is_admin()));
--> statement-breakpoint
create policy seen on site for select to permanence_app using ((select app.is_cell()) or organisation_id = (select app.organisation()));
--> statement-breakpoint
create policy admin_writes on site to permanence_app using ((select app.is_admin())) with check ((select app.is_admin()));
--> statement-breakpoint

-- Accounts and sign-in. A hash is read by the sign-in door alone.
create policy seen on account for select to permanence_app using ((select app.is_cell()) or (select app.role()) = 'door' or id = (select app.account()));
--> statement-breakpoint
create policy admin_writes on account to permanence_app using ((select app.is_admin())) with check ((select app.is_admin()));
--> statement-breakpoint
create policy own_locale on account for update to permanence_app using (id = (select app.account()))
  with check (id = (select app.account()) and role = (select app.role()));
--> statement-breakpoint
create policy door_reads on passphrase for select to permanence_app using ((select app.role()) = 'door');
--> statement-breakpoint
create function app.set_passphrase(who bigint, phc text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not (app.is_admin() or app.account() = who) then
    raise exception 'only an administrator or oneself' using errcode = 'insufficient_privilege';
  end if;
  insert into passphrase (account_id, hash, updated_at) values (who, phc, now())
    on conflict (account_id) do update set hash = excluded.hash, updated_at = excluded.updated_at;
end $$;
--> statement-breakpoint
grant execute on function app.set_passphrase to permanence_app;
--> statement-breakpoint
create policy seen on session for select to permanence_app using ((select app.role()) = 'door' or account_id = (select app.account()) or (select app.is_admin()));
--> statement-breakpoint
create policy door_makes on session for insert to permanence_app with check ((select app.role()) = 'door');
--> statement-breakpoint
create policy ended on session for update to permanence_app
  using ((select app.role()) = 'door' or account_id = (select app.account()) or (select app.is_admin()))
  with check ((select app.role()) = 'door' or account_id = (select app.account()) or (select app.is_admin()));
--> statement-breakpoint
create policy door_only on sign_in_throttle to permanence_app using ((select app.role()) = 'door') with check ((select app.role()) = 'door');
--> statement-breakpoint
create policy seen on api_token for select to permanence_app using ((select app.role()) = 'door' or (select app.is_admin()));
--> statement-breakpoint
create policy admin_writes on api_token to permanence_app using ((select app.is_admin())) with check ((select app.is_admin()));
--> statement-breakpoint

-- Teams and routing: read while a report is routed, whoever reports; written by an administrator.
create policy signed_in_reads on team for select to permanence_app using ((select app.role()) <> '');
--> statement-breakpoint
create policy admin_writes on team to permanence_app using ((select app.is_admin())) with check ((select app.is_admin()));
--> statement-breakpoint
create policy signed_in_reads on team_member for select to permanence_app using ((select app.role()) <> '');
--> statement-breakpoint
create policy admin_writes on team_member to permanence_app using ((select app.is_admin())) with check ((select app.is_admin()));
--> statement-breakpoint
create policy signed_in_reads on routing_rule for select to permanence_app using ((select app.role()) <> '');
--> statement-breakpoint
create policy admin_writes on routing_rule to permanence_app using ((select app.is_admin())) with check ((select app.is_admin()));
--> statement-breakpoint
create policy own on saved_view to permanence_app using (account_id = (select app.account())) with check (account_id = (select app.account()));
--> statement-breakpoint
create policy own on inbox_message for select to permanence_app using (
  (account_id = (select app.account()) or (select app.role()) = 'machine') and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
create policy own_reads on inbox_message for update to permanence_app
  using (account_id = (select app.account()) and exercise_id is not distinct from (select app.exercise()))
  with check (account_id = (select app.account()));
--> statement-breakpoint
create policy cell_tells on inbox_message for insert to permanence_app with check (
  (select app.is_cell()) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
create policy seen on exercise for select to permanence_app using ((select app.is_cell()) or id = (select app.exercise()));
--> statement-breakpoint
create policy lead_runs on exercise to permanence_app
  using ((select app.role()) in ('lead', 'director', 'admin', 'machine')) with check ((select app.role()) in ('lead', 'director', 'admin', 'machine'));

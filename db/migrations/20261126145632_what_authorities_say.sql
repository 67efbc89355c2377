ALTER TABLE "case_test" DROP CONSTRAINT "case_test_side_known";--> statement-breakpoint
ALTER TABLE "case_test" ADD CONSTRAINT "case_test_side_known" CHECK (side in ('reporter', 'authority', 'cell'));
--> statement-breakpoint
create or replace function app.may(capability text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
AS $function$
begin
  return coalesce(case capability
    when 'cases.report' then app.role() in ('reporter', 'agent', 'lead', 'director', 'admin', 'machine')
    when 'cases.follow' then app.role() in ('reporter')
    when 'cases.observe' then app.role() in ('reporter')
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
  end, false);
end $function$;
--> statement-breakpoint
create or replace function app.announce(which_chain text, lines integer, react boolean)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare ids bigint[];
begin
  perform app.refuse_strangers();
  -- One's own lines: what others wrote is not announced again.
  if not (app.may('cases.work') or which_chain = 'account:' || coalesce(app.account(), 0) or exists (
    select from cases where id = substring(which_chain from '^case:(\d{1,18})$')::bigint and organisation_id = app.organisation()) or app.may('cases.observe') and exists (
    select from cases c where c.id = substring(which_chain from '^case:(\d{1,18})$')::bigint
      and (c.territory_code = any (app.sees()) or 'FR' = any (app.sees()))
      and (select j.actor_id from journal j where j.chain = which_chain order by j.seq desc limit 1) = app.account()))
  then
    raise exception 'not a chain of whoever asks' using errcode = 'insufficient_privilege';
  end if;
  select array_agg(id order by seq) into ids
    from (select id, seq from journal where chain = which_chain order by seq desc limit lines) as newest;
  if react then
    perform graphile_worker.add_job('react', json_build_object('lines', ids));
  end if;
  perform pg_notify('permanence', array_to_string(ids, ','));
end $function$;
--> statement-breakpoint
-- An authority adds a line and tests to a case of its territory; the case itself it never writes.
create policy observed on journal for insert to permanence_app
  with check (not (exercise_id is distinct from (select app.exercise())) and (select app.may('cases.observe'))
    and event = 'case.observed' and visibility = 'public' and actor_id = (select app.account())
    and chain = 'case:' || case_id and incident_id is null
    and exists (select from cases c where c.id = journal.case_id
      and (c.territory_code = any ((select app.sees())::text[]) or 'FR' = any ((select app.sees())::text[]))));
--> statement-breakpoint
create policy observed on case_test for insert to permanence_app
  with check (not (exercise_id is distinct from (select app.exercise())) and (select app.may('cases.observe'))
    and side = 'authority' and account_id = (select app.account())
    and exists (select from cases c where c.id = case_test.case_id
      and (c.territory_code = any ((select app.sees())::text[]) or 'FR' = any ((select app.sees())::text[]))));
--> statement-breakpoint
-- "Is it only us?": how many other centres report the same number, never who. Permission comes before the read.
create function app.neighbourhood(place text, asked text[]) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform app.refuse_strangers();
  if not (app.may('cases.watch') or app.may('cases.observe') and (
    place = any (app.sees()) or 'FR' = any (app.sees()) or exists (select from organisation o
      where o.id = app.organisation() and o.active and o.territory_code = place
        and o.kind in ('samu', 'sdis', 'bspp_bmpm', 'cetra', 'police', 'gendarmerie', 'cnr114', 'siao115', 'cross'))))
  then return null; end if;
  return (select coalesce(jsonb_agg(jsonb_build_object('number', n.number, 'centres', f.centres, 'since', f.since, 'places', f.places)
      order by n.rank), '[]')
    from unnest(asked) with ordinality as n (number, rank) cross join lateral (
      select count(distinct c.organisation_id) filter (where c.territory_code = place)::int as centres,
        min(c.received_at) filter (where c.territory_code = place) as since,
        count(distinct c.territory_code) filter (where c.territory_code <> place)::int as places
      from cases c join territory t on t.code = c.territory_code
      where c.numbers @> array[n.number] and (app.is_open(c.state) or c.state = 'duplicate') and c.restored_at is null
        and c.verification <> 'unverified' and c.organisation_id is distinct from app.organisation()
        and c.exercise_id is not distinct from app.exercise()
        and (c.territory_code = place or t.kind = 'departement'
          and t.region_code = (select region_code from territory where code = place))) as f);
end $$;
--> statement-breakpoint
revoke execute on function app.neighbourhood(text, text[]) from public;
--> statement-breakpoint
grant execute on function app.neighbourhood(text, text[]) to permanence_app;

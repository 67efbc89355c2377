CREATE INDEX "cases_open_territory" ON "cases" USING btree ("territory_code") WHERE app.is_open(state);--> statement-breakpoint
CREATE INDEX "cases_duplicates_territory" ON "cases" USING btree ("territory_code") WHERE state = 'duplicate';
--> statement-breakpoint
-- A duplicate fails as long as its main does.
create or replace function app.neighbourhood(place text, asked text[])
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare codes text[]; own bigint := app.organisation(); world bigint := app.exercise();
begin
  perform app.refuse_strangers();
  if not (app.may('cases.watch') or app.may('cases.observe') and (
    place = any (app.sees()) or 'FR' = any (app.sees()) or exists (select from organisation o
      where o.id = app.organisation() and o.active and o.territory_code = place
        and o.kind in ('samu', 'sdis', 'bspp_bmpm', 'cetra', 'police', 'gendarmerie', 'cnr114', 'siao115', 'cross'))))
  then return null; end if;
  codes := array(select t.code from territory t where t.code = place or t.kind = 'departement'
    and t.region_code = (select region_code from territory where code = place));
  return (select coalesce(jsonb_agg(jsonb_build_object('number', n.number, 'centres', f.centres, 'since', f.since, 'places', f.places)
      order by n.rank), '[]')
    from unnest(asked) with ordinality as n (number, rank) cross join lateral (
      select count(distinct c.organisation_id) filter (where c.territory_code = place)::int as centres,
        min(c.received_at) filter (where c.territory_code = place) as since,
        count(distinct c.territory_code) filter (where c.territory_code <> place)::int as places
      from (
        select organisation_id, territory_code, received_at from cases
          where territory_code = any (codes) and app.is_open(state) and state not in ('restored', 'confirmed')
            and numbers @> array[n.number] and verification <> 'unverified'
            and organisation_id is distinct from own and exercise_id is not distinct from world
        union all
        -- The same failure as another's: it fails as long as that one does, or until its own reporter said that it works.
        select d.organisation_id, d.territory_code, d.received_at from cases d join cases m on m.id = d.duplicate_of_id
          where d.territory_code = any (codes) and d.state = 'duplicate' and d.confirmed_at is null
            and app.is_open(m.state) and m.state not in ('restored', 'confirmed')
            and d.numbers @> array[n.number] and d.verification <> 'unverified'
            and d.organisation_id is distinct from own and d.exercise_id is not distinct from world) c) f);
end $function$;
--> statement-breakpoint
-- A photo may show faces: whoever follows the case or works on it, never the wall of the room.
drop policy seen on attachment;
--> statement-breakpoint
create policy seen on attachment for select to permanence_app
  using (((select app.may('cases.follow')) or (select app.may('cases.work')))
    and exists (select from cases c where c.id = attachment.case_id));
--> statement-breakpoint
-- What belongs to a failure that goes on is kept, and a name inside a ticket goes with the others.
create or replace function app.forget(what text, before timestamp with time zone, most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
          where created_at < before and state not in ('queued', 'sending') limit most) returning 1),
        came as (delete from inbound_mail where id in (select id from inbound_mail where at < before limit most) returning 1),
        stray as (delete from message_part where ctid in (select ctid from message_part where outbox_id is null and at < before limit most) returning 1)
      select (select count(*) from read) + (select count(*) from sent) + (select count(*) from came) + (select count(*) from stray) into n;
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
    when 'attachments' then
      delete from attachment where id in (select a.id from attachment a join cases c on c.id = a.case_id
        where not app.is_open(c.state) and coalesce(c.closed_at, c.received_at) < before
          -- its failure goes on under the number of the other
          and not exists (select from cases m where m.id = c.duplicate_of_id and c.state = 'duplicate' and app.is_open(m.state))
        limit most);
    when 'calls' then
      delete from phone_call where id in (select id from phone_call
        where started_at < before and (call_back_at is null or called_back_at is not null) limit most);
    when 'cases' then
      -- Who reported and in which words; numbers, places, hours, tests and levels stay.
      with old as materialized (select c.id from cases c
          where c.received_at < before and not app.is_open(c.state)
            and coalesce(c.closed_at, c.received_at) < before
            and not exists (select from cases m where m.id = c.duplicate_of_id and c.state = 'duplicate' and app.is_open(m.state))
            and (num_nonnulls(c.reporter_name, c.reporter_post, c.callback_phone, c.symptom_words, c.neighbour_note, c.told, c.details,
                c.commune_words) > 0
              or exists (select from ticket t where t.case_id = c.id and jsonb_path_exists(t.related, '$[*].name')))
          limit most),
        unnamed as (update ticket set related = (select jsonb_agg(entity - 'name' order by nth)
            from jsonb_array_elements(related) with ordinality as said (entity, nth))
          where case_id in (select id from old) and jsonb_path_exists(related, '$[*].name'))
      update cases set reporter_name = null, reporter_post = null, callback_phone = null, symptom_words = null,
          neighbour_note = null, told = null, details = null, commune_words = null
        where id in (select id from old);
    else
      raise exception 'nothing is known of how to forget this' using errcode = 'invalid_parameter_value';
  end case;
  get diagnostics n = row_count;
  return n;
end $function$;
--> statement-breakpoint
-- The lines of another world filled the two thousand; now the newest of this one.
create or replace function app.found_cases(words text, most integer, after_at timestamp with time zone DEFAULT NULL::timestamp with time zone, after_id bigint DEFAULT NULL::bigint)
 RETURNS SETOF bigint
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare found_ids int;
begin
  if not app.may('cases.watch') or words is null then
    return;
  end if;
  -- planned each time: the best way depends on how rare the words are
  return query execute $q$
    select c.id from cases c
    where c.search @@ to_tsquery('public.permanence', $1)
      -- "is not distinct from" has no statistics: the planner took one row for thousands
      and (c.exercise_id = $3 or $3 is null and c.exercise_id is null)
      and ($4 is null or (c.received_at, c.id) < ($4, $5))
    order by c.received_at desc, c.id desc limit $2 $q$
    using words, most, app.exercise(), after_at, after_id;
  get diagnostics found_ids = row_count;
  -- Rare in what was reported: what was said of the cases since is looked at too.
  if found_ids < most then
    return query execute $q$
      -- its index first: asked for the newest at once, the planner reads the journal backwards, word by word
      with said as materialized (select j.id, j.case_id from journal j
        where j.case_id is not null and j.text is not null and (j.exercise_id = $3 or $3 is null and j.exercise_id is null)
          and to_tsvector('public.permanence', app.spelt(j.text)) @@ to_tsquery('public.permanence', $1))
      select c.id from cases c
      where c.id in (select newest.case_id from (select said.case_id from said order by said.id desc limit 2000) newest)
        and (c.exercise_id = $3 or $3 is null and c.exercise_id is null)
        and ($4 is null or (c.received_at, c.id) < ($4, $5))
      order by c.received_at desc, c.id desc limit $2 $q$
      using words, most, app.exercise(), after_at, after_id;
  end if;
end $function$;
--> statement-breakpoint
-- A search is no leakproof comparison: under the policies of the table its index would not be asked.
create function app.found_incidents(words text) returns table (reference text, title text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not app.may('cases.watch') or words is null then
    return;
  end if;
  return query select i.reference, i.title from incident i
    where to_tsvector('public.permanence', app.spelt(i.reference || ' ' || coalesce(i.title, ''))) @@ to_tsquery('public.permanence', words)
      and i.exercise_id is not distinct from app.exercise()
    order by i.opened_at desc, i.id desc limit 5;
end $$;
--> statement-breakpoint
revoke execute on function app.found_incidents(text) from public;
--> statement-breakpoint
grant execute on function app.found_incidents(text) to permanence_app;
--> statement-breakpoint
-- Open cases bear the new name at once; ten years of others in many short turns, a job after the other.
create function app.spell_again(which bigint, below bigint) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare lowest bigint;
begin
  with past as (select id from cases where organisation_id = which and id < below and not app.is_open(state)
      order by id desc limit 500),
    spelt as (update cases c set organisation_id = c.organisation_id from past where c.id = past.id returning c.id)
  select min(id) into lowest from spelt;
  if lowest is not null then
    perform graphile_worker.add_job('spell_again', json_build_object('organisation', which, 'below', lowest),
      job_key => 'spell_again:' || which, priority => 10);
  end if;
  return lowest;
end $$;
--> statement-breakpoint
revoke execute on function app.spell_again(bigint, bigint) from public;
--> statement-breakpoint
create or replace function app.organisation_renamed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update cases set organisation_id = new.id where organisation_id = new.id and app.is_open(state);
  perform graphile_worker.add_job('spell_again',
    json_build_object('organisation', new.id, 'below', (select coalesce(max(id), 0) + 1 from cases)),
    job_key => 'spell_again:' || new.id, priority => 10);
  return null;
end $$;

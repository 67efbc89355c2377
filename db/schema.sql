-- Made by "npm run schema" from the catalogs of a migrated database: what all migrations together come to. Read it, compare it,
-- do not change it: a migration does. A test holds the two together, and makes a database of this file.

set search_path = public;


-- Extensions, the schema of our functions, the role of the application

create extension if not exists pg_trgm;

create extension if not exists unaccent;

create schema app;

do $$ begin
  if not exists (select from pg_roles where rolname = 'permanence_app') then
    create role permanence_app nologin nobypassrls;
  end if;
end $$;

grant usage on schema public, app to permanence_app;


-- Words: how they are searched

create text search configuration permanence (parser = "default");

alter text search configuration permanence add mapping for asciiword, hword_asciipart, asciihword with french_stem;

alter text search configuration permanence add mapping for word, hword_part, hword with unaccent, french_stem;

alter text search configuration permanence add mapping for numword, email, url, host, sfloat, version, hword_numpart, numhword, url_path, file, float, int, uint with simple;


-- Functions

set check_function_bodies = off;

create function app.account()
 RETURNS bigint
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('app.account', true), '')::bigint $function$;

create function app.account_actor(who bigint)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select jsonb_build_object(
    'kind', 'account', 'accountId', a.id, 'role', a.role, 'name', a.name, 'email', a.email,
    'organisationId', a.organisation_id, 'exerciseId', null, 'locale', a.locale,
    -- A zone or a region sees its départements: expanded here, so that policies compare plain codes.
    'territories', case
      when o.sees is null then '{}'
      when 'FR' = any (o.sees) then '{FR}'
      when cardinality(o.sees) = 0 then '{}'
      else o.sees || array(
        select t.code from territory t where t.kind = 'departement' and t.exercise_id is null and t.code <> all (o.sees)
          and (t.region_code = any (o.sees) or t.zone_code = any (o.sees)) order by t.code)
    end)
  from account a left join organisation o on o.id = a.organisation_id
  where a.id = who and a.active and coalesce(o.active, true)
$function$;

create function app.actor_who_answers(who bigint)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if app.role() is distinct from 'machine' then
    raise exception 'only a machine takes an answer' using errcode = 'insufficient_privilege';
  end if;
  return app.account_actor(who);
end $function$;

create function app.announce(which_chain text, lines integer, react boolean)
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

create function app.announce_each(chains text[], react boolean)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare ids bigint[];
begin
  perform app.refuse_strangers();
  if not app.may('cases.work') then
    raise exception 'not a chain of whoever asks' using errcode = 'insufficient_privilege';
  end if;
  select array_agg(newest.id order by newest.id) into ids
    from (select one, count(*) as lines from unnest(chains) as one group by one) as written
    cross join lateral (select id from journal where chain = written.one order by seq desc limit written.lines) as newest;
  if react then
    perform graphile_worker.add_job('react', json_build_object('lines', ids));
  end if;
  perform pg_notify('permanence', array_to_string(ids, ','));
end $function$;

create function app.ask_passphrase(asked_email text, spendings jsonb, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if app.role() <> 'door' then
    raise exception 'asked by the door of who cannot sign in' using errcode = 'insufficient_privilege';
  end if;
  if app.spend(spendings, at) > 0 then
    return;
  end if;
  perform graphile_worker.add_job('passphrase_asked', json_build_object('at', at, 'account', (
    select json_build_object('id', id, 'name', name) from account where email = asked_email and active)));
end $function$;

create function app.case_search()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare place text; communes text; who text; spot text;
begin
  select name into who from organisation where id = new.organisation_id;
  select name into place from territory where code = new.territory_code;
  select name into spot from site where id = new.site_id;
  if cardinality(new.commune_codes) > 0 then
    select string_agg(name, ' ') into communes from commune where code = any (new.commune_codes);
  end if;
  new.search :=
    setweight(to_tsvector('public.permanence', app.spelt(concat_ws(' ', new.reference, replace(new.reference, '-', ''), new.external_id))), 'A') ||
    setweight(to_tsvector('public.permanence', app.spelt(concat_ws(' ', who, place, new.territory_code, communes, new.commune_words, spot,
      array_to_string(new.numbers, ' ')))), 'B') ||
    -- A number as it is kept and as it is dialled at home.
    setweight(to_tsvector('public.permanence', app.spelt(concat_ws(' ', new.callback_phone,
      regexp_replace(new.callback_phone, '^\+(33|262|590|594|596|508|681|687|689|32|34|352|376|377|39|41|44|49)', '')))), 'B') ||
    setweight(to_tsvector('public.permanence', app.spelt(concat_ws(' ', new.symptom_words, new.details, new.reporter_name, new.reporter_post,
      new.told, new.neighbour_note, new.calling_operator))), 'C') ||
    to_tsvector('public.permanence', concat_ws(' ', app.code_word(new.symptom), app.code_word(new.calling_technology)));
  return new;
end $function$;

create function app.change_own(new_name text, new_post bigint, new_phone text, new_locale text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not app.may('account.own') then
    raise exception 'only one''s own account' using errcode = 'insufficient_privilege';
  end if;
  update account a set name = new_name, phone = new_phone, locale = new_locale,
      post_id = (select p.id from post p where p.id = new_post and p.organisation_id = a.organisation_id and p.active)
    where a.id = app.account() and a.active;
end $function$;

create function app.clock_runs()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

create function app.code_word(code text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select 'zz' || translate(lower(code), '0123456789_', 'abcdefghij') $function$;

create function app.correlate_soon()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not app.may('cases.work') then
    raise exception 'the rules are asked by the cell' using errcode = 'insufficient_privilege';
  end if;
  perform graphile_worker.add_job('correlate', '{}'::json, null::text, now(), 5, 'correlate', -10);
end $function$;

create function app.counts(state text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select state not in ('duplicate', 'out_of_scope') $function$;

create function app.exercise()
 RETURNS bigint
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('app.exercise', true), '')::bigint $function$;

create function app.forget(what text, before timestamp with time zone, most integer)
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
    when 'probe_results' then
      -- What they say stays in the windows, and the last call of each in its own row.
      delete from probe_result where id in (select id from probe_result where at < before limit most * 20);
    when 'probe_windows' then
      with summed as (delete from probe_window where ctid in (select ctid from probe_window where from_at < before limit most * 20) returning 1),
        counted as (delete from switch_count where ctid in (select ctid from switch_count where from_at < before limit most * 20) returning 1),
        burst as (delete from probe_burst where id in (select id from probe_burst where opened_at < before limit most) returning 1)
      select (select count(*) from summed) + (select count(*) from counted) + (select count(*) from burst) into n;
      return n;
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

create function app.forget_mass_messages(before timestamp with time zone, most integer)
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
  delete from broadcast_recipient where id in (select r.id from broadcast_recipient r join broadcast b on b.id = r.broadcast_id
    where coalesce(b.ended_at, b.prepared_at) < before and b.state <> 'running' limit most);
  get diagnostics n = row_count;
  return n;
end $function$;

create function app.found_cases(words text, most integer, after_at timestamp with time zone DEFAULT NULL::timestamp with time zone, after_id bigint DEFAULT NULL::bigint)
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

create function app.found_incidents(words text)
 RETURNS TABLE(reference text, title text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not app.may('cases.watch') or words is null then
    return;
  end if;
  return query select i.reference, i.title from incident i
    where to_tsvector('public.permanence', app.spelt(i.reference || ' ' || coalesce(i.title, ''))) @@ to_tsquery('public.permanence', words)
      and i.exercise_id is not distinct from app.exercise()
    order by i.opened_at desc, i.id desc limit 5;
end $function$;

create function app.guard_way()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if tg_op = 'UPDATE' and (new.value <> old.value or new.kind <> old.kind or new.account_id <> old.account_id
    or not new.active) then
    new.verified_at := null;
  elsif new.verified_at is not null and (tg_op = 'INSERT' or new.verified_at is distinct from old.verified_at)
    and app.role() not in ('machine', '')
    and not (app.may('roster.keep') and new.account_id is distinct from app.account()) then
    raise exception 'a way is proved by its code, or by another' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $function$;

create function app.hand_over_shift(which bigint, taker bigint, part_from timestamp with time zone, part_to timestamp with time zone)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$;

create function app.is_open(state text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select state not in ('closed', 'duplicate', 'out_of_scope') $function$;

create function app.journal_chain()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
    -- An hour that is ten minutes away from the database's is not that of the writing: hours of facts have columns of their own. A
    -- drill has its own clock; so have the demonstration before it is shown, tests and histories, where the mark is not set.
    if new.exercise_id is null
      and new.at not between clock_timestamp() - interval '10 minutes' and clock_timestamp() + interval '10 minutes'
      and exists (select from setting where key = 'journal_hours' and value = '"held"') then
      new.at := date_trunc('milliseconds', clock_timestamp());
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
end $function$;

create function app.journal_heads()
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if app.role() is distinct from 'machine' then
    raise exception 'only a machine takes a checkpoint' using errcode = 'insufficient_privilege';
  end if;
  return (select string_agg(chain || ' ' || seq || ' ' || encode(hash, 'hex') || E'\n', '' order by chain collate "C") from journal_head);
end $function$;

create function app.journal_heads_since(since xid8, OUT moved text, OUT chains integer, OUT lines bigint, OUT seen text)
 RETURNS record
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if app.role() is distinct from 'machine' then
    raise exception 'only a machine takes a checkpoint' using errcode = 'insufficient_privilege';
  end if;
  select string_agg(h.chain || ' ' || h.seq || ' ' || encode(h.hash, 'hex') || E'\n', '')
      filter (where since is null or age(h.xmin) <= age(since::xid)),
    count(*), coalesce(sum(h.seq), 0), pg_snapshot_xmin(pg_current_snapshot())::text
    into moved, chains, lines, seen from journal_head h;
end $function$;

create function app.journal_lines(asked jsonb)
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if app.role() is distinct from 'machine' then
    raise exception 'only a machine takes a checkpoint' using errcode = 'insufficient_privilege';
  end if;
  return (select string_agg(j.chain || ' ' || j.seq || ' ' || encode(j.hash, 'hex') || E'\n', '' order by j.chain collate "C", j.seq)
    from jsonb_to_recordset(asked) as a(chain text, after integer, upto integer)
    join journal j on j.chain = a.chain and j.seq > a.after and j.seq <= a.upto);
end $function$;

create function app.keep_deadline()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.deadline_at is null then
    delete from case_deadline where case_id = new.id;
  else
    insert into case_deadline (case_id, exercise_id, at) values (new.id, new.exercise_id, new.deadline_at)
      on conflict (case_id) do update set at = excluded.at;
  end if;
  return null;
end $function$;

create function app.keep_published()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin raise exception 'a published record is corrected by its next version' using errcode = 'insufficient_privilege'; end $function$;

create function app.listener_actor(listener uuid, at timestamp with time zone)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if app.role() is distinct from 'machine' then
    raise exception 'only a machine tells a listener' using errcode = 'insufficient_privilege';
  end if;
  return (select app.account_actor(l.account_id) from ticket_listener l join api_token t on t.id = l.token_id
    where l.id = listener and t.account_id = l.account_id and t.revoked_at is null and t.expires_at > at and 'read' = any (t.scopes));
end $function$;

create function app.may(capability text)
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
    when 'supervision.keep' then app.role() in ('lead', 'director', 'admin', 'machine')
    when 'works.announce' then app.role() in ('agent', 'lead', 'director', 'admin', 'machine')
    when 'notices.read' then app.role() in ('reporter', 'agent', 'lead', 'director', 'admin', 'wall')
    when 'notices.acknowledge' then app.role() in ('reporter', 'agent', 'lead', 'director', 'admin')
    when 'notices.write' then app.role() in ('agent', 'lead', 'director', 'admin', 'machine')
    when 'instructions.read' then app.role() in ('reporter', 'agent', 'lead', 'director', 'admin')
    when 'instructions.write' then app.role() in ('agent', 'lead', 'director', 'admin', 'machine')
    when 'instructions.answer' then app.role() in ('reporter')
    when 'instructions.decide' then app.role() in ('lead', 'director', 'admin', 'machine')
    when 'fallbacks.look' then app.role() in ('agent', 'lead', 'director', 'admin')
    when 'public.open' then app.role() in ('director', 'admin')
    when 'exercises.enter' then app.role() in ('agent', 'lead', 'director', 'admin', 'machine')
    when 'exercises.run' then app.role() in ('lead', 'director', 'admin', 'machine')
    when 'reviews.read' then app.role() in ('agent', 'lead', 'director', 'admin', 'machine')
    when 'reviews.export' then app.role() in ('lead', 'director', 'admin')
    when 'operations.read' then app.role() in ('agent', 'lead', 'director', 'admin', 'machine')
    when 'operations.retry' then app.role() in ('lead', 'director', 'admin')
    when 'migration.read' then app.role() in ('reporter', 'agent', 'lead', 'director', 'admin')
    when 'migration.work' then app.role() in ('agent', 'lead', 'director', 'admin', 'machine')
    when 'migration.import' then app.role() in ('lead', 'director', 'admin', 'machine')
    when 'register.keep' then app.role() in ('lead', 'director', 'admin', 'machine')
    when 'lessons.keep' then app.role() in ('lead', 'director', 'admin', 'machine')
    when 'directory.keep' then app.role() in ('admin', 'machine')
    when 'accounts.keep' then app.role() in ('admin', 'machine')
    when 'routing.keep' then app.role() in ('admin', 'machine')
    when 'settings.keep' then app.role() in ('admin', 'machine')
    when 'forms.send' then app.role() in ('reporter', 'agent', 'lead', 'director', 'admin')
    when 'inbox.read' then app.role() in ('reporter', 'agent', 'lead', 'director', 'admin')
    when 'account.own' then app.role() in ('reporter', 'agent', 'lead', 'director', 'admin')
  end, false);
end $function$;

create function app.may_hold(account_role text, shift_role text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case shift_role
    when 'agent' then account_role in ('agent', 'lead', 'director', 'admin')
    when 'lead' then account_role in ('lead', 'director', 'admin')
    when 'director' then account_role in ('lead', 'director', 'admin')
    when 'admin' then account_role = 'admin'
    else false end
$function$;

create function app.messages_read(keys text[], at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  update outbox set
      state = case when channel = 'inbox' then 'acknowledged' else 'cancelled' end,
      acknowledged_at = case when channel = 'inbox' then at end, due_at = null
    where account_id = app.account() and dedupe_key = any (keys)
      and (channel = 'inbox' and state = 'delivered' or channel <> 'inbox' and state = 'queued')
$function$;

create function app.neighbourhood(place text, asked text[])
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

create function app.next_case_number(world text, year integer)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'pg_temp'
AS $function$
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
end $function$;

create function app.notice_acknowledged(which bigint, acknowledged timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  update crisis set first_notice_ack_at = acknowledged
    where id = (select crisis_id from notice where id = which) and first_notice_ack_at is null
      and exists (select from notice_recipient where notice_id = which and acknowledged_at = acknowledged
        and (app.may('notices.write') or (app.may('notices.acknowledge') and organisation_id = app.organisation())))
$function$;

create function app.numbers()
 RETURNS TABLE(number text, vital boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select n.number, n.vital or exists (select from exercise e where e.id = app.exercise() and n.number = any (e.numbers))
    from emergency_number n where n.exercise_id is null
  union all
  select u, true from exercise e, unnest(e.numbers) u
    where e.id = app.exercise() and not exists (select from emergency_number n where n.number = u)
$function$;

create function app.on_duty(at timestamp with time zone)
 RETURNS TABLE(account_id bigint, role text, rank smallint)
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select s.account_id, s.role, s.rank from roster_shift s join account a on a.id = s.account_id
    where s.from_at <= at and at < s.to_at and s.cancelled_at is null and a.active and app.may_hold(a.role, s.role)
    order by s.rank, s.id
$function$;

create function app.operations()
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not app.may('operations.read') then return null; end if;
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
end $function$;

create function app.organisation()
 RETURNS bigint
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('app.organisation', true), '')::bigint $function$;

create function app.organisation_renamed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update cases set organisation_id = new.id where organisation_id = new.id and app.is_open(state);
  perform graphile_worker.add_job('spell_again',
    json_build_object('organisation', new.id, 'below', (select coalesce(max(id), 0) + 1 from cases)),
    job_key => 'spell_again:' || new.id, priority => 10);
  return null;
end $function$;

create function app.prove_write()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform pg_advisory_xact_lock(hashtext('write_proof'));
  truncate write_proof;
  insert into write_proof (at) values (clock_timestamp());
end $function$;

create function app.refuse()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin raise exception 'the journal is append-only: a correction is a new line' using errcode = 'insufficient_privilege'; end $function$;

create function app.refuse_strangers()
 RETURNS void
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  -- called from a function of the owner: its own connection is the owner's
  if app.side() is null and session_user <> current_user then
    raise exception 'nobody is asking' using errcode = 'insufficient_privilege';
  end if;
end $function$;

create function app.retry_failed_jobs()
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare again jsonb;
begin
  if not app.may('operations.retry') then return null; end if;
  select coalesce(jsonb_agg(j.task_identifier order by j.task_identifier), '[]') into again
    from graphile_worker.reschedule_jobs(
      array(select id from graphile_worker.jobs where attempts >= max_attempts), now(), null, 0) r
    join graphile_worker.jobs j on j.id = r.id;
  return again;
end $function$;

create function app.role()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('app.role', true), '') $function$;

create function app.routing(at timestamp with time zone)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$;

create function app.schema_state()
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_object('last', (select max(created_at) from drizzle.__drizzle_migrations),
    'words', obj_description('app'::regnamespace, 'pg_namespace'))
$function$;

create function app.sees()
 RETURNS text[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(string_to_array(nullif(current_setting('app.sees', true), ''), ','), '{}') $function$;

create function app.session_actor(which uuid, at timestamp with time zone, limits jsonb, touch_after interval, to_set_up boolean DEFAULT false)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare held session; actor jsonb; mine jsonb;
begin
  select * into held from session where id = which and revoked_at is null and expires_at > at and (to_set_up or not confined);
  if not found then return null; end if;
  actor := app.account_actor(held.account_id);
  if actor is not null and at - held.last_seen_at >= touch_after then
    mine := limits -> (actor ->> 'role');
    update session set last_seen_at = at,
        expires_at = least(at + (mine ->> 'idle')::interval, held.created_at + (mine ->> 'longest')::interval)
      where id = which;
  end if;
  return actor;
end $function$;

create function app.sessions_ended(which uuid[], at timestamp with time zone)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select one from unnest(which) one where not exists (
    select from session s join account a on a.id = s.account_id left join organisation o on o.id = a.organisation_id
    where s.id = one and s.revoked_at is null and s.expires_at > at and a.active and coalesce(o.active, true))
$function$;

create function app.set_passphrase(who bigint, phc text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not (app.may('accounts.keep') or (app.may('account.own') and app.account() = who)) then
    raise exception 'only an administrator or oneself' using errcode = 'insufficient_privilege';
  end if;
  if phc is null then
    delete from passphrase where account_id = who;
    return;
  end if;
  insert into passphrase (account_id, hash, updated_at) values (who, phc, at)
    on conflict (account_id) do update set hash = excluded.hash, updated_at = excluded.updated_at;
end $function$;

create function app.setup(at timestamp with time zone)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select jsonb_build_object(
    'demonstration', exists (select from setting where key = 'demonstration'),
    'hotline', (select value #>> '{}' from setting where key = 'hotline_phone'),
    'hotlineCalled', (select value ->> 'number' from setting where key = 'hotline_called'),
    'teams', (select count(*) from team where active),
    'routingRules', (select count(*) from routing_rule where active),
    'shifts', (select count(*) from roster_shift where cancelled_at is null and to_at > at),
    'directors', (select count(*) from account where role = 'director' and active),
    'reachable', (select count(distinct a.id) from contact_way w join account a on a.id = w.account_id
      where w.active and a.active and a.role <> 'reporter'),
    'channels', (select coalesce(jsonb_agg(jsonb_build_object('name', substr(s.key, 9), 'failures', coalesce(p.failures, 0),
        'failedAt', p.failed_at) order by s.key), '[]')
      from setting s left join channel_proof p on p.channel = substr(s.key, 9) where s.key like 'channel.%'))
$function$;

create function app.side()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select case
    when app.role() in ('reporter') then 'reporter'
    when app.role() in ('agent', 'lead', 'director', 'admin', 'wall') then 'cell'
    when app.role() in ('machine', 'door') then 'machine'
  end
$function$;

create function app.spell_again(which bigint, below bigint)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$;

create function app.spelt(written text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    lower(unaccent('public.unaccent'::regdictionary, normalize(coalesce(written, ''), NFKC))),
    '[^a-z0-9]+', ' ', 'g'),
    '([a-z])([0-9])', '\1 \2', 'g'),
    '([0-9])([a-z])', '\1 \2', 'g'),
    '\m0+([0-9])', '\1', 'g')
$function$;

create function app.spend(spendings jsonb, at timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  one record;
  each interval;
  whole interval;
  was timestamptz;
begin
  for one in select * from jsonb_to_recordset(spendings) as given (key text, burst float8, "everyMs" float8) loop
    each := make_interval(secs => one."everyMs" / 1000);
    whole := each * one.burst;
    insert into budget as b (key, full_at) values (one.key, at + each)
      on conflict (key) do update set full_at =
        -- Beyond the whole, another clock wrote it: it is full.
        case when b.full_at > at + whole then at else greatest(b.full_at, at) end + each
      where b.full_at + each <= at + whole or b.full_at > at + whole;
    if not found then
      select full_at into was from budget where key = one.key;
      return greatest(1, ceil(extract(epoch from was + each - whole - at) * 1000))::int;
    end if;
  end loop;
  -- Now and then, what nobody has spent of for a day.
  if random() < 0.002 then
    delete from budget where full_at < at - interval '1 day';
  end if;
  return 0;
end $function$;

create function app.token_actor(token_hash text, at timestamp with time zone)
 RETURNS jsonb
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select jsonb_build_object('actor', app.account_actor(t.account_id), 'scopes', t.scopes, 'token', t.id)
  from app.token_used(token_hash, at) t where t.scopes <@ '{read,report,update}'
$function$;

create function app.token_device(token_hash text, opens text, at timestamp with time zone)
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select t.id from app.token_used(token_hash, at) t where t.scopes = array[opens] and opens in ('probe', 'telephony', 'metrics')
$function$;

create function app.words_asked(pieces jsonb)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select string_agg('(' || concat_ws(' | ', spelled, codes) || ')', ' & ' order by n) from (
    select n, (select string_agg(word || case when n = jsonb_array_length(pieces) and last then ':*' else '' end, ' & ' order by m)
        from (select word, m, m = max(m) over () as last
          from regexp_split_to_table(trim(app.spelt(piece ->> 0)), ' ') with ordinality as said (word, m)) words where word <> '') as spelled,
      (select string_agg(code, ' | ') from jsonb_array_elements_text(piece) with ordinality as given (code, k)
        where k > 1 and code ~ '^zz[a-z]+$') as codes
    from jsonb_array_elements(pieces) with ordinality as asked (piece, n)) each_piece
  where spelled is not null or codes is not null
$function$;


-- Table budget

create unlogged table budget (
  key text not null,
  full_at timestamp with time zone not null,
  constraint budget_pkey PRIMARY KEY (key)
) with (fillfactor=50);


-- Table cell_state

create table cell_state (
  id bigint generated always as identity not null,
  exercise_id bigint,
  state text not null,
  at timestamp with time zone not null,
  by_id bigint,
  by_name text not null,
  why text not null,
  told_to text[] default '{}'::text[] not null,
  constraint cell_state_pkey PRIMARY KEY (id),
  constraint cell_state_state_known CHECK (state = ANY (ARRAY['permanent_watch'::text, 'heightened_watch'::text, 'crisis'::text, 'leaving_crisis'::text, 'stand_by'::text]))
);

create index cell_state_newest ON public.cell_state USING btree (id DESC);


-- Table channel_proof

create table channel_proof (
  channel text not null,
  accepted_at timestamp with time zone,
  failed_at timestamp with time zone,
  error text,
  failures integer default 0 not null,
  constraint channel_proof_pkey PRIMARY KEY (channel)
);


-- Table clock

create table clock (
  name text not null,
  late_s integer not null,
  known_at timestamp with time zone not null,
  started_at timestamp with time zone,
  succeeded_at timestamp with time zone,
  failed_at timestamp with time zone,
  error text,
  failures integer default 0 not null,
  constraint clock_pkey PRIMARY KEY (name)
);


-- Table commune

create table commune (
  code text not null,
  name text not null,
  departement_code text not null,
  postcodes text[] not null,
  population integer default 0 not null,
  search text not null,
  constraint commune_pkey PRIMARY KEY (code)
);

create index commune_departement ON public.commune USING btree (departement_code);

create index commune_search ON public.commune USING gin (search gin_trgm_ops);


-- Table copper_closure

create table copper_closure (
  commune_code text not null,
  lot text not null,
  commercial_on date,
  technical_on date not null,
  state text not null,
  constraint copper_closure_pkey PRIMARY KEY (commune_code),
  constraint copper_closure_order CHECK (commercial_on IS NULL OR commercial_on <= technical_on),
  constraint copper_closure_state_known CHECK (state = ANY (ARRAY['planned'::text, 'announced'::text, 'closing'::text, 'closed'::text, 'suspended'::text]))
);

create index copper_closure_technical ON public.copper_closure USING btree (technical_on);


-- Table desk_baseline

create table desk_baseline (
  id bigint generated always as identity not null,
  learnt_at timestamp with time zone not null,
  from_at timestamp with time zone not null,
  reports integer not null,
  learnt jsonb not null,
  constraint desk_baseline_pkey PRIMARY KEY (id)
);


-- Table emergency_number

create table emergency_number (
  number text not null,
  label_fr text not null,
  label_en text not null,
  vital boolean not null,
  legal_alert boolean not null,
  "position" smallint not null,
  exercise_id bigint,
  constraint emergency_number_pkey PRIMARY KEY (number)
);


-- Table exercise

create table exercise (
  id bigint generated always as identity not null,
  drill_id text not null,
  title text not null,
  state text not null,
  crew text default 'people'::text not null,
  speed double precision default 1 not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  started_by_id bigint,
  result jsonb,
  numbers text[] default '{}'::text[] not null,
  attended boolean default false not null,
  file jsonb,
  file_name text,
  minute double precision,
  ticked_at timestamp with time zone,
  progress jsonb,
  set_aside_at timestamp with time zone,
  ended_by_name text,
  rings boolean default false not null,
  constraint exercise_pkey PRIMARY KEY (id),
  constraint exercise_crew_known CHECK (crew = ANY (ARRAY['none'::text, 'standard'::text, 'people'::text])),
  constraint exercise_state_known CHECK (state = ANY (ARRAY['running'::text, 'set_aside'::text, 'stopped'::text, 'finished'::text]))
);


-- Table handover

create table handover (
  id bigint generated always as identity not null,
  exercise_id bigint,
  version integer default 1 not null,
  outgoing_id bigint not null,
  outgoing_name text not null,
  incoming_id bigint,
  incoming_name text,
  generated_at timestamp with time zone not null,
  content jsonb not null,
  suspected text,
  outgoing_signed_at timestamp with time zone,
  incoming_signed_at timestamp with time zone,
  constraint handover_pkey PRIMARY KEY (id)
);


-- Table inbound_mail

create table inbound_mail (
  id bigint generated always as identity not null,
  message_id text not null,
  at timestamp with time zone not null,
  fate text not null,
  case_id bigint,
  from_address text,
  subject text,
  reason text,
  bytes integer not null,
  incident_id bigint,
  constraint inbound_mail_pkey PRIMARY KEY (id),
  constraint inbound_mail_fate_known CHECK (fate = ANY (ARRAY['landed'::text, 'quarantined'::text, 'bounce'::text, 'automatic'::text, 'unknown'::text]))
);

create index inbound_mail_at ON public.inbound_mail USING btree (at);

create unique index inbound_mail_once ON public.inbound_mail USING btree (message_id);


-- Table incident

create table incident (
  id bigint generated always as identity not null,
  reference text not null,
  exercise_id bigint,
  version integer default 1 not null,
  state text not null,
  level smallint not null,
  title text,
  opened_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  restored_at timestamp with time zone,
  residual_at timestamp with time zone,
  closed_at timestamp with time zone,
  cause text,
  residuals_listed bigint[] default '{}'::bigint[] not null,
  merged_into_id bigint,
  named_at timestamp with time zone,
  constraint incident_pkey PRIMARY KEY (id),
  constraint incident_cause_known CHECK (cause = ANY (ARRAY['operator_core'::text, 'interconnection'::text, 'routing_table'::text, 'access'::text, 'customer_site'::text, 'calling_operator'::text, 'radio'::text, 'location_platform'::text, 'third_party_transport'::text, 'power_climate'::text, 'saturation'::text, 'forgotten_reroute'::text, 'announced_works'::text, 'security_incident'::text, 'exercise'::text, 'not_reproduced'::text, 'no_fault'::text])),
  constraint incident_level_known CHECK (level = ANY (ARRAY[1, 2, 3, 4])),
  constraint incident_state_known CHECK (state = ANY (ARRAY['suspected'::text, 'confirmed'::text, 'restored'::text, 'residual'::text, 'closed'::text]))
);

create index incident_merged ON public.incident USING btree (merged_into_id) WHERE (merged_into_id IS NOT NULL);

create index incident_open ON public.incident USING btree (opened_at) WHERE (state <> 'closed'::text);

create unique index incident_reference ON public.incident USING btree (reference);

create index incident_words ON public.incident USING gin (to_tsvector('permanence'::regconfig, app.spelt(((reference || ' '::text) || COALESCE(title, ''::text)))));


-- Table journal

create table journal (
  id bigint generated always as identity not null,
  chain text not null,
  seq integer not null,
  exercise_id bigint,
  case_id bigint,
  incident_id bigint,
  at timestamp with time zone not null,
  heard_at timestamp with time zone,
  fact_at timestamp with time zone,
  actor_id bigint,
  actor_name text not null,
  actor_side text not null,
  event text not null,
  visibility text not null,
  certainty text,
  text text,
  data jsonb not null,
  prev_hash bytea not null,
  hash bytea not null,
  constraint journal_pkey PRIMARY KEY (id),
  constraint journal_actor_side_known CHECK (actor_side = ANY (ARRAY['reporter'::text, 'cell'::text, 'machine'::text])),
  constraint journal_certainty_known CHECK (certainty = ANY (ARRAY['observed'::text, 'reported'::text, 'supposed'::text])),
  constraint journal_visibility_known CHECK (visibility = ANY (ARRAY['public'::text, 'internal'::text]))
);

create index journal_acknowledged ON public.journal USING btree ((((data ->> 'noticeId'::text))::bigint)) WHERE (event = 'notice.acknowledged'::text);

create index journal_actor ON public.journal USING btree (actor_id, id) WHERE (actor_id IS NOT NULL);

create index journal_at ON public.journal USING btree (at);

create index journal_case ON public.journal USING btree (case_id, id) WHERE (case_id IS NOT NULL);

create unique index journal_chain_seq ON public.journal USING btree (chain, seq);

create index journal_forgotten ON public.journal USING btree (at) WHERE (event = 'account.passphrase_forgotten'::text);

create index journal_incident ON public.journal USING btree (incident_id, id) WHERE (incident_id IS NOT NULL);

create index journal_level ON public.journal USING btree (chain) WHERE (event = 'incident.level_changed'::text);

create index journal_unreached ON public.journal USING btree (at) WHERE (event = ANY (ARRAY['cell.unreached'::text, 'cell.called'::text]));

create index journal_words ON public.journal USING gin (to_tsvector('permanence'::regconfig, app.spelt(text))) WHERE ((case_id IS NOT NULL) AND (text IS NOT NULL));


-- Table journal_head

create table journal_head (
  chain text not null,
  seq integer not null,
  hash bytea not null,
  constraint journal_head_pkey PRIMARY KEY (chain)
) with (fillfactor=80);


-- Table lesson

create table lesson (
  id bigint generated always as identity not null,
  recommendation text not null,
  incident_reference text,
  record_id text,
  owner_name text not null,
  due_on date not null,
  state text default 'open'::text not null,
  proof text,
  drill_id text,
  exercise_id bigint,
  proved_at timestamp with time zone,
  closed_at timestamp with time zone,
  closed_by_name text,
  overdue_told_at timestamp with time zone,
  created_at timestamp with time zone not null,
  by_name text not null,
  version integer default 1 not null,
  constraint lesson_pkey PRIMARY KEY (id),
  constraint lesson_state_known CHECK (state = ANY (ARRAY['open'::text, 'proved'::text, 'closed'::text]))
);

create index lesson_due ON public.lesson USING btree (due_on) WHERE (state <> 'closed'::text);


-- Table organisation

create table organisation (
  id bigint generated always as identity not null,
  kind text not null,
  name text not null,
  territory_code text not null,
  sees text[] default '{}'::text[] not null,
  active boolean default true not null,
  search text not null,
  exercise_id bigint,
  created_at timestamp with time zone default now() not null,
  strong_sign_in boolean default false not null,
  constraint organisation_pkey PRIMARY KEY (id),
  constraint organisation_kind_known CHECK (kind = ANY (ARRAY['samu'::text, 'sdis'::text, 'bspp_bmpm'::text, 'cetra'::text, 'police'::text, 'gendarmerie'::text, 'cnr114'::text, 'siao115'::text, 'cross'::text, 'hospital'::text, 'mairie'::text, 'prefecture'::text, 'prefecture_police'::text, 'coz'::text, 'ars'::text, 'cogic'::text, 'corruss'::text, 'cced'::text, 'anssi'::text, 'ministry'::text, 'operator'::text, 'federation'::text, 'cell'::text, 'other'::text]))
);

create unique index organisation_name ON public.organisation USING btree (name, COALESCE(exercise_id, (0)::bigint));

create index organisation_search ON public.organisation USING gin (search gin_trgm_ops);

create index organisation_territory ON public.organisation USING btree (territory_code);


-- Table pilot_phone

create table pilot_phone (
  id bigint generated always as identity not null,
  phone text not null,
  network text not null,
  holder text not null,
  constraint pilot_phone_pkey PRIMARY KEY (id)
);

create unique index pilot_phone_once ON public.pilot_phone USING btree (phone);


-- Table probe

create table probe (
  id bigint generated always as identity not null,
  name text not null,
  territory_code text not null,
  operator text not null,
  technology text not null,
  active boolean default true not null,
  created_at timestamp with time zone not null,
  heard_at timestamp with time zone,
  trouble text,
  constraint probe_pkey PRIMARY KEY (id),
  constraint probe_technology_known CHECK (technology = ANY (ARRAY['copper'::text, 'box'::text, 'volte'::text, '3g'::text, '2g'::text, 'trunk'::text, 'satellite'::text, 'unknown'::text]))
);

create unique index probe_name ON public.probe USING btree (name);


-- Table probe_last

create table probe_last (
  probe_id bigint not null,
  territory_code text not null,
  number text not null,
  at timestamp with time zone not null,
  verdict text not null,
  passed_at timestamp with time zone,
  constraint probe_last_pkey PRIMARY KEY (territory_code, number, probe_id)
);


-- Table probe_watch

create table probe_watch (
  id smallint not null,
  read_to bigint not null,
  memory jsonb not null,
  usual jsonb not null,
  learnt_at timestamp with time zone,
  stopped_at timestamp with time zone,
  stopped_by_name text,
  constraint probe_watch_pkey PRIMARY KEY (id)
);


-- Table probe_window

create table probe_window (
  territory_code text not null,
  number text not null,
  probe_id bigint not null,
  from_at timestamp with time zone not null,
  tried integer not null,
  answered integer not null,
  reached integer not null,
  delay_ms_sum bigint not null,
  delays integer not null,
  constraint probe_window_pkey PRIMARY KEY (territory_code, number, probe_id, from_at)
);

create index probe_window_failed ON public.probe_window USING btree (probe_id, from_at) WHERE (tried > (answered + reached));

create index probe_window_newest ON public.probe_window USING btree (from_at);

create index probe_window_probe ON public.probe_window USING btree (probe_id, from_at);


-- Table register_neighbour

create table register_neighbour (
  id bigint generated always as identity not null,
  name text not null,
  public_key text not null,
  pull_address text,
  pull_key_hash text,
  pulled_at timestamp with time zone,
  pull_fault text,
  active boolean default true not null,
  constraint register_neighbour_pkey PRIMARY KEY (id)
);

create unique index register_neighbour_key ON public.register_neighbour USING btree (public_key);

create unique index register_neighbour_name ON public.register_neighbour USING btree (name);


-- Table register_record

create table register_record (
  id bigint generated always as identity not null,
  record_id text not null,
  version integer not null,
  state text not null,
  origin text not null,
  tlp text not null,
  author_name text,
  author_key text,
  anonymised text[] default '{}'::text[] not null,
  loss jsonb not null,
  envelope text,
  incident_reference text,
  by_name text not null,
  created_at timestamp with time zone not null,
  published_at timestamp with time zone,
  edits integer default 1 not null,
  constraint register_record_pkey PRIMARY KEY (id),
  constraint register_record_origin_known CHECK (origin = ANY (ARRAY['own'::text, 'received'::text])),
  constraint register_record_state_known CHECK (state = ANY (ARRAY['draft'::text, 'published'::text])),
  constraint register_record_tlp_known CHECK (tlp = ANY (ARRAY['TLP:CLEAR'::text, 'TLP:GREEN'::text, 'TLP:AMBER'::text, 'TLP:AMBER+STRICT'::text, 'TLP:RED'::text]))
);

create unique index register_record_draft ON public.register_record USING btree (record_id) WHERE (state = 'draft'::text);

create unique index register_record_version ON public.register_record USING btree (record_id, version);


-- Table setting

create table setting (
  key text not null,
  value jsonb not null,
  constraint setting_pkey PRIMARY KEY (key)
);


-- Table sign_in_count

create table sign_in_count (
  hour timestamp with time zone not null,
  outcome text not null,
  times integer not null,
  constraint sign_in_count_pkey PRIMARY KEY (hour, outcome)
);


-- Table sign_in_throttle

create table sign_in_throttle (
  key text not null,
  failures integer not null,
  last_failure_at timestamp with time zone not null,
  constraint sign_in_throttle_pkey PRIMARY KEY (key)
);


-- Table spent_challenge

create table spent_challenge (
  mark text not null,
  until timestamp with time zone not null,
  constraint spent_challenge_pkey PRIMARY KEY (mark)
);


-- Table switch_count

create table switch_count (
  source text not null,
  territory_code text not null,
  number text not null,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone not null,
  attempts integer not null,
  seizures integer not null,
  answers integer not null,
  busy integer not null,
  no_answer integer not null,
  rejected integer not null,
  heard_at timestamp with time zone not null,
  constraint switch_count_pkey PRIMARY KEY (territory_code, number, source, from_at)
);

create index switch_count_newest ON public.switch_count USING btree (from_at DESC NULLS LAST);


-- Table team

create table team (
  id bigint generated always as identity not null,
  name text not null,
  general boolean default false not null,
  active boolean default true not null,
  constraint team_pkey PRIMARY KEY (id)
);

create unique index team_name ON public.team USING btree (name);


-- Table territory

create table territory (
  code text not null,
  kind text not null,
  name text not null,
  region_code text,
  zone_code text,
  time_zone text default 'Europe/Paris'::text not null,
  exercise_id bigint,
  constraint territory_pkey PRIMARY KEY (code),
  constraint territory_kind_known CHECK (kind = ANY (ARRAY['country'::text, 'zone'::text, 'region'::text, 'departement'::text]))
);


-- Table threshold

create table threshold (
  key text not null,
  value double precision not null,
  changed_at timestamp with time zone not null,
  changed_by_id bigint,
  constraint threshold_pkey PRIMARY KEY (key)
);


-- Table unbound_identity

create table unbound_identity (
  issuer text not null,
  subject text not null,
  name text not null,
  email text not null,
  siret text not null,
  last_at timestamp with time zone not null,
  constraint unbound_identity_pkey PRIMARY KEY (issuer, subject)
);


-- Table worker_heartbeat

create table worker_heartbeat (
  name text not null,
  at timestamp with time zone not null,
  constraint worker_heartbeat_pkey PRIMARY KEY (name)
);


-- Table works

create table works (
  id bigint generated always as identity not null,
  reference text not null,
  operator text not null,
  title text not null,
  territories text[] not null,
  numbers text[] default '{}'::text[] not null,
  network text,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone not null,
  contact text,
  way_back text,
  announced_at timestamp with time zone not null,
  announced_by_name text not null,
  cancelled_at timestamp with time zone,
  constraint works_pkey PRIMARY KEY (id)
);

create index works_hours ON public.works USING btree (from_at, to_at);

create unique index works_once ON public.works USING btree (operator, reference);


-- Table write_proof

create table write_proof (
  at timestamp with time zone not null
);


-- Table fallback

create table fallback (
  id bigint generated always as identity not null,
  exercise_id bigint,
  version integer default 1 not null,
  state text default 'planned'::text not null,
  covers text not null,
  territory_code text not null,
  organisation_id bigint not null,
  incident_id bigint,
  capacity integer not null,
  reroute boolean default false not null,
  reroute_out_at timestamp with time zone,
  probed boolean default false not null,
  planned_at timestamp with time zone not null,
  opened_at timestamp with time zone,
  opened_by_name text,
  ends_at timestamp with time zone,
  published_where text,
  published_by_name text,
  published_at timestamp with time zone,
  announced_at timestamp with time zone,
  reminded_at timestamp with time zone,
  closed_at timestamp with time zone,
  closed_by_name text,
  constraint fallback_pkey PRIMARY KEY (id),
  constraint fallback_incident_id_incident_id_fk FOREIGN KEY (incident_id) REFERENCES incident(id),
  constraint fallback_organisation_id_organisation_id_fk FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint fallback_capacity CHECK (capacity >= 1 AND capacity <= 10000),
  constraint fallback_state_known CHECK (state = ANY (ARRAY['planned'::text, 'open'::text, 'closed'::text]))
);

create index fallback_open ON public.fallback USING btree (ends_at) WHERE (state = 'open'::text);

create index fallback_place ON public.fallback USING btree (territory_code, covers);


-- Table incident_told

create table incident_told (
  id bigint generated always as identity not null,
  exercise_id bigint,
  incident_id bigint not null,
  organisation_id bigint not null,
  at timestamp with time zone not null,
  by_name text not null,
  how text not null,
  constraint incident_told_pkey PRIMARY KEY (id),
  constraint incident_told_incident_id_incident_id_fk FOREIGN KEY (incident_id) REFERENCES incident(id),
  constraint incident_told_organisation_id_organisation_id_fk FOREIGN KEY (organisation_id) REFERENCES organisation(id)
);

create index incident_told_of ON public.incident_told USING btree (incident_id);


-- Table instruction

create table instruction (
  id bigint generated always as identity not null,
  exercise_id bigint,
  version integer default 1 not null,
  number integer not null,
  state text default 'draft'::text not null,
  incident_id bigint,
  failing text not null,
  callers text not null,
  operator text,
  territory_code text not null,
  slots jsonb not null,
  all_clear text not null,
  ends_at timestamp with time zone not null,
  text_version integer default 1 not null,
  drafted_at timestamp with time zone not null,
  drafted_by_id bigint,
  drafted_by_name text not null,
  in_force_at timestamp with time zone,
  in_force_by_name text,
  replaces_id bigint,
  ended_at timestamp with time zone,
  ended_by_name text,
  end_reason text,
  reminded_at timestamp with time zone,
  constraint instruction_pkey PRIMARY KEY (id),
  constraint instruction_incident_id_incident_id_fk FOREIGN KEY (incident_id) REFERENCES incident(id),
  constraint instruction_callers_known CHECK (callers = ANY (ARRAY['any'::text, 'fixed'::text, 'mobile'::text])),
  constraint instruction_ends CHECK (ends_at > drafted_at),
  constraint instruction_state_known CHECK (state = ANY (ARRAY['draft'::text, 'in_force'::text, 'ended'::text, 'withdrawn'::text]))
);

create unique index instruction_in_force ON public.instruction USING btree (COALESCE(exercise_id, (0)::bigint), failing, callers, COALESCE(operator, ''::text), territory_code) WHERE (state = 'in_force'::text);

create index instruction_newest ON public.instruction USING btree (id DESC);

create unique index instruction_number ON public.instruction USING btree (COALESCE(exercise_id, (0)::bigint), number);


-- Table post

create table post (
  id bigint generated always as identity not null,
  organisation_id bigint not null,
  name text not null,
  active boolean default true not null,
  constraint post_pkey PRIMARY KEY (id),
  constraint post_organisation_id_organisation_id_fk FOREIGN KEY (organisation_id) REFERENCES organisation(id)
);

create unique index post_name ON public.post USING btree (organisation_id, name);


-- Table probe_result

create table probe_result (
  id bigint generated always as identity not null,
  probe_id bigint not null,
  key text not null,
  agreement_id bigint not null,
  number text not null,
  territory_code text not null,
  burst_id bigint,
  at timestamp with time zone not null,
  verdict text not null,
  sip smallint,
  cause smallint,
  delay_ms integer,
  talk_ms integer,
  constraint probe_result_pkey PRIMARY KEY (id),
  constraint probe_result_probe_id_probe_id_fk FOREIGN KEY (probe_id) REFERENCES probe(id),
  constraint probe_result_verdict_known CHECK (verdict = ANY (ARRAY['answered'::text, 'reached'::text, 'failed'::text, 'not_placed'::text]))
);

create index probe_result_at ON public.probe_result USING btree (at);

create index probe_result_burst ON public.probe_result USING btree (burst_id) WHERE (burst_id IS NOT NULL);

create unique index probe_result_once ON public.probe_result USING btree (probe_id, key);


-- Table proposal

create table proposal (
  id bigint generated always as identity not null,
  key text not null,
  exercise_id bigint,
  version integer default 1 not null,
  rule text not null,
  level text not null,
  state text default 'open'::text not null,
  fired_at timestamp with time zone not null,
  group_start timestamp with time zone not null,
  made_at timestamp with time zone not null,
  case_ids bigint[] not null,
  reason jsonb not null,
  incident_id bigint,
  decided_at timestamp with time zone,
  decided_by_id bigint,
  decided_by_name text,
  decision_reason text,
  reopened_at timestamp with time zone,
  outside_cause text,
  sure_at timestamp with time zone,
  episode jsonb,
  constraint proposal_pkey PRIMARY KEY (id),
  constraint proposal_incident_id_incident_id_fk FOREIGN KEY (incident_id) REFERENCES incident(id),
  constraint proposal_level_known CHECK (level = ANY (ARRAY['check'::text, 'N3'::text, 'crisis'::text])),
  constraint proposal_outside_cause_known CHECK (outside_cause = ANY (ARRAY['power'::text, 'weather'::text, 'third_party'::text])),
  constraint proposal_state_known CHECK (state = ANY (ARRAY['open'::text, 'accepted'::text, 'declined'::text, 'watched'::text, 'lapsed'::text]))
);

create unique index proposal_once ON public.proposal USING btree (key, COALESCE(exercise_id, (0)::bigint));

create index proposal_open ON public.proposal USING btree (fired_at) WHERE (state = 'open'::text);


-- Table public_page

create table public_page (
  id bigint generated always as identity not null,
  exercise_id bigint,
  incident_id bigint not null,
  reference text not null,
  director_at timestamp with time zone,
  director_by_name text,
  authority_at timestamp with time zone,
  authority_by_name text,
  authority_organisation_id bigint,
  off_at timestamp with time zone,
  off_by_name text,
  constraint public_page_pkey PRIMARY KEY (id),
  constraint public_page_authority_organisation_id_organisation_id_fk FOREIGN KEY (authority_organisation_id) REFERENCES organisation(id),
  constraint public_page_incident_id_incident_id_fk FOREIGN KEY (incident_id) REFERENCES incident(id)
);

create unique index public_page_once ON public.public_page USING btree (incident_id);


-- Table routing_rule

create table routing_rule (
  id bigint generated always as identity not null,
  "position" smallint not null,
  name text not null,
  territories text[] default '{}'::text[] not null,
  numbers text[] default '{}'::text[] not null,
  levels smallint[] default '{}'::smallint[] not null,
  reporter_kinds text[] default '{}'::text[] not null,
  team_id bigint not null,
  assignee_order bigint[] default '{}'::bigint[] not null,
  active boolean default true not null,
  constraint routing_rule_pkey PRIMARY KEY (id),
  constraint routing_rule_team_id_team_id_fk FOREIGN KEY (team_id) REFERENCES team(id)
);


-- Table site

create table site (
  id bigint generated always as identity not null,
  organisation_id bigint not null,
  name text not null,
  territory_code text not null,
  commune_code text,
  access text default 'unknown'::text not null,
  operator text,
  numbers text[] default '{}'::text[] not null,
  active boolean default true not null,
  constraint site_pkey PRIMARY KEY (id),
  constraint site_organisation_id_organisation_id_fk FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint site_access_known CHECK (access = ANY (ARRAY['rtc'::text, 'sip'::text, 'mixed'::text, 'unknown'::text]))
);

create unique index site_name ON public.site USING btree (organisation_id, name);


-- Table statement

create table statement (
  id bigint generated always as identity not null,
  exercise_id bigint,
  version integer default 1 not null,
  incident_id bigint not null,
  audience text not null,
  territory_code text not null,
  text text not null,
  next_at timestamp with time zone not null,
  embargo_until timestamp with time zone,
  state text default 'draft'::text not null,
  drafted_at timestamp with time zone not null,
  drafted_by_id bigint,
  drafted_by_name text not null,
  approved_at timestamp with time zone,
  approved_by_id bigint,
  approved_by_name text,
  approved_for bigint,
  reminded_at timestamp with time zone,
  constraint statement_pkey PRIMARY KEY (id),
  constraint statement_approved_for_organisation_id_fk FOREIGN KEY (approved_for) REFERENCES organisation(id),
  constraint statement_incident_id_incident_id_fk FOREIGN KEY (incident_id) REFERENCES incident(id),
  constraint statement_audience_known CHECK (audience = ANY (ARRAY['public'::text, 'media'::text])),
  constraint statement_state_known CHECK (state = ANY (ARRAY['draft'::text, 'approved'::text, 'withdrawn'::text]))
);

create index statement_incident ON public.statement USING btree (incident_id, id DESC);


-- Table test_agreement

create table test_agreement (
  id bigint generated always as identity not null,
  organisation_id bigint not null,
  number text not null,
  territory_code text not null,
  destination text not null,
  emergency_itself boolean default false not null,
  agreed_by text not null,
  agreed_on date not null,
  written_as text,
  until date,
  from_hour smallint default 0 not null,
  to_hour smallint default 0 not null,
  contact text not null,
  most_per_hour smallint not null,
  ended_at timestamp with time zone,
  ended_by_name text,
  created_at timestamp with time zone not null,
  created_by_name text not null,
  constraint test_agreement_pkey PRIMARY KEY (id),
  constraint test_agreement_organisation_id_organisation_id_fk FOREIGN KEY (organisation_id) REFERENCES organisation(id)
);

create index test_agreement_place ON public.test_agreement USING btree (territory_code, number) WHERE (ended_at IS NULL);


-- Table account

create table account (
  id bigint generated always as identity not null,
  email text not null,
  name text not null,
  role text not null,
  organisation_id bigint,
  post_id bigint,
  locale text default 'fr'::text not null,
  active boolean default true not null,
  created_at timestamp with time zone default now() not null,
  phone text,
  constraint account_pkey PRIMARY KEY (id),
  constraint account_organisation_id_organisation_id_fk FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint account_post_id_post_id_fk FOREIGN KEY (post_id) REFERENCES post(id),
  constraint account_locale_known CHECK (locale = ANY (ARRAY['fr'::text, 'en'::text])),
  constraint account_role_known CHECK (role = ANY (ARRAY['reporter'::text, 'agent'::text, 'lead'::text, 'director'::text, 'admin'::text, 'wall'::text]))
);

create unique index account_email ON public.account USING btree (email);

create index account_organisation ON public.account USING btree (organisation_id);


-- Table broadcast

create table broadcast (
  id bigint generated always as identity not null,
  exercise_id bigint,
  version integer default 1 not null,
  instruction_id bigint not null,
  state text default 'prepared'::text not null,
  text text not null,
  segments integer not null,
  part_price integer not null,
  purpose text not null,
  left_out jsonb not null,
  prepared_at timestamp with time zone not null,
  prepared_by_id bigint not null,
  prepared_by_name text not null,
  confirmed_at timestamp with time zone,
  confirmed_by_id bigint,
  confirmed_by_name text,
  wave text,
  wave_at timestamp with time zone,
  stopped_at timestamp with time zone,
  stopped_by_name text,
  stop_reason text,
  ended_at timestamp with time zone,
  constraint broadcast_pkey PRIMARY KEY (id),
  constraint broadcast_instruction_id_instruction_id_fk FOREIGN KEY (instruction_id) REFERENCES instruction(id),
  constraint broadcast_second_person CHECK (confirmed_by_id <> prepared_by_id),
  constraint broadcast_state_known CHECK (state = ANY (ARRAY['prepared'::text, 'running'::text, 'stopped'::text, 'done'::text])),
  constraint broadcast_wave_known CHECK (wave = ANY (ARRAY['pilot'::text, 'one'::text, 'ten'::text, 'all'::text]))
);

create index broadcast_running ON public.broadcast USING btree (id) WHERE (state = 'running'::text);


-- Table contact

create table contact (
  id bigint generated always as identity not null,
  organisation_id bigint not null,
  post_id bigint,
  name text not null,
  phone text,
  email text,
  call_back boolean default false not null,
  active boolean default true not null,
  search text not null,
  bounced_at timestamp with time zone,
  constraint contact_pkey PRIMARY KEY (id),
  constraint contact_organisation_id_organisation_id_fk FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint contact_post_id_post_id_fk FOREIGN KEY (post_id) REFERENCES post(id)
);

create index contact_organisation ON public.contact USING btree (organisation_id);

create index contact_phone ON public.contact USING btree (phone) WHERE active;

create index contact_search ON public.contact USING gin (search gin_trgm_ops);


-- Table crisis

create table crisis (
  id bigint generated always as identity not null,
  exercise_id bigint,
  version integer default 1 not null,
  proposal_id bigint not null,
  incident_id bigint,
  first_report_at timestamp with time zone not null,
  second_site_at timestamp with time zone,
  proposed_at timestamp with time zone not null,
  first_call_at timestamp with time zone,
  first_answer_at timestamp with time zone,
  decided_at timestamp with time zone,
  activated_at timestamp with time zone,
  activated_by text,
  activated_by_id bigint,
  activated_by_name text,
  first_notice_at timestamp with time zone,
  first_notice_ack_at timestamp with time zone,
  declined_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint crisis_pkey PRIMARY KEY (id),
  constraint crisis_incident_id_incident_id_fk FOREIGN KEY (incident_id) REFERENCES incident(id),
  constraint crisis_proposal_id_proposal_id_fk FOREIGN KEY (proposal_id) REFERENCES proposal(id),
  constraint crisis_activated_by_known CHECK (activated_by = ANY (ARRAY['person'::text, 'silence'::text]))
);

create unique index crisis_running ON public.crisis USING btree (COALESCE(exercise_id, (0)::bigint)) WHERE (ended_at IS NULL);


-- Table fallback_line

create table fallback_line (
  fallback_id bigint not null,
  exercise_id bigint,
  phone text not null,
  constraint fallback_line_pkey PRIMARY KEY (fallback_id),
  constraint fallback_line_fallback_id_fallback_id_fk FOREIGN KEY (fallback_id) REFERENCES fallback(id) ON DELETE CASCADE
);


-- Table fallback_test

create table fallback_test (
  id bigint generated always as identity not null,
  exercise_id bigint,
  fallback_id bigint not null,
  network text not null,
  passed integer not null,
  tried integer not null,
  at timestamp with time zone not null,
  by_name text not null,
  constraint fallback_test_pkey PRIMARY KEY (id),
  constraint fallback_test_fallback_id_fallback_id_fk FOREIGN KEY (fallback_id) REFERENCES fallback(id),
  constraint fallback_test_counts CHECK (passed >= 0 AND passed <= tried AND tried > 0)
);

create index fallback_test_of ON public.fallback_test USING btree (fallback_id);


-- Table instruction_asked

create table instruction_asked (
  id bigint generated always as identity not null,
  exercise_id bigint,
  instruction_id bigint not null,
  text_version integer not null,
  organisation_id bigint not null,
  part text not null,
  asked_at timestamp with time zone not null,
  deadline_at timestamp with time zone not null,
  acknowledged_at timestamp with time zone,
  acknowledged_by_name text,
  answer text,
  answered_at timestamp with time zone,
  answered_by_name text,
  reason text,
  call_due_at timestamp with time zone,
  called_at timestamp with time zone,
  called_by_name text,
  call_result text,
  constraint instruction_asked_pkey PRIMARY KEY (id),
  constraint instruction_asked_instruction_id_instruction_id_fk FOREIGN KEY (instruction_id) REFERENCES instruction(id),
  constraint instruction_asked_organisation_id_organisation_id_fk FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint instruction_asked_answer_known CHECK (answer = ANY (ARRAY['agreed'::text, 'refused'::text])),
  constraint instruction_asked_part_known CHECK (part = ANY (ARRAY['actor'::text, 'authority'::text]))
);

create unique index instruction_asked_once ON public.instruction_asked USING btree (instruction_id, text_version, organisation_id, part);

create index instruction_asked_organisation ON public.instruction_asked USING btree (organisation_id, id DESC);

create index instruction_asked_waiting ON public.instruction_asked USING btree (deadline_at) WHERE ((answered_at IS NULL) AND (call_due_at IS NULL));


-- Table instruction_test

create table instruction_test (
  id bigint generated always as identity not null,
  exercise_id bigint,
  instruction_id bigint not null,
  text_version integer not null,
  network text not null,
  passed integer not null,
  tried integer not null,
  at timestamp with time zone not null,
  by_name text not null,
  constraint instruction_test_pkey PRIMARY KEY (id),
  constraint instruction_test_instruction_id_instruction_id_fk FOREIGN KEY (instruction_id) REFERENCES instruction(id),
  constraint instruction_test_counts CHECK (passed >= 0 AND passed <= tried AND tried > 0)
);

create index instruction_test_of ON public.instruction_test USING btree (instruction_id);


-- Table move

create table move (
  site_id bigint not null,
  target text not null,
  target_on date,
  owner_name text not null,
  opened_at timestamp with time zone not null,
  next_contact_at timestamp with time zone,
  promise_missed_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint move_pkey PRIMARY KEY (site_id),
  constraint move_site_id_site_id_fk FOREIGN KEY (site_id) REFERENCES site(id),
  constraint move_promised CHECK (ended_at IS NOT NULL OR next_contact_at IS NOT NULL)
);

create index move_due ON public.move USING btree (next_contact_at) WHERE ((ended_at IS NULL) AND (promise_missed_at IS NULL));


-- Table move_blocker

create table move_blocker (
  id bigint generated always as identity not null,
  site_id bigint not null,
  what text not null,
  waits_for text,
  since timestamp with time zone not null,
  lifted_at timestamp with time zone,
  constraint move_blocker_pkey PRIMARY KEY (id),
  constraint move_blocker_site_id_site_id_fk FOREIGN KEY (site_id) REFERENCES site(id)
);

create index move_blocker_site ON public.move_blocker USING btree (site_id);


-- Table move_step

create table move_step (
  id bigint generated always as identity not null,
  site_id bigint not null,
  kind text not null,
  state text default 'planned'::text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  owner_name text not null,
  way_back text,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  outcome text,
  case_reference text,
  version integer default 1 not null,
  constraint move_step_pkey PRIMARY KEY (id),
  constraint move_step_site_id_site_id_fk FOREIGN KEY (site_id) REFERENCES site(id),
  constraint move_step_kind_known CHECK (kind = ANY (ARRAY['study'::text, 'order'::text, 'second_access'::text, 'number_tests'::text, 'cut_over'::text, 'watch'::text, 'removal'::text])),
  constraint move_step_order CHECK (ends_at > starts_at),
  constraint move_step_state_known CHECK (state = ANY (ARRAY['planned'::text, 'under_way'::text, 'done'::text, 'failed'::text, 'cancelled'::text]))
);

create index move_step_site ON public.move_step USING btree (site_id, starts_at);


-- Table notice_subscription

create table notice_subscription (
  post_id bigint not null,
  from_level smallint not null,
  territories text[] not null,
  numbers text[] not null,
  channels text[] not null,
  at timestamp with time zone not null,
  by_name text not null,
  constraint notice_subscription_pkey PRIMARY KEY (post_id),
  constraint notice_subscription_post_id_post_id_fk FOREIGN KEY (post_id) REFERENCES post(id),
  constraint notice_subscription_channels_known CHECK (channels <@ ARRAY['mail'::text, 'sms'::text, 'voice'::text]),
  constraint notice_subscription_from_level_known CHECK (from_level >= 1 AND from_level <= 4)
);


-- Table probe_burst

create table probe_burst (
  id bigint generated always as identity not null,
  agreement_id bigint not null,
  number text not null,
  territory_code text not null,
  cause text not null,
  case_id bigint,
  probe_ids bigint[] not null,
  calls smallint not null,
  opened_at timestamp with time zone not null,
  state text default 'open'::text not null,
  decided_at timestamp with time zone,
  tried smallint,
  passed smallint,
  constraint probe_burst_pkey PRIMARY KEY (id),
  constraint probe_burst_agreement_id_test_agreement_id_fk FOREIGN KEY (agreement_id) REFERENCES test_agreement(id),
  constraint probe_burst_cause_known CHECK (cause = ANY (ARRAY['probe'::text, 'report'::text])),
  constraint probe_burst_state_known CHECK (state = ANY (ARRAY['open'::text, 'confirmed'::text, 'cleared'::text, 'unanswered'::text]))
);

create index probe_burst_case ON public.probe_burst USING btree (case_id) WHERE (case_id IS NOT NULL);

create index probe_burst_open ON public.probe_burst USING btree (opened_at) WHERE (state = 'open'::text);

create index probe_burst_place ON public.probe_burst USING btree (territory_code, number, opened_at DESC NULLS LAST);


-- Table site_check

create table site_check (
  site_id bigint not null,
  item text not null,
  answer text not null,
  proof text,
  proved_on date,
  by_name text not null,
  at timestamp with time zone not null,
  constraint site_check_site_id_item_pk PRIMARY KEY (site_id, item),
  constraint site_check_site_id_site_id_fk FOREIGN KEY (site_id) REFERENCES site(id),
  constraint site_check_answer_known CHECK (answer = ANY (ARRAY['yes'::text, 'no'::text, 'unknown'::text])),
  constraint site_check_item_known CHECK (item = ANY (ARRAY['two_accesses'::text, 'two_operators'::text, 'two_paths'::text, 'take_over_tested'::text, 'batteries'::text, 'rerouted_from_outside'::text, 'fallback_capacity'::text, 'phone_outside'::text, 'neighbour_agreed'::text, 'call_data_checked'::text, 'hidden_lines_found'::text, 'maintainer_on_call'::text]))
);


-- Table site_line

create table site_line (
  id bigint generated always as identity not null,
  site_id bigint not null,
  kind text not null,
  stage text not null,
  operator text,
  path text,
  exchange text,
  channels integer,
  power text default 'unknown'::text not null,
  contract text,
  ends_on date,
  last_test_at timestamp with time zone,
  constraint site_line_pkey PRIMARY KEY (id),
  constraint site_line_site_id_site_id_fk FOREIGN KEY (site_id) REFERENCES site(id),
  constraint site_line_kind_known CHECK (kind = ANY (ARRAY['t0'::text, 't2'::text, 'analogue'::text, 'sip'::text, 'mobile'::text, 'satellite'::text])),
  constraint site_line_power_known CHECK (power = ANY (ARRAY['mains'::text, 'battery'::text, 'generator'::text, 'remote'::text, 'unknown'::text])),
  constraint site_line_stage_known CHECK (stage = ANY (ARRAY['planned'::text, 'in_service'::text, 'removed'::text]))
);

create index site_line_site ON public.site_line USING btree (site_id);


-- Table site_version

create table site_version (
  id bigint generated always as identity not null,
  site_id bigint not null,
  until timestamp with time zone not null,
  by_name text not null,
  was jsonb not null,
  constraint site_version_pkey PRIMARY KEY (id),
  constraint site_version_site_id_site_id_fk FOREIGN KEY (site_id) REFERENCES site(id)
);

create index site_version_site ON public.site_version USING btree (site_id, id);


-- Table test_plan

create table test_plan (
  agreement_id bigint not null,
  probe_id bigint not null,
  every_s integer not null,
  constraint test_plan_pkey PRIMARY KEY (agreement_id, probe_id),
  constraint test_plan_agreement_id_test_agreement_id_fk FOREIGN KEY (agreement_id) REFERENCES test_agreement(id),
  constraint test_plan_probe_id_probe_id_fk FOREIGN KEY (probe_id) REFERENCES probe(id)
);


-- Table alarm_heard

create table alarm_heard (
  id bigint generated always as identity not null,
  exercise_id bigint,
  key text not null,
  at timestamp with time zone not null,
  by_id bigint,
  by_name text not null,
  constraint alarm_heard_pkey PRIMARY KEY (id),
  constraint alarm_heard_by_id_account_id_fk FOREIGN KEY (by_id) REFERENCES account(id)
);

create unique index alarm_heard_once ON public.alarm_heard USING btree (COALESCE(exercise_id, (0)::bigint), key);


-- Table api_token

create table api_token (
  id bigint generated always as identity not null,
  account_id bigint not null,
  hash text not null,
  name text not null,
  created_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  scopes text[] not null,
  made_by bigint,
  expires_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint api_token_pkey PRIMARY KEY (id),
  constraint api_token_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id),
  constraint api_token_made_by_account_id_fk FOREIGN KEY (made_by) REFERENCES account(id),
  constraint api_token_scopes_known CHECK (cardinality(scopes) > 0 AND (scopes <@ '{read,report,update}'::text[] OR cardinality(scopes) = 1 AND scopes <@ '{probe,telephony,metrics}'::text[]))
);

create unique index api_token_hash ON public.api_token USING btree (hash);


-- Table broadcast_recipient

create table broadcast_recipient (
  id bigint generated always as identity not null,
  exercise_id bigint,
  broadcast_id bigint not null,
  phone text not null,
  name text default ''::text not null,
  wave text not null,
  called_at timestamp with time zone,
  called_by_name text,
  call_result text,
  constraint broadcast_recipient_pkey PRIMARY KEY (id),
  constraint broadcast_recipient_broadcast_id_broadcast_id_fk FOREIGN KEY (broadcast_id) REFERENCES broadcast(id) ON DELETE CASCADE,
  constraint broadcast_recipient_wave_known CHECK (wave = ANY (ARRAY['pilot'::text, 'one'::text, 'ten'::text, 'all'::text]))
);

create unique index broadcast_recipient_once ON public.broadcast_recipient USING btree (broadcast_id, phone);


-- Table call_out

create table call_out (
  id bigint generated always as identity not null,
  exercise_id bigint,
  crisis_id bigint not null,
  account_id bigint not null,
  name text not null,
  role text not null,
  round smallint not null,
  at timestamp with time zone not null,
  answered_at timestamp with time zone,
  cannot_at timestamp with time zone,
  constraint call_out_pkey PRIMARY KEY (id),
  constraint call_out_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id),
  constraint call_out_crisis_id_crisis_id_fk FOREIGN KEY (crisis_id) REFERENCES crisis(id)
);

create index call_out_crisis ON public.call_out USING btree (crisis_id, at);


-- Table cases

create table cases (
  id bigint generated always as identity not null,
  reference text not null,
  submission_id uuid not null,
  exercise_id bigint,
  version integer default 1 not null,
  state text default 'received'::text not null,
  level smallint not null,
  level_reasons jsonb default '[]'::jsonb not null,
  level_set_by_person boolean default false not null,
  organisation_id bigint,
  reporter_account_id bigint,
  reporter_kind text not null,
  reporter_name text,
  reporter_post text,
  callback_phone text,
  channel text not null,
  verification text not null,
  numbers text[] not null,
  symptom text not null,
  symptom_words text,
  direction text,
  since_at timestamp with time zone,
  pattern text,
  territory_code text not null,
  commune_codes text[] default '{}'::text[] not null,
  neighbour_touched text,
  neighbour_note text,
  site_id bigint,
  site_access text,
  calling_technology text,
  calling_operator text,
  own_lines text,
  flow_now integer,
  flow_normal integer,
  flow_window_min integer,
  long_number_ok text,
  fallback text,
  fallback_capacity integer,
  told text,
  details text,
  heard_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  acknowledged_at timestamp with time zone,
  restored_at timestamp with time zone,
  confirmed_at timestamp with time zone,
  closed_at timestamp with time zone,
  closing text,
  cause text,
  still_failing_at timestamp with time zone,
  team_id bigint not null,
  assignee_id bigint,
  claimed_by_id bigint,
  claimed_until timestamp with time zone,
  next_contact_at timestamp with time zone,
  ack_due_at timestamp with time zone,
  check_due_at timestamp with time zone,
  deadline_at timestamp with time zone,
  ack_missed_at timestamp with time zone,
  check_missed_at timestamp with time zone,
  promise_missed_at timestamp with time zone,
  escalation smallint default 0 not null,
  contact_attempts smallint default 0 not null,
  queue_rank smallint not null,
  residual_since timestamp with time zone,
  qualifies boolean default false not null,
  qualification_reason text,
  duplicate_of_id bigint,
  reopened_from_id bigint,
  incident_id bigint,
  search tsvector,
  victims_known boolean default false not null,
  major_event boolean default false not null,
  announced_works boolean default false not null,
  outcome text,
  related_case_id bigint,
  residual_taken_by_id bigint,
  external_id text,
  answered_at timestamp with time zone,
  grave_since timestamp with time zone,
  submission_scope text default 'cell'::text not null,
  submission_round smallint default 0 not null,
  submission_content text,
  incident_by_hand boolean default false not null,
  commune_words text,
  constraint cases_pkey PRIMARY KEY (id),
  constraint cases_assignee_id_account_id_fk FOREIGN KEY (assignee_id) REFERENCES account(id),
  constraint cases_claimed_by_id_account_id_fk FOREIGN KEY (claimed_by_id) REFERENCES account(id),
  constraint cases_organisation_id_organisation_id_fk FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint cases_reporter_account_id_account_id_fk FOREIGN KEY (reporter_account_id) REFERENCES account(id),
  constraint cases_site_id_site_id_fk FOREIGN KEY (site_id) REFERENCES site(id),
  constraint cases_team_id_team_id_fk FOREIGN KEY (team_id) REFERENCES team(id),
  constraint cases_calling_technology_known CHECK (calling_technology = ANY (ARRAY['copper'::text, 'box'::text, 'volte'::text, '3g'::text, '2g'::text, 'trunk'::text, 'satellite'::text, 'unknown'::text])),
  constraint cases_cause_known CHECK (cause = ANY (ARRAY['operator_core'::text, 'interconnection'::text, 'routing_table'::text, 'access'::text, 'customer_site'::text, 'calling_operator'::text, 'radio'::text, 'location_platform'::text, 'third_party_transport'::text, 'power_climate'::text, 'saturation'::text, 'forgotten_reroute'::text, 'announced_works'::text, 'security_incident'::text, 'exercise'::text, 'not_reproduced'::text, 'no_fault'::text])),
  constraint cases_channel_known CHECK (channel = ANY (ARRAY['portal'::text, 'phone'::text, 'api'::text, 'sms'::text, 'email'::text, 'social_watch'::text])),
  constraint cases_closing_known CHECK (closing = ANY (ARRAY['confirmed'::text, 'unreachable'::text])),
  constraint cases_direction_known CHECK (direction = ANY (ARRAY['into_centre'::text, 'out_of_caller'::text, 'out_of_centre'::text])),
  constraint cases_fallback_known CHECK (fallback = ANY (ARRAY['none'::text, 'planned'::text, 'active'::text, 'failing'::text, 'unknown'::text])),
  constraint cases_level_known CHECK (level = ANY (ARRAY[1, 2, 3, 4])),
  constraint cases_long_number_ok_known CHECK (long_number_ok = ANY (ARRAY['yes'::text, 'no'::text, 'not_tried'::text])),
  constraint cases_neighbour_touched_known CHECK (neighbour_touched = ANY (ARRAY['yes'::text, 'no'::text, 'unknown'::text])),
  constraint cases_open_has_promise CHECK (NOT app.is_open(state) OR next_contact_at IS NOT NULL),
  constraint cases_outcome_known CHECK (outcome = ANY (ARRAY['case'::text, 'attached'::text, 'redirected'::text, 'unverified'::text, 'all_clear'::text])),
  constraint cases_own_lines_known CHECK (own_lines = ANY (ARRAY['yes'::text, 'no'::text, 'unknown'::text])),
  constraint cases_pattern_known CHECK (pattern = ANY (ARRAY['continuous'::text, 'random'::text, 'unknown'::text])),
  constraint cases_queue_rank_known CHECK (queue_rank = ANY (ARRAY[0, 1, 2, 3, 4, 5, 6])),
  constraint cases_site_access_known CHECK (site_access = ANY (ARRAY['rtc'::text, 'sip'::text, 'mixed'::text, 'unknown'::text])),
  constraint cases_state_known CHECK (state = ANY (ARRAY['received'::text, 'acknowledged'::text, 'checking'::text, 'diagnosed'::text, 'workaround'::text, 'waiting_reporter'::text, 'restored'::text, 'confirmed'::text, 'closed'::text, 'duplicate'::text, 'out_of_scope'::text])),
  constraint cases_verification_known CHECK (verification = ANY (ARRAY['signed_in'::text, 'called_back'::text, 'unverified'::text]))
) with (fillfactor=80);

create index cases_assignee ON public.cases USING btree (assignee_id) WHERE ((assignee_id IS NOT NULL) AND app.is_open(state));

create index cases_claimed_by ON public.cases USING btree (claimed_by_id) WHERE (claimed_by_id IS NOT NULL);

create index cases_duplicate_of ON public.cases USING btree (duplicate_of_id) WHERE (duplicate_of_id IS NOT NULL);

create index cases_duplicates_territory ON public.cases USING btree (territory_code) WHERE (state = 'duplicate'::text);

create index cases_external ON public.cases USING btree (external_id) WHERE (external_id IS NOT NULL);

create index cases_incident ON public.cases USING btree (incident_id) WHERE (incident_id IS NOT NULL);

create index cases_open_territory ON public.cases USING btree (territory_code) WHERE app.is_open(state);

create index cases_organisation ON public.cases USING btree (organisation_id, received_at DESC);

create index cases_queue ON public.cases USING btree (queue_rank, level DESC, received_at, id) WHERE app.is_open(state);

create index cases_received ON public.cases USING btree (received_at DESC, id DESC);

create unique index cases_reference ON public.cases USING btree (reference);

create index cases_residual ON public.cases USING btree (residual_since) WHERE (residual_since IS NOT NULL);

create index cases_search ON public.cases USING gin (search);

create index cases_state ON public.cases USING btree (state, queue_rank, level DESC, received_at, id) WHERE app.is_open(state);

create unique index cases_submission ON public.cases USING btree (submission_id, submission_scope, submission_round);

create index cases_territory ON public.cases USING btree (territory_code, received_at DESC);


-- Table contact_way

create table contact_way (
  id bigint generated always as identity not null,
  account_id bigint not null,
  kind text not null,
  value text not null,
  verified_at timestamp with time zone,
  active boolean default true not null,
  bounced_at timestamp with time zone,
  constraint contact_way_pkey PRIMARY KEY (id),
  constraint contact_way_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id),
  constraint contact_way_kind_known CHECK (kind = ANY (ARRAY['mobile'::text, 'landline'::text, 'email'::text, 'pager'::text, 'satellite'::text]))
);

create unique index contact_way_once ON public.contact_way USING btree (account_id, value);


-- Table directory_upload

create table directory_upload (
  id bigint generated always as identity not null,
  account_id bigint not null,
  file_name text not null,
  content text not null,
  hash text not null,
  bytes integer not null,
  created_at timestamp with time zone not null,
  purpose text default 'directory'::text not null,
  constraint directory_upload_pkey PRIMARY KEY (id),
  constraint directory_upload_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id),
  constraint directory_upload_purpose_known CHECK (purpose = ANY (ARRAY['directory'::text, 'copper'::text, 'register'::text]))
);


-- Table external_identity

create table external_identity (
  id bigint generated always as identity not null,
  account_id bigint not null,
  issuer text not null,
  subject text not null,
  bound_at timestamp with time zone not null,
  bound_by text not null,
  last_used_at timestamp with time zone,
  constraint external_identity_pkey PRIMARY KEY (id),
  constraint external_identity_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id),
  constraint external_identity_bound_by_known CHECK (bound_by = ANY (ARRAY['invitation'::text, 'administrator'::text]))
);

create index external_identity_account ON public.external_identity USING btree (account_id);

create unique index external_identity_once ON public.external_identity USING btree (issuer, subject);


-- Table inbox_message

create table inbox_message (
  id bigint generated always as identity not null,
  account_id bigint not null,
  exercise_id bigint,
  kind text not null,
  data jsonb not null,
  case_id bigint,
  incident_id bigint,
  dedupe_key text not null,
  created_at timestamp with time zone not null,
  read_at timestamp with time zone,
  acknowledged_at timestamp with time zone,
  constraint inbox_message_pkey PRIMARY KEY (id),
  constraint inbox_message_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id)
);

create index inbox_message_at ON public.inbox_message USING btree (created_at);

create unique index inbox_message_once ON public.inbox_message USING btree (account_id, dedupe_key);

create index inbox_message_unread ON public.inbox_message USING btree (account_id, id DESC);


-- Table invitation

create table invitation (
  id uuid not null,
  account_id bigint not null,
  hash text not null,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint invitation_pkey PRIMARY KEY (id),
  constraint invitation_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id)
);

create index invitation_account ON public.invitation USING btree (account_id);

create unique index invitation_hash ON public.invitation USING btree (hash);


-- Table known_origin

create table known_origin (
  account_id bigint not null,
  mark text not null,
  last_at timestamp with time zone not null,
  constraint known_origin_pkey PRIMARY KEY (account_id, mark),
  constraint known_origin_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
);


-- Table move_test

create table move_test (
  id bigint generated always as identity not null,
  site_id bigint not null,
  step_id bigint not null,
  moment text not null,
  number text not null,
  network text not null,
  passed integer not null,
  tried integer not null,
  at timestamp with time zone not null,
  by_name text not null,
  note text,
  constraint move_test_pkey PRIMARY KEY (id),
  constraint move_test_site_id_site_id_fk FOREIGN KEY (site_id) REFERENCES site(id),
  constraint move_test_step_id_move_step_id_fk FOREIGN KEY (step_id) REFERENCES move_step(id),
  constraint move_test_counts CHECK (tried > 0 AND passed >= 0 AND passed <= tried),
  constraint move_test_moment_known CHECK (moment = ANY (ARRAY['before'::text, 'during'::text, 'after'::text]))
);

create index move_test_step ON public.move_test USING btree (step_id, id);


-- Table notice

create table notice (
  id bigint generated always as identity not null,
  exercise_id bigint,
  version integer default 1 not null,
  kind text not null,
  number integer not null,
  incident_id bigint,
  crisis_id bigint,
  state text not null,
  as_of timestamp with time zone not null,
  next_at timestamp with time zone,
  body jsonb not null,
  issued_at timestamp with time zone,
  issued_by_id bigint,
  issued_by_name text,
  constraint notice_pkey PRIMARY KEY (id),
  constraint notice_crisis_id_crisis_id_fk FOREIGN KEY (crisis_id) REFERENCES crisis(id),
  constraint notice_incident_id_incident_id_fk FOREIGN KEY (incident_id) REFERENCES incident(id),
  constraint notice_kind_known CHECK (kind = ANY (ARRAY['authority_notice'::text, 'situation_report'::text, 'incident_update'::text])),
  constraint notice_state_known CHECK (state = ANY (ARRAY['draft'::text, 'issued'::text]))
);

create unique index notice_number ON public.notice USING btree (kind, incident_id, number);


-- Table notification_choice

create table notification_choice (
  account_id bigint not null,
  quiet text[] not null,
  constraint notification_choice_pkey PRIMARY KEY (account_id),
  constraint notification_choice_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id)
);


-- Table outbox

create table outbox (
  id bigint generated always as identity not null,
  exercise_id bigint,
  to_type text not null,
  to_id bigint not null,
  account_id bigint,
  channel text not null,
  kind text not null,
  data jsonb not null,
  case_id bigint,
  incident_id bigint,
  dedupe_key text not null,
  pressing boolean not null,
  state text not null,
  attempts smallint default 0 not null,
  due_at timestamp with time zone,
  claim uuid,
  external_id text,
  may_arrive_twice boolean default false not null,
  last_error text,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  delivered_at timestamp with time zone,
  acknowledged_at timestamp with time zone,
  acknowledged_by text,
  constraint outbox_pkey PRIMARY KEY (id),
  constraint outbox_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id),
  constraint outbox_acknowledged_by_known CHECK (acknowledged_by = ANY (ARRAY['page'::text, 'link'::text, 'reply'::text, 'key'::text, 'call'::text])),
  constraint outbox_state CHECK (state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'delivered'::text, 'acknowledged'::text, 'failed'::text, 'cancelled'::text]))
);

create index outbox_answered ON public.outbox USING btree (sent_at) WHERE (channel = 'sms'::text);

create index outbox_arrived ON public.outbox USING btree (channel, GREATEST(delivered_at, acknowledged_at)) WHERE ((delivered_at IS NOT NULL) OR (acknowledged_at IS NOT NULL));

create index outbox_at ON public.outbox USING btree (created_at);

create index outbox_called ON public.outbox USING btree (account_id, created_at) WHERE (kind = 'crisis_called'::text);

create index outbox_case ON public.outbox USING btree (case_id) WHERE (case_id IS NOT NULL);

create index outbox_due ON public.outbox USING btree (due_at) WHERE (due_at IS NOT NULL);

create index outbox_external ON public.outbox USING btree (channel, external_id) WHERE (external_id IS NOT NULL);

create index outbox_incident ON public.outbox USING btree (incident_id) WHERE (incident_id IS NOT NULL);

create index outbox_next ON public.outbox USING btree (channel, pressing DESC, due_at, id) WHERE (due_at IS NOT NULL);

create unique index outbox_once ON public.outbox USING btree (dedupe_key, to_type, to_id, channel);

create index outbox_person ON public.outbox USING btree (account_id, dedupe_key);

create index outbox_to ON public.outbox USING btree (to_type, to_id, created_at);

create index outbox_way_test ON public.outbox USING btree (to_id, id DESC) WHERE ((kind = 'way_test'::text) AND (to_type = 'way'::text));


-- Table own_telephone

create table own_telephone (
  account_id bigint not null,
  name text not null,
  constraint own_telephone_pkey PRIMARY KEY (account_id),
  constraint own_telephone_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id)
);

create unique index own_telephone_name ON public.own_telephone USING btree (lower(name));


-- Table passkey

create table passkey (
  id bigint generated always as identity not null,
  account_id bigint not null,
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] default '{}'::text[] not null,
  backed_up boolean not null,
  name text not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  suspended_at timestamp with time zone,
  constraint passkey_pkey PRIMARY KEY (id),
  constraint passkey_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id)
);

create index passkey_account ON public.passkey USING btree (account_id);

create unique index passkey_credential ON public.passkey USING btree (credential_id);


-- Table passphrase

create table passphrase (
  account_id bigint not null,
  hash text not null,
  updated_at timestamp with time zone not null,
  constraint passphrase_pkey PRIMARY KEY (account_id),
  constraint passphrase_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id)
);


-- Table push_subscription

create table push_subscription (
  id bigint generated always as identity not null,
  account_id bigint not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  created_at timestamp with time zone not null,
  constraint push_subscription_pkey PRIMARY KEY (id),
  constraint push_subscription_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id)
);

create index push_subscription_account ON public.push_subscription USING btree (account_id);

create unique index push_subscription_once ON public.push_subscription USING btree (endpoint);


-- Table recovery_code

create table recovery_code (
  account_id bigint not null,
  hash text not null,
  made_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint recovery_code_pkey PRIMARY KEY (account_id, hash),
  constraint recovery_code_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id)
);


-- Table roster_shift

create table roster_shift (
  id bigint generated always as identity not null,
  account_id bigint not null,
  role text not null,
  rank smallint default 1 not null,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone not null,
  cancelled_at timestamp with time zone,
  swap_of_id bigint,
  constraint roster_shift_pkey PRIMARY KEY (id),
  constraint roster_shift_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id),
  constraint roster_shift_length CHECK (to_at <= (from_at + '14 days 01:00:00'::interval)),
  constraint roster_shift_role_known CHECK (role = ANY (ARRAY['agent'::text, 'lead'::text, 'director'::text, 'admin'::text]))
);

create index roster_shift_when ON public.roster_shift USING btree (from_at, to_at) WHERE (cancelled_at IS NULL);


-- Table saved_view

create table saved_view (
  id bigint generated always as identity not null,
  account_id bigint not null,
  name text not null,
  query text not null,
  constraint saved_view_pkey PRIMARY KEY (id),
  constraint saved_view_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id)
);

create unique index saved_view_name ON public.saved_view USING btree (account_id, name);


-- Table session

create table session (
  id uuid not null,
  account_id bigint not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  user_agent text,
  place text,
  method text default 'passphrase'::text not null,
  strong boolean default false not null,
  confined boolean default false not null,
  reauthenticated_at timestamp with time zone,
  provider_token text,
  constraint session_pkey PRIMARY KEY (id),
  constraint session_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id),
  constraint session_method_known CHECK (method = ANY (ARRAY['passphrase'::text, 'passkey'::text, 'totp'::text, 'recovery_code'::text, 'provider'::text, 'invitation'::text]))
);

create index session_account ON public.session USING btree (account_id);


-- Table team_member

create table team_member (
  team_id bigint not null,
  account_id bigint not null,
  constraint team_member_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id),
  constraint team_member_team_id_team_id_fk FOREIGN KEY (team_id) REFERENCES team(id)
);

create unique index team_member_once ON public.team_member USING btree (team_id, account_id);


-- Table totp

create table totp (
  account_id bigint not null,
  secret text not null,
  last_step bigint not null,
  created_at timestamp with time zone not null,
  constraint totp_pkey PRIMARY KEY (account_id),
  constraint totp_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id)
);


-- Table attachment

create table attachment (
  id bigint generated always as identity not null,
  case_id bigint not null,
  exercise_id bigint,
  account_id bigint not null,
  name text not null,
  kind text not null,
  size integer not null,
  content bytea not null,
  at timestamp with time zone not null,
  constraint attachment_pkey PRIMARY KEY (id),
  constraint attachment_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id),
  constraint attachment_case_id_cases_id_fk FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint attachment_kind_known CHECK (kind = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'text/plain'::text]))
);

create index attachment_case ON public.attachment USING btree (case_id);


-- Table case_deadline

create table case_deadline (
  case_id bigint not null,
  exercise_id bigint,
  at timestamp with time zone not null,
  constraint case_deadline_pkey PRIMARY KEY (case_id),
  constraint case_deadline_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id)
);

create index case_deadline_at ON public.case_deadline USING btree (at);


-- Table case_moved_out

create table case_moved_out (
  incident_id bigint not null,
  case_id bigint not null,
  exercise_id bigint,
  at timestamp with time zone not null,
  undone_at timestamp with time zone,
  constraint case_moved_out_case_id_cases_id_fk FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint case_moved_out_incident_id_incident_id_fk FOREIGN KEY (incident_id) REFERENCES incident(id)
);

create unique index case_moved_out_once ON public.case_moved_out USING btree (incident_id, case_id);


-- Table case_presence

create table case_presence (
  case_id bigint not null,
  account_id bigint not null,
  seen_at timestamp with time zone not null,
  constraint case_presence_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id),
  constraint case_presence_case_id_cases_id_fk FOREIGN KEY (case_id) REFERENCES cases(id)
);

create unique index case_presence_once ON public.case_presence USING btree (case_id, account_id);


-- Table case_test

create table case_test (
  id bigint generated always as identity not null,
  case_id bigint not null,
  exercise_id bigint,
  side text not null,
  purpose text not null,
  account_id bigint,
  passed integer not null,
  tried integer not null,
  window_min integer,
  number text,
  technology text,
  operator text,
  at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  constraint case_test_pkey PRIMARY KEY (id),
  constraint case_test_case_id_cases_id_fk FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint case_test_passed_of_tried CHECK (passed >= 0 AND passed <= tried),
  constraint case_test_purpose_known CHECK (purpose = ANY (ARRAY['report'::text, 'check'::text, 'confirmation'::text])),
  constraint case_test_side_known CHECK (side = ANY (ARRAY['reporter'::text, 'authority'::text, 'cell'::text])),
  constraint case_test_technology_known CHECK (technology = ANY (ARRAY['copper'::text, 'box'::text, 'volte'::text, '3g'::text, '2g'::text, 'trunk'::text, 'satellite'::text, 'unknown'::text]))
);

create index case_test_case ON public.case_test USING btree (case_id, id);


-- Table incident_candidate

create table incident_candidate (
  incident_id bigint not null,
  case_id bigint not null,
  exercise_id bigint,
  reason_key text not null,
  at timestamp with time zone not null,
  dismissed_at timestamp with time zone,
  constraint incident_candidate_case_id_cases_id_fk FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint incident_candidate_incident_id_incident_id_fk FOREIGN KEY (incident_id) REFERENCES incident(id)
);

create unique index incident_candidate_once ON public.incident_candidate USING btree (incident_id, case_id);


-- Table kept_form

create table kept_form (
  session_id uuid not null,
  path text not null,
  form text not null,
  typed jsonb not null,
  kept_at timestamp with time zone not null,
  constraint kept_form_pkey PRIMARY KEY (session_id),
  constraint kept_form_session_id_session_id_fk FOREIGN KEY (session_id) REFERENCES session(id) ON DELETE CASCADE
);


-- Table message_part

create table message_part (
  channel text not null,
  external_id text not null,
  outbox_id bigint,
  says text,
  at timestamp with time zone not null,
  constraint message_part_pkey PRIMARY KEY (channel, external_id),
  constraint message_part_outbox_id_outbox_id_fk FOREIGN KEY (outbox_id) REFERENCES outbox(id) ON DELETE CASCADE,
  constraint message_part_says_known CHECK (says = ANY (ARRAY['delivered'::text, 'failed'::text]))
);

create index message_part_of ON public.message_part USING btree (outbox_id) WHERE (outbox_id IS NOT NULL);


-- Table notice_recipient

create table notice_recipient (
  id bigint generated always as identity not null,
  exercise_id bigint,
  notice_id bigint not null,
  organisation_id bigint not null,
  annex text,
  told_at timestamp with time zone not null,
  acknowledged_at timestamp with time zone,
  acknowledged_by_name text,
  call_due_at timestamp with time zone,
  called_at timestamp with time zone,
  called_by_name text,
  call_result text,
  rung_at timestamp with time zone,
  constraint notice_recipient_pkey PRIMARY KEY (id),
  constraint notice_recipient_notice_id_notice_id_fk FOREIGN KEY (notice_id) REFERENCES notice(id),
  constraint notice_recipient_organisation_id_organisation_id_fk FOREIGN KEY (organisation_id) REFERENCES organisation(id)
);

create unique index notice_recipient_once ON public.notice_recipient USING btree (notice_id, organisation_id);

create index notice_recipient_organisation ON public.notice_recipient USING btree (organisation_id, id DESC);

create index notice_recipient_waiting ON public.notice_recipient USING btree (told_at) WHERE (acknowledged_at IS NULL);


-- Table phone_call

create table phone_call (
  id bigint generated always as identity not null,
  source_id bigint not null,
  call_key text not null,
  direction text not null,
  phone text,
  shown text not null,
  queue text,
  heard jsonb default '{}'::jsonb not null,
  state text not null,
  started_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  ended_at timestamp with time zone,
  cause text,
  telephone text,
  account_id bigint,
  organisation_id bigint,
  case_id bigint,
  call_back_at timestamp with time zone,
  called_back_at timestamp with time zone,
  called_back_by_id bigint,
  called_back_by_name text,
  result text,
  constraint phone_call_pkey PRIMARY KEY (id),
  constraint phone_call_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id),
  constraint phone_call_called_back_by_id_account_id_fk FOREIGN KEY (called_back_by_id) REFERENCES account(id),
  constraint phone_call_case_id_cases_id_fk FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint phone_call_organisation_id_organisation_id_fk FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint phone_call_source_id_api_token_id_fk FOREIGN KEY (source_id) REFERENCES api_token(id),
  constraint phone_call_direction_known CHECK (direction = ANY (ARRAY['in'::text, 'out'::text])),
  constraint phone_call_state_known CHECK (state = ANY (ARRAY['ringing'::text, 'talking'::text, 'ended'::text, 'forwarded'::text, 'missed'::text, 'unanswered'::text]))
);

create index phone_call_case ON public.phone_call USING btree (case_id) WHERE (case_id IS NOT NULL);

create index phone_call_newest ON public.phone_call USING btree (started_at DESC NULLS LAST, id DESC NULLS LAST);

create unique index phone_call_once ON public.phone_call USING btree (source_id, call_key);

create index phone_call_open ON public.phone_call USING btree (started_at) WHERE (ended_at IS NULL);

create index phone_call_phone ON public.phone_call USING btree (phone, started_at);

create index phone_call_to_do ON public.phone_call USING btree (call_back_at) WHERE ((call_back_at IS NOT NULL) AND (called_back_at IS NULL));


-- Table ticket

create table ticket (
  case_id bigint not null,
  exercise_id bigint,
  severity text not null,
  ticket_type text not null,
  related jsonb default '[]'::jsonb not null,
  constraint ticket_pkey PRIMARY KEY (case_id),
  constraint ticket_case_id_cases_id_fk FOREIGN KEY (case_id) REFERENCES cases(id)
);


-- Table ticket_listener

create table ticket_listener (
  id uuid not null,
  account_id bigint not null,
  token_id bigint not null,
  callback text not null,
  query text not null,
  created_at timestamp with time zone not null,
  next_at timestamp with time zone not null,
  failures integer default 0 not null,
  failing_since timestamp with time zone,
  last_error text,
  constraint ticket_listener_pkey PRIMARY KEY (id),
  constraint ticket_listener_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id),
  constraint ticket_listener_token_id_api_token_id_fk FOREIGN KEY (token_id) REFERENCES api_token(id) ON DELETE CASCADE
);

create unique index ticket_listener_once ON public.ticket_listener USING btree (account_id, callback, query);

create index ticket_listener_token ON public.ticket_listener USING btree (token_id);


-- Table ticket_event

create table ticket_event (
  id bigint generated always as identity not null,
  listener_id uuid not null,
  case_id bigint not null,
  line_id bigint not null,
  type text not null,
  constraint ticket_event_pkey PRIMARY KEY (id),
  constraint ticket_event_case_id_cases_id_fk FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint ticket_event_listener_id_ticket_listener_id_fk FOREIGN KEY (listener_id) REFERENCES ticket_listener(id) ON DELETE CASCADE
);

create index ticket_event_case ON public.ticket_event USING btree (case_id);

create unique index ticket_event_once ON public.ticket_event USING btree (listener_id, line_id, type);


-- Functions that take a row of a table

create function app.journal_digest(line journal, prev bytea)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select sha256(prev || convert_to(jsonb_build_array(
    line.chain, line.seq, line.exercise_id, line.case_id, line.incident_id,
    extract(epoch from line.at), extract(epoch from line.heard_at), extract(epoch from line.fact_at),
    line.actor_id, line.actor_name, line.actor_side, line.event, line.visibility, line.certainty, line.text, line.data
  )::text, 'UTF8'))
$function$;

create function app.token_used(token_hash text, at timestamp with time zone)
 RETURNS api_token
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare token api_token;
begin
  select t.* into token from api_token t join account a on a.id = t.account_id left join organisation o on o.id = a.organisation_id
    where t.hash = token_hash and t.revoked_at is null and t.expires_at > at and a.active and coalesce(o.active, true);
  if token.last_used_at is null or token.last_used_at < at - interval '1 minute' then
    if current_setting('transaction_read_only') = 'off' then
      update api_token set last_used_at = at where id = token.id;
    end if;
  end if;
  return token;
end $function$;


-- Who may call what

revoke execute on all functions in schema app from public;

grant execute on function app.account() to permanence_app;

grant execute on function app.actor_who_answers(bigint) to permanence_app;

grant execute on function app.announce(text,integer,boolean) to permanence_app;

grant execute on function app.announce_each(text[],boolean) to permanence_app;

grant execute on function app.ask_passphrase(text,jsonb,timestamp with time zone) to permanence_app;

grant execute on function app.case_search() to permanence_app;

grant execute on function app.change_own(text,bigint,text,text) to permanence_app;

grant execute on function app.code_word(text) to permanence_app;

grant execute on function app.correlate_soon() to permanence_app;

grant execute on function app.counts(text) to permanence_app;

grant execute on function app.exercise() to permanence_app;

grant execute on function app.forget(text,timestamp with time zone,integer) to permanence_app;

grant execute on function app.forget_mass_messages(timestamp with time zone,integer) to permanence_app;

grant execute on function app.found_cases(text,integer,timestamp with time zone,bigint) to permanence_app;

grant execute on function app.found_incidents(text) to permanence_app;

grant execute on function app.hand_over_shift(bigint,bigint,timestamp with time zone,timestamp with time zone) to permanence_app;

grant execute on function app.is_open(text) to permanence_app;

grant execute on function app.journal_chain() to permanence_app;

grant execute on function app.journal_digest(journal,bytea) to permanence_app;

grant execute on function app.journal_heads() to permanence_app;

grant execute on function app.journal_heads_since(xid8) to permanence_app;

grant execute on function app.journal_lines(jsonb) to permanence_app;

grant execute on function app.keep_published() to permanence_app;

grant execute on function app.listener_actor(uuid,timestamp with time zone) to permanence_app;

grant execute on function app.may(text) to permanence_app;

grant execute on function app.may_hold(text,text) to permanence_app;

grant execute on function app.messages_read(text[],timestamp with time zone) to permanence_app;

grant execute on function app.neighbourhood(text,text[]) to permanence_app;

grant execute on function app.next_case_number(text,integer) to permanence_app;

grant execute on function app.notice_acknowledged(bigint,timestamp with time zone) to permanence_app;

grant execute on function app.numbers() to permanence_app;

grant execute on function app.on_duty(timestamp with time zone) to permanence_app;

grant execute on function app.operations() to permanence_app;

grant execute on function app.organisation() to permanence_app;

grant execute on function app.prove_write() to permanence_app;

grant execute on function app.refuse() to permanence_app;

grant execute on function app.refuse_strangers() to permanence_app;

grant execute on function app.retry_failed_jobs() to permanence_app;

grant execute on function app.role() to permanence_app;

grant execute on function app.routing(timestamp with time zone) to permanence_app;

grant execute on function app.schema_state() to permanence_app;

grant execute on function app.sees() to permanence_app;

grant execute on function app.session_actor(uuid,timestamp with time zone,jsonb,interval,boolean) to permanence_app;

grant execute on function app.sessions_ended(uuid[],timestamp with time zone) to permanence_app;

grant execute on function app.set_passphrase(bigint,text,timestamp with time zone) to permanence_app;

grant execute on function app.side() to permanence_app;

grant execute on function app.spell_again(bigint,bigint) to permanence_worker;

grant execute on function app.spelt(text) to permanence_app;

grant execute on function app.spend(jsonb,timestamp with time zone) to permanence_app;

grant execute on function app.token_actor(text,timestamp with time zone) to permanence_app;

grant execute on function app.token_device(text,text,timestamp with time zone) to permanence_app;

grant execute on function app.words_asked(jsonb) to permanence_app;


-- The owner works in every table, held to policies as everybody is

do $$
declare t text;
begin
  foreach t in array array['budget', 'cell_state', 'channel_proof', 'clock', 'commune', 'copper_closure', 'desk_baseline', 'emergency_number', 'exercise', 'handover', 'inbound_mail', 'incident', 'journal', 'journal_head', 'lesson', 'organisation', 'pilot_phone', 'probe', 'probe_last', 'probe_watch', 'probe_window', 'register_neighbour', 'register_record', 'setting', 'sign_in_count', 'sign_in_throttle', 'spent_challenge', 'switch_count', 'team', 'territory', 'threshold', 'unbound_identity', 'worker_heartbeat', 'works', 'write_proof', 'fallback', 'incident_told', 'instruction', 'post', 'probe_result', 'proposal', 'public_page', 'routing_rule', 'site', 'statement', 'test_agreement', 'account', 'broadcast', 'contact', 'crisis', 'fallback_line', 'fallback_test', 'instruction_asked', 'instruction_test', 'move', 'move_blocker', 'move_step', 'notice_subscription', 'probe_burst', 'site_check', 'site_line', 'site_version', 'test_plan', 'alarm_heard', 'api_token', 'broadcast_recipient', 'call_out', 'cases', 'contact_way', 'directory_upload', 'external_identity', 'inbox_message', 'invitation', 'known_origin', 'move_test', 'notice', 'notification_choice', 'outbox', 'own_telephone', 'passkey', 'passphrase', 'push_subscription', 'recovery_code', 'roster_shift', 'saved_view', 'session', 'team_member', 'totp', 'attachment', 'case_deadline', 'case_moved_out', 'case_presence', 'case_test', 'incident_candidate', 'kept_form', 'message_part', 'notice_recipient', 'phone_call', 'ticket', 'ticket_listener', 'ticket_event'] loop
    execute format('create policy owner_works on %I to %I using (true) with check (true)', t, current_user);
  end loop;
end $$;


-- Who may what in budget

alter table budget enable row level security;

alter table budget force row level security;


-- Who may what in cell_state

alter table cell_state enable row level security;

alter table cell_state force row level security;

create policy watched on cell_state for select to permanence_app
  using ((( SELECT app.may('cell.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy worked on cell_state to permanence_app
  using ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select on cell_state to permanence_app;


-- Who may what in channel_proof

alter table channel_proof enable row level security;

alter table channel_proof force row level security;

create policy cell_reads on channel_proof for select to permanence_app
  using (( SELECT app.may('cell.watch'::text) AS may));

create policy machine_writes on channel_proof to permanence_app
  using ((( SELECT app.role() AS role) = 'machine'::text))
  with check ((( SELECT app.role() AS role) = 'machine'::text));

grant insert, select, update on channel_proof to permanence_app;


-- Who may what in clock

alter table clock enable row level security;

alter table clock force row level security;

create policy everyone_reads on clock for select to permanence_app
  using (true);

create policy machine_writes on clock to permanence_app
  using ((( SELECT app.role() AS role) = 'machine'::text))
  with check ((( SELECT app.role() AS role) = 'machine'::text));

grant delete, insert, select, update on clock to permanence_app;


-- Who may what in commune

alter table commune enable row level security;

alter table commune force row level security;

create policy everyone_reads on commune for select to permanence_app
  using (true);

grant delete, insert, select, update on commune to permanence_app;


-- Who may what in copper_closure

alter table copper_closure enable row level security;

alter table copper_closure force row level security;

create policy imported on copper_closure to permanence_app
  using (( SELECT app.may('migration.import'::text) AS may))
  with check (( SELECT app.may('migration.import'::text) AS may));

create policy read on copper_closure for select to permanence_app
  using ((( SELECT app.role() AS role) <> ''::text));

grant delete, insert, select, update on copper_closure to permanence_app;


-- Who may what in desk_baseline

alter table desk_baseline enable row level security;

alter table desk_baseline force row level security;

create policy learnt on desk_baseline for insert to permanence_app
  with check (((( SELECT app.role() AS role) = 'machine'::text) AND (( SELECT app.exercise() AS exercise) IS NULL)));

create policy watched on desk_baseline for select to permanence_app
  using ((( SELECT app.may('cell.watch'::text) AS may) AND (( SELECT app.exercise() AS exercise) IS NULL)));

grant insert, select on desk_baseline to permanence_app;


-- Who may what in emergency_number

alter table emergency_number enable row level security;

alter table emergency_number force row level security;

create policy admin_writes on emergency_number to permanence_app
  using ((( SELECT app.may('settings.keep'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('settings.keep'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy everyone_reads on emergency_number for select to permanence_app
  using (((exercise_id IS NULL) OR (exercise_id = ( SELECT app.exercise() AS exercise))));

grant delete, insert, select, update on emergency_number to permanence_app;


-- Who may what in exercise

alter table exercise enable row level security;

alter table exercise force row level security;

create policy lead_runs on exercise to permanence_app
  using (( SELECT app.may('exercises.run'::text) AS may))
  with check (( SELECT app.may('exercises.run'::text) AS may));

create policy seen on exercise for select to permanence_app
  using ((( SELECT app.may('exercises.enter'::text) AS may) OR (id = ( SELECT app.exercise() AS exercise))));

grant insert, select, update on exercise to permanence_app;


-- Who may what in handover

alter table handover enable row level security;

alter table handover force row level security;

create policy watched on handover for select to permanence_app
  using ((( SELECT app.may('cell.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy worked on handover to permanence_app
  using ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select, update on handover to permanence_app;


-- Who may what in inbound_mail

alter table inbound_mail enable row level security;

alter table inbound_mail force row level security;

create policy machine_keeps on inbound_mail to permanence_app
  using ((( SELECT app.role() AS role) = 'machine'::text))
  with check ((( SELECT app.role() AS role) = 'machine'::text));

create policy room_reads on inbound_mail for select to permanence_app
  using (( SELECT app.may('cases.work'::text) AS may));

grant insert, select, update on inbound_mail to permanence_app;


-- Who may what in incident

alter table incident enable row level security;

alter table incident force row level security;

create policy watched on incident for select to permanence_app
  using ((( SELECT app.may('cases.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy worked on incident to permanence_app
  using ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select, update on incident to permanence_app;


-- Who may what in journal

alter table journal enable row level security;

alter table journal force row level security;

create policy observed on journal for insert to permanence_app
  with check (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND ( SELECT app.may('cases.observe'::text) AS may) AND (event = 'case.observed'::text) AND (visibility = 'public'::text) AND (actor_id = ( SELECT app.account() AS account)) AND (chain = ('case:'::text || case_id)) AND (incident_id IS NULL) AND (EXISTS ( SELECT
   FROM cases c
  WHERE ((c.id = journal.case_id) AND ((c.territory_code = ANY (( SELECT app.sees() AS sees)::text[])) OR ('FR'::text = ANY (( SELECT app.sees() AS sees)::text[]))))))));

create policy seen on journal for select to permanence_app
  using (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND (( SELECT app.may('cases.watch'::text) AS may) OR (( SELECT app.may('cases.follow'::text) AS may) AND (visibility = 'public'::text) AND (case_id IS NOT NULL) AND (EXISTS ( SELECT
   FROM cases c
  WHERE (c.id = journal.case_id)))) OR ((( SELECT app.role() AS role) <> ''::text) AND (chain = ( SELECT ('account:'::text || COALESCE(app.account(), (0)::bigint))))))));

create policy written on journal for insert to permanence_app
  with check (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND (( SELECT app.may('cases.work'::text) AS may) OR ((( SELECT app.role() AS role) <> ''::text) AND (chain = ( SELECT ('account:'::text || COALESCE(app.account(), (0)::bigint)))) AND (case_id IS NULL) AND (incident_id IS NULL)) OR (( SELECT app.may('cases.follow'::text) AS may) AND (chain = ('case:'::text || case_id)) AND (incident_id IS NULL) AND (EXISTS ( SELECT
   FROM cases c
  WHERE ((c.id = journal.case_id) AND (c.organisation_id = ( SELECT app.organisation() AS organisation)))))))));

create trigger journal_append_only BEFORE DELETE OR UPDATE ON journal FOR EACH ROW EXECUTE FUNCTION app.refuse();

create trigger journal_chain BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION app.journal_chain();

create trigger journal_never_emptied BEFORE TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION app.refuse();

grant insert, select on journal to permanence_app;


-- Who may what in journal_head

alter table journal_head enable row level security;

alter table journal_head force row level security;


-- Who may what in lesson

alter table lesson enable row level security;

alter table lesson force row level security;

create policy kept on lesson to permanence_app
  using (( SELECT app.may('lessons.keep'::text) AS may))
  with check (( SELECT app.may('lessons.keep'::text) AS may));

create policy read on lesson for select to permanence_app
  using (( SELECT app.may('reviews.read'::text) AS may));

grant insert, select, update on lesson to permanence_app;


-- Who may what in organisation

alter table organisation enable row level security;

alter table organisation force row level security;

create policy admin_adds on organisation for insert to permanence_app
  with check ((( SELECT app.may('directory.keep'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy admin_writes on organisation for update to permanence_app
  using (( SELECT app.may('directory.keep'::text) AS may))
  with check (( SELECT app.may('directory.keep'::text) AS may));

create policy seen on organisation for select to permanence_app
  using ((((exercise_id IS NULL) OR (exercise_id = ( SELECT app.exercise() AS exercise))) AND (( SELECT app.may('cases.watch'::text) AS may) OR (( SELECT app.role() AS role) = 'door'::text) OR (id = ( SELECT app.organisation() AS organisation)) OR (territory_code = ANY (( SELECT app.sees() AS sees)::text[])) OR ('FR'::text = ANY (( SELECT app.sees() AS sees)::text[])))));

create trigger organisation_renamed AFTER UPDATE OF name ON organisation FOR EACH ROW WHEN (old.name IS DISTINCT FROM new.name) EXECUTE FUNCTION app.organisation_renamed();

grant insert, select, update on organisation to permanence_app;


-- Who may what in pilot_phone

alter table pilot_phone enable row level security;

alter table pilot_phone force row level security;

create policy kept on pilot_phone to permanence_app
  using (( SELECT app.may('instructions.write'::text) AS may))
  with check (( SELECT app.may('instructions.decide'::text) AS may));

grant delete, insert, select, update on pilot_phone to permanence_app;


-- Who may what in probe

alter table probe enable row level security;

alter table probe force row level security;

create policy cell_reads on probe for select to permanence_app
  using (( SELECT app.may('cell.watch'::text) AS may));

create policy kept on probe to permanence_app
  using (( SELECT app.may('supervision.keep'::text) AS may))
  with check (( SELECT app.may('supervision.keep'::text) AS may));

grant insert, select, update on probe to permanence_app;


-- Who may what in probe_last

alter table probe_last enable row level security;

alter table probe_last force row level security;

create policy cell_reads on probe_last for select to permanence_app
  using (( SELECT app.may('cell.watch'::text) AS may));

create policy machine_writes on probe_last to permanence_app
  using ((( SELECT app.role() AS role) = 'machine'::text))
  with check ((( SELECT app.role() AS role) = 'machine'::text));

grant insert, select, update on probe_last to permanence_app;


-- Who may what in probe_watch

alter table probe_watch enable row level security;

alter table probe_watch force row level security;

create policy cell_reads on probe_watch for select to permanence_app
  using (( SELECT app.may('cell.watch'::text) AS may));

create policy kept on probe_watch to permanence_app
  using (( SELECT app.may('supervision.keep'::text) AS may))
  with check (( SELECT app.may('supervision.keep'::text) AS may));

grant insert, select, update on probe_watch to permanence_app;


-- Who may what in probe_window

alter table probe_window enable row level security;

alter table probe_window force row level security;

create policy cell_reads on probe_window for select to permanence_app
  using (( SELECT app.may('cell.watch'::text) AS may));

create policy machine_writes on probe_window to permanence_app
  using ((( SELECT app.role() AS role) = 'machine'::text))
  with check ((( SELECT app.role() AS role) = 'machine'::text));

grant insert, select, update on probe_window to permanence_app;


-- Who may what in register_neighbour

alter table register_neighbour enable row level security;

alter table register_neighbour force row level security;

create policy kept on register_neighbour to permanence_app
  using (( SELECT app.may('register.keep'::text) AS may))
  with check (( SELECT app.may('register.keep'::text) AS may));

grant insert, select, update on register_neighbour to permanence_app;


-- Who may what in register_record

alter table register_record enable row level security;

alter table register_record force row level security;

create policy kept on register_record to permanence_app
  using ((( SELECT app.may('register.keep'::text) AS may) AND (( SELECT app.exercise() AS exercise) IS NULL)))
  with check ((( SELECT app.may('register.keep'::text) AS may) AND (( SELECT app.exercise() AS exercise) IS NULL)));

create policy read on register_record for select to permanence_app
  using ((( SELECT app.may('reviews.read'::text) AS may) AND (( SELECT app.exercise() AS exercise) IS NULL) AND ((state = 'published'::text) OR ( SELECT app.may('register.keep'::text) AS may))));

create trigger register_published BEFORE DELETE OR UPDATE ON register_record FOR EACH ROW WHEN (old.state = 'published'::text) EXECUTE FUNCTION app.keep_published();

grant delete, insert, select, update on register_record to permanence_app;


-- Who may what in setting

alter table setting enable row level security;

alter table setting force row level security;

create policy admin_writes on setting to permanence_app
  using (( SELECT app.may('settings.keep'::text) AS may))
  with check (( SELECT app.may('settings.keep'::text) AS may));

create policy everyone_reads on setting for select to permanence_app
  using (true);

grant delete, insert, select, update on setting to permanence_app;


-- Who may what in sign_in_count

alter table sign_in_count enable row level security;

alter table sign_in_count force row level security;

create policy door_counts on sign_in_count to permanence_app
  using ((( SELECT app.role() AS role) = 'door'::text))
  with check ((( SELECT app.role() AS role) = 'door'::text));

create policy seen on sign_in_count for select to permanence_app
  using (( SELECT app.may('operations.read'::text) AS may));

grant insert, select, update on sign_in_count to permanence_app;


-- Who may what in sign_in_throttle

alter table sign_in_throttle enable row level security;

alter table sign_in_throttle force row level security;

create policy door_only on sign_in_throttle to permanence_app
  using ((( SELECT app.role() AS role) = 'door'::text))
  with check ((( SELECT app.role() AS role) = 'door'::text));

grant delete, insert, select, update on sign_in_throttle to permanence_app;


-- Who may what in spent_challenge

alter table spent_challenge enable row level security;

alter table spent_challenge force row level security;

create policy door_only on spent_challenge to permanence_app
  using ((( SELECT app.role() AS role) = 'door'::text))
  with check ((( SELECT app.role() AS role) = 'door'::text));

grant delete, insert, select on spent_challenge to permanence_app;


-- Who may what in switch_count

alter table switch_count enable row level security;

alter table switch_count force row level security;

create policy cell_reads on switch_count for select to permanence_app
  using (( SELECT app.may('cell.watch'::text) AS may));

create policy machine_writes on switch_count to permanence_app
  using ((( SELECT app.role() AS role) = 'machine'::text))
  with check ((( SELECT app.role() AS role) = 'machine'::text));

grant insert, select, update on switch_count to permanence_app;


-- Who may what in team

alter table team enable row level security;

alter table team force row level security;

create policy admin_writes on team to permanence_app
  using (( SELECT app.may('routing.keep'::text) AS may))
  with check (( SELECT app.may('routing.keep'::text) AS may));

create policy signed_in_reads on team for select to permanence_app
  using ((( SELECT app.role() AS role) <> ''::text));

grant insert, select, update on team to permanence_app;


-- Who may what in territory

alter table territory enable row level security;

alter table territory force row level security;

create policy everyone_reads on territory for select to permanence_app
  using (((exercise_id IS NULL) OR (exercise_id = ( SELECT app.exercise() AS exercise))));

create policy exercise_adds on territory for insert to permanence_app
  with check (((( SELECT app.role() AS role) = 'machine'::text) AND (exercise_id = ( SELECT app.exercise() AS exercise))));

grant delete, insert, select, update on territory to permanence_app;


-- Who may what in threshold

alter table threshold enable row level security;

alter table threshold force row level security;

create policy admin_writes on threshold to permanence_app
  using (( SELECT app.may('settings.keep'::text) AS may))
  with check (( SELECT app.may('settings.keep'::text) AS may));

create policy watched on threshold for select to permanence_app
  using (( SELECT app.may('cell.watch'::text) AS may));

grant insert, select, update on threshold to permanence_app;


-- Who may what in unbound_identity

alter table unbound_identity enable row level security;

alter table unbound_identity force row level security;

create policy door_or_admin on unbound_identity to permanence_app
  using (((( SELECT app.role() AS role) = 'door'::text) OR ( SELECT app.may('accounts.keep'::text) AS may)))
  with check (((( SELECT app.role() AS role) = 'door'::text) OR ( SELECT app.may('accounts.keep'::text) AS may)));

grant delete, insert, select, update on unbound_identity to permanence_app;


-- Who may what in worker_heartbeat

alter table worker_heartbeat enable row level security;

alter table worker_heartbeat force row level security;

create policy everyone_reads on worker_heartbeat for select to permanence_app
  using (true);

create policy machine_writes on worker_heartbeat to permanence_app
  using ((( SELECT app.role() AS role) = 'machine'::text))
  with check ((( SELECT app.role() AS role) = 'machine'::text));

grant delete, insert, select, update on worker_heartbeat to permanence_app;


-- Who may what in works

alter table works enable row level security;

alter table works force row level security;

create policy announced on works to permanence_app
  using (( SELECT app.may('works.announce'::text) AS may))
  with check (( SELECT app.may('works.announce'::text) AS may));

create policy cell_reads on works for select to permanence_app
  using (( SELECT app.may('cell.watch'::text) AS may));

grant insert, select, update on works to permanence_app;


-- Who may what in write_proof

alter table write_proof enable row level security;

alter table write_proof force row level security;


-- Who may what in fallback

alter table fallback enable row level security;

alter table fallback force row level security;

create policy own on fallback for select to permanence_app
  using (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND ( SELECT app.may('instructions.read'::text) AS may) AND (organisation_id = ( SELECT app.organisation() AS organisation))));

create policy watched on fallback for select to permanence_app
  using ((( SELECT app.may('cell.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy written on fallback to permanence_app
  using ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select, update on fallback to permanence_app;


-- Who may what in incident_told

alter table incident_told enable row level security;

alter table incident_told force row level security;

create policy watched on incident_told for select to permanence_app
  using ((( SELECT app.may('cell.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy written on incident_told to permanence_app
  using ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select, update on incident_told to permanence_app;


-- Who may what in instruction

alter table instruction enable row level security;

alter table instruction force row level security;

create policy told on instruction for select to permanence_app
  using (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND ( SELECT app.may('instructions.read'::text) AS may) AND ((state = 'in_force'::text) OR (EXISTS ( SELECT
   FROM instruction_asked a
  WHERE ((a.instruction_id = instruction.id) AND (a.organisation_id = ( SELECT app.organisation() AS organisation))))))));

create policy watched on instruction for select to permanence_app
  using ((( SELECT app.may('cell.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy written on instruction to permanence_app
  using ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select, update on instruction to permanence_app;


-- Who may what in post

alter table post enable row level security;

alter table post force row level security;

create policy admin_writes on post to permanence_app
  using (( SELECT app.may('directory.keep'::text) AS may))
  with check (( SELECT app.may('directory.keep'::text) AS may));

create policy seen on post for select to permanence_app
  using ((( SELECT app.may('cases.watch'::text) AS may) OR (organisation_id = ( SELECT app.organisation() AS organisation))));

grant insert, select, update on post to permanence_app;


-- Who may what in probe_result

alter table probe_result enable row level security;

alter table probe_result force row level security;

create policy cell_reads on probe_result for select to permanence_app
  using (( SELECT app.may('cell.watch'::text) AS may));

create policy machine_writes on probe_result to permanence_app
  using ((( SELECT app.role() AS role) = 'machine'::text))
  with check ((( SELECT app.role() AS role) = 'machine'::text));

grant insert, select on probe_result to permanence_app;


-- Who may what in proposal

alter table proposal enable row level security;

alter table proposal force row level security;

create policy watched on proposal for select to permanence_app
  using ((( SELECT app.may('cases.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy worked on proposal to permanence_app
  using ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select, update on proposal to permanence_app;


-- Who may what in public_page

alter table public_page enable row level security;

alter table public_page force row level security;

create policy agreed on public_page for select to permanence_app
  using (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND ( SELECT app.may('instructions.answer'::text) AS may) AND (authority_organisation_id = ( SELECT app.organisation() AS organisation))));

create policy agreed_off on public_page for update to permanence_app
  using (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND ( SELECT app.may('instructions.answer'::text) AS may) AND (authority_organisation_id = ( SELECT app.organisation() AS organisation))))
  with check (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND ( SELECT app.may('instructions.answer'::text) AS may) AND (authority_organisation_id = ( SELECT app.organisation() AS organisation))));

create policy theirs on public_page to permanence_app
  using (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND ( SELECT app.may('instructions.answer'::text) AS may) AND (EXISTS ( SELECT
   FROM cases c
  WHERE ((c.incident_id = public_page.incident_id) AND ((c.territory_code = ANY (( SELECT app.sees() AS sees)::text[])) OR ('FR'::text = ANY (( SELECT app.sees() AS sees)::text[]))))))))
  with check (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND ( SELECT app.may('instructions.answer'::text) AS may) AND (EXISTS ( SELECT
   FROM cases c
  WHERE ((c.incident_id = public_page.incident_id) AND ((c.territory_code = ANY (( SELECT app.sees() AS sees)::text[])) OR ('FR'::text = ANY (( SELECT app.sees() AS sees)::text[]))))))));

create policy watched on public_page for select to permanence_app
  using ((( SELECT app.may('cell.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy written on public_page to permanence_app
  using ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select, update on public_page to permanence_app;


-- Who may what in routing_rule

alter table routing_rule enable row level security;

alter table routing_rule force row level security;

create policy admin_writes on routing_rule to permanence_app
  using (( SELECT app.may('routing.keep'::text) AS may))
  with check (( SELECT app.may('routing.keep'::text) AS may));

create policy signed_in_reads on routing_rule for select to permanence_app
  using ((( SELECT app.role() AS role) <> ''::text));

grant delete, insert, select, update on routing_rule to permanence_app;


-- Who may what in site

alter table site enable row level security;

alter table site force row level security;

create policy admin_writes on site to permanence_app
  using (( SELECT app.may('directory.keep'::text) AS may))
  with check (( SELECT app.may('directory.keep'::text) AS may));

create policy in_territory on site for select to permanence_app
  using ((( SELECT app.may('cases.observe'::text) AS may) AND ((territory_code = ANY (( SELECT app.sees() AS sees)::text[])) OR ('FR'::text = ANY (( SELECT app.sees() AS sees)::text[])))));

create policy seen on site for select to permanence_app
  using ((( SELECT app.may('cases.watch'::text) AS may) OR (organisation_id = ( SELECT app.organisation() AS organisation))));

grant insert, select, update on site to permanence_app;


-- Who may what in statement

alter table statement enable row level security;

alter table statement force row level security;

create policy theirs on statement for select to permanence_app
  using (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND ( SELECT app.may('instructions.answer'::text) AS may) AND (audience = 'public'::text) AND ((territory_code = ANY (( SELECT app.sees() AS sees)::text[])) OR ('FR'::text = ANY (( SELECT app.sees() AS sees)::text[])))));

create policy validated on statement for update to permanence_app
  using (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND ( SELECT app.may('instructions.answer'::text) AS may) AND (audience = 'public'::text) AND ((territory_code = ANY (( SELECT app.sees() AS sees)::text[])) OR ('FR'::text = ANY (( SELECT app.sees() AS sees)::text[])))))
  with check (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND ( SELECT app.may('instructions.answer'::text) AS may) AND (audience = 'public'::text) AND (approved_for = ( SELECT app.organisation() AS organisation))));

create policy watched on statement for select to permanence_app
  using ((( SELECT app.may('cell.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy written on statement to permanence_app
  using ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select, update on statement to permanence_app;


-- Who may what in test_agreement

alter table test_agreement enable row level security;

alter table test_agreement force row level security;

create policy cell_reads on test_agreement for select to permanence_app
  using (( SELECT app.may('cell.watch'::text) AS may));

create policy kept on test_agreement to permanence_app
  using (( SELECT app.may('supervision.keep'::text) AS may))
  with check (( SELECT app.may('supervision.keep'::text) AS may));

grant insert, select, update on test_agreement to permanence_app;


-- Who may what in account

alter table account enable row level security;

alter table account force row level security;

create policy admin_writes on account to permanence_app
  using (( SELECT app.may('accounts.keep'::text) AS may))
  with check (( SELECT app.may('accounts.keep'::text) AS may));

create policy seen on account for select to permanence_app
  using ((( SELECT app.may('cases.watch'::text) AS may) OR (( SELECT app.role() AS role) = 'door'::text) OR (id = ( SELECT app.account() AS account))));

grant insert, select, update on account to permanence_app;


-- Who may what in broadcast

alter table broadcast enable row level security;

alter table broadcast force row level security;

create policy watched on broadcast for select to permanence_app
  using ((( SELECT app.may('cell.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy written on broadcast to permanence_app
  using ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select, update on broadcast to permanence_app;


-- Who may what in contact

alter table contact enable row level security;

alter table contact force row level security;

create policy admin_writes on contact to permanence_app
  using (( SELECT app.may('directory.keep'::text) AS may))
  with check (( SELECT app.may('directory.keep'::text) AS may));

create policy machine_marks on contact for update to permanence_app
  using ((( SELECT app.role() AS role) = 'machine'::text))
  with check ((( SELECT app.role() AS role) = 'machine'::text));

create policy seen on contact for select to permanence_app
  using ((( SELECT app.may('cases.watch'::text) AS may) OR (organisation_id = ( SELECT app.organisation() AS organisation))));

grant insert, select, update on contact to permanence_app;


-- Who may what in crisis

alter table crisis enable row level security;

alter table crisis force row level security;

create policy watched on crisis for select to permanence_app
  using ((( SELECT app.may('cell.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy worked on crisis to permanence_app
  using ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create trigger clock_runs BEFORE UPDATE ON crisis FOR EACH ROW EXECUTE FUNCTION app.clock_runs();

grant insert, select, update on crisis to permanence_app;


-- Who may what in fallback_line

alter table fallback_line enable row level security;

alter table fallback_line force row level security;

create policy looked on fallback_line for select to permanence_app
  using (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND (( SELECT app.may('fallbacks.look'::text) AS may) OR (EXISTS ( SELECT
   FROM fallback f
  WHERE ((f.id = fallback_line.fallback_id) AND (f.organisation_id = ( SELECT app.organisation() AS organisation))))))));

create policy made on fallback_line for insert to permanence_app
  with check (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND ( SELECT app.may('instructions.write'::text) AS may)));

create policy probed on fallback_line for select to permanence_app
  using (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND (( SELECT app.role() AS role) = 'machine'::text) AND (EXISTS ( SELECT
   FROM fallback f
  WHERE ((f.id = fallback_line.fallback_id) AND f.probed AND (f.state = 'open'::text))))));

grant insert, select, update on fallback_line to permanence_app;


-- Who may what in fallback_test

alter table fallback_test enable row level security;

alter table fallback_test force row level security;

create policy watched on fallback_test for select to permanence_app
  using ((( SELECT app.may('cell.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy written on fallback_test to permanence_app
  using ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select, update on fallback_test to permanence_app;


-- Who may what in instruction_asked

alter table instruction_asked enable row level security;

alter table instruction_asked force row level security;

create policy answered on instruction_asked for update to permanence_app
  using (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND ( SELECT app.may('instructions.answer'::text) AS may) AND (organisation_id = ( SELECT app.organisation() AS organisation))))
  with check (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND ( SELECT app.may('instructions.answer'::text) AS may) AND (organisation_id = ( SELECT app.organisation() AS organisation))));

create policy own on instruction_asked for select to permanence_app
  using (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND ( SELECT app.may('instructions.read'::text) AS may) AND (organisation_id = ( SELECT app.organisation() AS organisation))));

create policy watched on instruction_asked for select to permanence_app
  using ((( SELECT app.may('cell.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy written on instruction_asked to permanence_app
  using ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select, update on instruction_asked to permanence_app;


-- Who may what in instruction_test

alter table instruction_test enable row level security;

alter table instruction_test force row level security;

create policy told on instruction_test for select to permanence_app
  using (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND ( SELECT app.may('instructions.read'::text) AS may) AND (EXISTS ( SELECT
   FROM instruction_asked a
  WHERE ((a.instruction_id = instruction_test.instruction_id) AND (a.organisation_id = ( SELECT app.organisation() AS organisation)))))));

create policy watched on instruction_test for select to permanence_app
  using ((( SELECT app.may('cell.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy written on instruction_test to permanence_app
  using ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select, update on instruction_test to permanence_app;


-- Who may what in move

alter table move enable row level security;

alter table move force row level security;

create policy seen on move for select to permanence_app
  using ((( SELECT app.may('migration.work'::text) AS may) OR (EXISTS ( SELECT
   FROM site s
  WHERE (s.id = move.site_id)))));

create policy worked on move to permanence_app
  using (( SELECT app.may('migration.work'::text) AS may))
  with check (( SELECT app.may('migration.work'::text) AS may));

grant insert, select, update on move to permanence_app;


-- Who may what in move_blocker

alter table move_blocker enable row level security;

alter table move_blocker force row level security;

create policy seen on move_blocker for select to permanence_app
  using ((( SELECT app.may('migration.work'::text) AS may) OR (EXISTS ( SELECT
   FROM site s
  WHERE (s.id = move_blocker.site_id)))));

create policy worked on move_blocker to permanence_app
  using (( SELECT app.may('migration.work'::text) AS may))
  with check (( SELECT app.may('migration.work'::text) AS may));

grant insert, select, update on move_blocker to permanence_app;


-- Who may what in move_step

alter table move_step enable row level security;

alter table move_step force row level security;

create policy seen on move_step for select to permanence_app
  using ((( SELECT app.may('migration.work'::text) AS may) OR (EXISTS ( SELECT
   FROM site s
  WHERE (s.id = move_step.site_id)))));

create policy worked on move_step to permanence_app
  using (( SELECT app.may('migration.work'::text) AS may))
  with check (( SELECT app.may('migration.work'::text) AS may));

grant insert, select, update on move_step to permanence_app;


-- Who may what in notice_subscription

alter table notice_subscription enable row level security;

alter table notice_subscription force row level security;

create policy chosen on notice_subscription to permanence_app
  using ((( SELECT app.may('directory.keep'::text) AS may) OR (( SELECT app.may('notices.acknowledge'::text) AS may) AND (EXISTS ( SELECT
   FROM post p
  WHERE ((p.id = notice_subscription.post_id) AND (p.organisation_id = ( SELECT app.organisation() AS organisation))))))))
  with check ((( SELECT app.may('directory.keep'::text) AS may) OR (( SELECT app.may('notices.acknowledge'::text) AS may) AND (EXISTS ( SELECT
   FROM post p
  WHERE ((p.id = notice_subscription.post_id) AND (p.organisation_id = ( SELECT app.organisation() AS organisation))))))));

create policy watched on notice_subscription for select to permanence_app
  using (( SELECT app.may('cell.watch'::text) AS may));

grant insert, select, update on notice_subscription to permanence_app;


-- Who may what in probe_burst

alter table probe_burst enable row level security;

alter table probe_burst force row level security;

create policy cell_reads on probe_burst for select to permanence_app
  using (( SELECT app.may('cell.watch'::text) AS may));

create policy machine_writes on probe_burst to permanence_app
  using ((( SELECT app.role() AS role) = 'machine'::text))
  with check ((( SELECT app.role() AS role) = 'machine'::text));

grant insert, select, update on probe_burst to permanence_app;


-- Who may what in site_check

alter table site_check enable row level security;

alter table site_check force row level security;

create policy seen on site_check for select to permanence_app
  using ((( SELECT app.may('migration.work'::text) AS may) OR (EXISTS ( SELECT
   FROM site s
  WHERE (s.id = site_check.site_id)))));

create policy worked on site_check to permanence_app
  using (( SELECT app.may('migration.work'::text) AS may))
  with check (( SELECT app.may('migration.work'::text) AS may));

grant insert, select, update on site_check to permanence_app;


-- Who may what in site_line

alter table site_line enable row level security;

alter table site_line force row level security;

create policy seen on site_line for select to permanence_app
  using ((( SELECT app.may('migration.work'::text) AS may) OR (EXISTS ( SELECT
   FROM site s
  WHERE (s.id = site_line.site_id)))));

create policy worked on site_line to permanence_app
  using (( SELECT app.may('migration.work'::text) AS may))
  with check (( SELECT app.may('migration.work'::text) AS may));

grant insert, select, update on site_line to permanence_app;


-- Who may what in site_version

alter table site_version enable row level security;

alter table site_version force row level security;

create policy kept on site_version for insert to permanence_app
  with check (( SELECT app.may('directory.keep'::text) AS may));

create policy seen on site_version for select to permanence_app
  using ((( SELECT app.may('migration.work'::text) AS may) OR ( SELECT app.may('directory.keep'::text) AS may)));

grant insert, select on site_version to permanence_app;


-- Who may what in test_plan

alter table test_plan enable row level security;

alter table test_plan force row level security;

create policy cell_reads on test_plan for select to permanence_app
  using (( SELECT app.may('cell.watch'::text) AS may));

create policy kept on test_plan to permanence_app
  using (( SELECT app.may('supervision.keep'::text) AS may))
  with check (( SELECT app.may('supervision.keep'::text) AS may));

grant delete, insert, select, update on test_plan to permanence_app;


-- Who may what in alarm_heard

alter table alarm_heard enable row level security;

alter table alarm_heard force row level security;

create policy said on alarm_heard for insert to permanence_app
  with check ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy seen on alarm_heard for select to permanence_app
  using ((( SELECT app.may('cell.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select on alarm_heard to permanence_app;


-- Who may what in api_token

alter table api_token enable row level security;

alter table api_token force row level security;

create policy admin_writes on api_token to permanence_app
  using (( SELECT app.may('accounts.keep'::text) AS may))
  with check (( SELECT app.may('accounts.keep'::text) AS may));

create policy seen on api_token for select to permanence_app
  using (( SELECT app.may('accounts.keep'::text) AS may));

grant delete, insert, select, update on api_token to permanence_app;


-- Who may what in broadcast_recipient

alter table broadcast_recipient enable row level security;

alter table broadcast_recipient force row level security;

create policy watched on broadcast_recipient for select to permanence_app
  using ((( SELECT app.may('cell.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy written on broadcast_recipient to permanence_app
  using ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('instructions.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select, update on broadcast_recipient to permanence_app;


-- Who may what in call_out

alter table call_out enable row level security;

alter table call_out force row level security;

create policy watched on call_out for select to permanence_app
  using ((( SELECT app.may('cell.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy worked on call_out to permanence_app
  using ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select, update on call_out to permanence_app;


-- Who may what in cases

alter table cases enable row level security;

alter table cases force row level security;

create policy made on cases for insert to permanence_app
  with check (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND (( SELECT app.may('cases.work'::text) AS may) OR (( SELECT app.may('cases.follow'::text) AS may) AND (organisation_id = ( SELECT app.organisation() AS organisation))))));

create policy seen on cases for select to permanence_app
  using (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND (( SELECT app.may('cases.watch'::text) AS may) OR (( SELECT app.may('cases.follow'::text) AS may) AND ((organisation_id = ( SELECT app.organisation() AS organisation)) OR (territory_code = ANY (( SELECT app.sees() AS sees)::text[])) OR ('FR'::text = ANY (( SELECT app.sees() AS sees)::text[])))))));

create policy worked on cases for update to permanence_app
  using (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND (( SELECT app.may('cases.work'::text) AS may) OR (( SELECT app.may('cases.follow'::text) AS may) AND (organisation_id = ( SELECT app.organisation() AS organisation))))))
  with check (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND (( SELECT app.may('cases.work'::text) AS may) OR (( SELECT app.may('cases.follow'::text) AS may) AND (organisation_id = ( SELECT app.organisation() AS organisation))))));

create trigger case_search BEFORE INSERT OR UPDATE OF organisation_id, territory_code, commune_codes, commune_words, site_id, numbers, external_id, callback_phone, reporter_name, reporter_post, symptom, symptom_words, details, told, neighbour_note, calling_operator, calling_technology ON cases FOR EACH ROW EXECUTE FUNCTION app.case_search();

create trigger deadline_made AFTER INSERT ON cases FOR EACH ROW WHEN (new.deadline_at IS NOT NULL) EXECUTE FUNCTION app.keep_deadline();

create trigger deadline_moved AFTER UPDATE OF deadline_at ON cases FOR EACH ROW WHEN (new.deadline_at IS DISTINCT FROM old.deadline_at) EXECUTE FUNCTION app.keep_deadline();

grant insert, select, update on cases to permanence_app;


-- Who may what in contact_way

alter table contact_way enable row level security;

alter table contact_way force row level security;

create policy cell_reads on contact_way for select to permanence_app
  using (( SELECT app.may('roster.own'::text) AS may));

create policy lead_or_self_writes on contact_way to permanence_app
  using ((( SELECT app.may('roster.keep'::text) AS may) OR (( SELECT app.may('roster.own'::text) AS may) AND (account_id = ( SELECT app.account() AS account)))))
  with check ((( SELECT app.may('roster.keep'::text) AS may) OR (( SELECT app.may('roster.own'::text) AS may) AND (account_id = ( SELECT app.account() AS account)))));

create policy machine_proves on contact_way for update to permanence_app
  using ((( SELECT app.role() AS role) = 'machine'::text))
  with check ((( SELECT app.role() AS role) = 'machine'::text));

create trigger guarded BEFORE INSERT OR UPDATE ON contact_way FOR EACH ROW EXECUTE FUNCTION app.guard_way();

grant insert, select, update on contact_way to permanence_app;


-- Who may what in directory_upload

alter table directory_upload enable row level security;

alter table directory_upload force row level security;

create policy own on directory_upload to permanence_app
  using (((account_id = ( SELECT app.account() AS account)) AND app.may(
CASE purpose
    WHEN 'directory'::text THEN 'directory.keep'::text
    WHEN 'copper'::text THEN 'migration.import'::text
    ELSE 'register.keep'::text
END)))
  with check (((account_id = ( SELECT app.account() AS account)) AND app.may(
CASE purpose
    WHEN 'directory'::text THEN 'directory.keep'::text
    WHEN 'copper'::text THEN 'migration.import'::text
    ELSE 'register.keep'::text
END)));

grant delete, insert, select on directory_upload to permanence_app;


-- Who may what in external_identity

alter table external_identity enable row level security;

alter table external_identity force row level security;

create policy admin_reads on external_identity for select to permanence_app
  using (( SELECT app.may('accounts.keep'::text) AS may));

create policy admin_takes_away on external_identity for delete to permanence_app
  using (( SELECT app.may('accounts.keep'::text) AS may));

create policy door_or_admin on external_identity to permanence_app
  using (((( SELECT app.role() AS role) = 'door'::text) OR ( SELECT app.may('accounts.keep'::text) AS may)))
  with check (((( SELECT app.role() AS role) = 'door'::text) OR ( SELECT app.may('accounts.keep'::text) AS may)));

create policy own_reads on external_identity for select to permanence_app
  using ((account_id = ( SELECT app.account() AS account)));

grant delete, insert, select, update on external_identity to permanence_app;


-- Who may what in inbox_message

alter table inbox_message enable row level security;

alter table inbox_message force row level security;

create policy cell_tells on inbox_message for insert to permanence_app
  with check ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy own on inbox_message for select to permanence_app
  using ((((( SELECT app.may('inbox.read'::text) AS may) AND (account_id = ( SELECT app.account() AS account))) OR (( SELECT app.role() AS role) = 'machine'::text)) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy own_reads on inbox_message for update to permanence_app
  using ((( SELECT app.may('inbox.read'::text) AS may) AND (account_id = ( SELECT app.account() AS account)) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((account_id = ( SELECT app.account() AS account)));

grant insert, select on inbox_message to permanence_app;

grant update (acknowledged_at, read_at) on inbox_message to permanence_app;


-- Who may what in invitation

alter table invitation enable row level security;

alter table invitation force row level security;

create policy door_or_admin on invitation to permanence_app
  using (((( SELECT app.role() AS role) = 'door'::text) OR ( SELECT app.may('accounts.keep'::text) AS may)))
  with check (((( SELECT app.role() AS role) = 'door'::text) OR ( SELECT app.may('accounts.keep'::text) AS may)));

grant delete, insert, select, update on invitation to permanence_app;


-- Who may what in known_origin

alter table known_origin enable row level security;

alter table known_origin force row level security;

create policy door_only on known_origin to permanence_app
  using ((( SELECT app.role() AS role) = 'door'::text))
  with check ((( SELECT app.role() AS role) = 'door'::text));

grant delete, insert, select, update on known_origin to permanence_app;


-- Who may what in move_test

alter table move_test enable row level security;

alter table move_test force row level security;

create policy seen on move_test for select to permanence_app
  using ((( SELECT app.may('migration.work'::text) AS may) OR (EXISTS ( SELECT
   FROM site s
  WHERE (s.id = move_test.site_id)))));

create policy worked on move_test to permanence_app
  using (( SELECT app.may('migration.work'::text) AS may))
  with check (( SELECT app.may('migration.work'::text) AS may));

grant insert, select, update on move_test to permanence_app;


-- Who may what in notice

alter table notice enable row level security;

alter table notice force row level security;

create policy recipient_reads on notice for select to permanence_app
  using (((state = 'issued'::text) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND (EXISTS ( SELECT
   FROM notice_recipient r
  WHERE ((r.notice_id = notice.id) AND (r.organisation_id = ( SELECT app.organisation() AS organisation)))))));

create policy watched on notice for select to permanence_app
  using ((( SELECT app.may('cell.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy written on notice to permanence_app
  using ((( SELECT app.may('notices.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('notices.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select, update on notice to permanence_app;


-- Who may what in notification_choice

alter table notification_choice enable row level security;

alter table notification_choice force row level security;

create policy machine_reads on notification_choice for select to permanence_app
  using ((( SELECT app.role() AS role) = 'machine'::text));

create policy own on notification_choice to permanence_app
  using ((( SELECT app.may('inbox.read'::text) AS may) AND (account_id = ( SELECT app.account() AS account))))
  with check ((( SELECT app.may('inbox.read'::text) AS may) AND (account_id = ( SELECT app.account() AS account))));

grant insert, select, update on notification_choice to permanence_app;


-- Who may what in outbox

alter table outbox enable row level security;

alter table outbox force row level security;

create policy cell_reads on outbox for select to permanence_app
  using ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy machine_queues on outbox for insert to permanence_app
  with check (((( SELECT app.role() AS role) = 'machine'::text) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy machine_sends on outbox for update to permanence_app
  using (((( SELECT app.role() AS role) = 'machine'::text) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check (((( SELECT app.role() AS role) = 'machine'::text) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select, update on outbox to permanence_app;


-- Who may what in own_telephone

alter table own_telephone enable row level security;

alter table own_telephone force row level security;

create policy own on own_telephone to permanence_app
  using ((( SELECT app.may('cases.work'::text) AS may) AND (account_id = ( SELECT app.account() AS account))))
  with check ((( SELECT app.may('cases.work'::text) AS may) AND (account_id = ( SELECT app.account() AS account))));

create policy seen on own_telephone for select to permanence_app
  using (( SELECT app.may('cases.work'::text) AS may));

grant delete, insert, select, update on own_telephone to permanence_app;


-- Who may what in passkey

alter table passkey enable row level security;

alter table passkey force row level security;

create policy admin_reads on passkey for select to permanence_app
  using (( SELECT app.may('accounts.keep'::text) AS may));

create policy admin_takes_away on passkey for delete to permanence_app
  using (( SELECT app.may('accounts.keep'::text) AS may));

create policy own on passkey to permanence_app
  using (((( SELECT app.role() AS role) = 'door'::text) OR (( SELECT app.may('account.own'::text) AS may) AND (account_id = ( SELECT app.account() AS account)))))
  with check (((( SELECT app.role() AS role) = 'door'::text) OR (( SELECT app.may('account.own'::text) AS may) AND (account_id = ( SELECT app.account() AS account)))));

grant delete, insert, select, update on passkey to permanence_app;


-- Who may what in passphrase

alter table passphrase enable row level security;

alter table passphrase force row level security;

create policy door_reads on passphrase for select to permanence_app
  using ((( SELECT app.role() AS role) = 'door'::text));

grant delete, insert, select, update on passphrase to permanence_app;


-- Who may what in push_subscription

alter table push_subscription enable row level security;

alter table push_subscription force row level security;

create policy own_or_machine on push_subscription to permanence_app
  using (((( SELECT app.role() AS role) = 'machine'::text) OR (( SELECT app.may('inbox.read'::text) AS may) AND (account_id = ( SELECT app.account() AS account)))))
  with check (((( SELECT app.role() AS role) = 'machine'::text) OR (( SELECT app.may('inbox.read'::text) AS may) AND (account_id = ( SELECT app.account() AS account)))));

grant delete, insert, select, update on push_subscription to permanence_app;


-- Who may what in recovery_code

alter table recovery_code enable row level security;

alter table recovery_code force row level security;

create policy admin_reads on recovery_code for select to permanence_app
  using (( SELECT app.may('accounts.keep'::text) AS may));

create policy admin_takes_away on recovery_code for delete to permanence_app
  using (( SELECT app.may('accounts.keep'::text) AS may));

create policy own on recovery_code to permanence_app
  using (((( SELECT app.role() AS role) = 'door'::text) OR (( SELECT app.may('account.own'::text) AS may) AND (account_id = ( SELECT app.account() AS account)))))
  with check (((( SELECT app.role() AS role) = 'door'::text) OR (( SELECT app.may('account.own'::text) AS may) AND (account_id = ( SELECT app.account() AS account)))));

grant delete, insert, select, update on recovery_code to permanence_app;


-- Who may what in roster_shift

alter table roster_shift enable row level security;

alter table roster_shift force row level security;

create policy lead_writes on roster_shift to permanence_app
  using (( SELECT app.may('roster.keep'::text) AS may))
  with check (( SELECT app.may('roster.keep'::text) AS may));

create policy watched on roster_shift for select to permanence_app
  using (( SELECT app.may('cell.watch'::text) AS may));

grant insert, select, update on roster_shift to permanence_app;


-- Who may what in saved_view

alter table saved_view enable row level security;

alter table saved_view force row level security;

create policy own on saved_view to permanence_app
  using ((( SELECT app.may('cases.work'::text) AS may) AND (account_id = ( SELECT app.account() AS account))))
  with check ((( SELECT app.may('cases.work'::text) AS may) AND (account_id = ( SELECT app.account() AS account))));

grant delete, insert, select, update on saved_view to permanence_app;


-- Who may what in session

alter table session enable row level security;

alter table session force row level security;

create policy door_makes on session for insert to permanence_app
  with check ((( SELECT app.role() AS role) = 'door'::text));

create policy ended on session for update to permanence_app
  using (((revoked_at IS NULL) AND ((( SELECT app.role() AS role) = 'door'::text) OR (account_id = ( SELECT app.account() AS account)) OR ( SELECT app.may('accounts.keep'::text) AS may))))
  with check (((( SELECT app.role() AS role) = 'door'::text) OR (account_id = ( SELECT app.account() AS account)) OR ( SELECT app.may('accounts.keep'::text) AS may)));

create policy seen on session for select to permanence_app
  using (((( SELECT app.role() AS role) = 'door'::text) OR (account_id = ( SELECT app.account() AS account)) OR ( SELECT app.may('accounts.keep'::text) AS may)));

grant insert, select on session to permanence_app;

grant update (confined, method, reauthenticated_at, revoked_at, strong) on session to permanence_app;


-- Who may what in team_member

alter table team_member enable row level security;

alter table team_member force row level security;

create policy admin_writes on team_member to permanence_app
  using (( SELECT app.may('routing.keep'::text) AS may))
  with check (( SELECT app.may('routing.keep'::text) AS may));

create policy signed_in_reads on team_member for select to permanence_app
  using ((( SELECT app.role() AS role) <> ''::text));

grant delete, insert, select, update on team_member to permanence_app;


-- Who may what in totp

alter table totp enable row level security;

alter table totp force row level security;

create policy admin_reads on totp for select to permanence_app
  using (( SELECT app.may('accounts.keep'::text) AS may));

create policy admin_takes_away on totp for delete to permanence_app
  using (( SELECT app.may('accounts.keep'::text) AS may));

create policy own on totp to permanence_app
  using (((( SELECT app.role() AS role) = 'door'::text) OR (( SELECT app.may('account.own'::text) AS may) AND (account_id = ( SELECT app.account() AS account)))))
  with check (((( SELECT app.role() AS role) = 'door'::text) OR (( SELECT app.may('account.own'::text) AS may) AND (account_id = ( SELECT app.account() AS account)))));

grant delete, insert, select, update on totp to permanence_app;


-- Who may what in attachment

alter table attachment enable row level security;

alter table attachment force row level security;

create policy made on attachment for insert to permanence_app
  with check (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND (account_id = ( SELECT app.account() AS account)) AND (( SELECT app.may('cases.work'::text) AS may) OR (( SELECT app.may('cases.follow'::text) AS may) AND (EXISTS ( SELECT
   FROM cases c
  WHERE ((c.id = attachment.case_id) AND (c.organisation_id = ( SELECT app.organisation() AS organisation)))))))));

create policy seen on attachment for select to permanence_app
  using (((( SELECT app.may('cases.follow'::text) AS may) OR ( SELECT app.may('cases.work'::text) AS may)) AND (EXISTS ( SELECT
   FROM cases c
  WHERE (c.id = attachment.case_id)))));

grant insert, select on attachment to permanence_app;


-- Who may what in case_deadline

alter table case_deadline enable row level security;

alter table case_deadline force row level security;

create policy clock_reads on case_deadline for select to permanence_app
  using (((( SELECT app.role() AS role) = 'machine'::text) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant select on case_deadline to permanence_app;


-- Who may what in case_moved_out

alter table case_moved_out enable row level security;

alter table case_moved_out force row level security;

create policy watched on case_moved_out for select to permanence_app
  using ((( SELECT app.may('cases.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy worked on case_moved_out to permanence_app
  using ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select, update on case_moved_out to permanence_app;


-- Who may what in case_presence

alter table case_presence enable row level security;

alter table case_presence force row level security;

create policy cell_only on case_presence to permanence_app
  using (( SELECT app.may('cases.work'::text) AS may))
  with check ((( SELECT app.may('cases.work'::text) AS may) AND (account_id = ( SELECT app.account() AS account))));

grant delete, insert, select, update on case_presence to permanence_app;


-- Who may what in case_test

alter table case_test enable row level security;

alter table case_test force row level security;

create policy made on case_test for insert to permanence_app
  with check (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND (( SELECT app.may('cases.work'::text) AS may) OR (( SELECT app.may('cases.follow'::text) AS may) AND (side = 'reporter'::text) AND (account_id = ( SELECT app.account() AS account)) AND (EXISTS ( SELECT
   FROM cases c
  WHERE ((c.id = case_test.case_id) AND (c.organisation_id = ( SELECT app.organisation() AS organisation)))))))));

create policy observed on case_test for insert to permanence_app
  with check (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND ( SELECT app.may('cases.observe'::text) AS may) AND (side = 'authority'::text) AND (account_id = ( SELECT app.account() AS account)) AND (EXISTS ( SELECT
   FROM cases c
  WHERE ((c.id = case_test.case_id) AND ((c.territory_code = ANY (( SELECT app.sees() AS sees)::text[])) OR ('FR'::text = ANY (( SELECT app.sees() AS sees)::text[]))))))));

create policy seen on case_test for select to permanence_app
  using ((EXISTS ( SELECT
   FROM cases c
  WHERE (c.id = case_test.case_id)
 OFFSET 0)));

grant insert, select, update on case_test to permanence_app;


-- Who may what in incident_candidate

alter table incident_candidate enable row level security;

alter table incident_candidate force row level security;

create policy watched on incident_candidate for select to permanence_app
  using ((( SELECT app.may('cases.watch'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy worked on incident_candidate to permanence_app
  using ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))))
  with check ((( SELECT app.may('cases.work'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

grant insert, select, update on incident_candidate to permanence_app;


-- Who may what in kept_form

alter table kept_form enable row level security;

alter table kept_form force row level security;

create policy door_only on kept_form to permanence_app
  using ((( SELECT app.role() AS role) = 'door'::text))
  with check ((( SELECT app.role() AS role) = 'door'::text));

grant delete, insert, select, update on kept_form to permanence_app;


-- Who may what in message_part

alter table message_part enable row level security;

alter table message_part force row level security;

create policy machine_keeps on message_part to permanence_app
  using ((( SELECT app.role() AS role) = 'machine'::text))
  with check ((( SELECT app.role() AS role) = 'machine'::text));

grant insert, select, update on message_part to permanence_app;


-- Who may what in notice_recipient

alter table notice_recipient enable row level security;

alter table notice_recipient force row level security;

create policy acknowledged on notice_recipient for update to permanence_app
  using (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND (( SELECT app.may('notices.write'::text) AS may) OR (( SELECT app.may('notices.acknowledge'::text) AS may) AND (organisation_id = ( SELECT app.organisation() AS organisation))))))
  with check (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND (( SELECT app.may('notices.write'::text) AS may) OR (( SELECT app.may('notices.acknowledge'::text) AS may) AND (organisation_id = ( SELECT app.organisation() AS organisation))))));

create policy cell_makes on notice_recipient for insert to permanence_app
  with check ((( SELECT app.may('notices.write'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise)))));

create policy recipient_sees on notice_recipient for select to permanence_app
  using (((NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND (( SELECT app.may('cell.watch'::text) AS may) OR (( SELECT app.may('notices.read'::text) AS may) AND (organisation_id = ( SELECT app.organisation() AS organisation))))));

grant insert, select, update on notice_recipient to permanence_app;


-- Who may what in phone_call

alter table phone_call enable row level security;

alter table phone_call force row level security;

create policy worked on phone_call to permanence_app
  using (( SELECT app.may('cases.work'::text) AS may))
  with check ((( SELECT app.may('cases.work'::text) AS may) AND (( SELECT app.exercise() AS exercise) IS NULL)));

grant insert, select, update on phone_call to permanence_app;


-- Who may what in ticket

alter table ticket enable row level security;

alter table ticket force row level security;

create policy said on ticket for insert to permanence_app
  with check ((( SELECT app.may('cases.report'::text) AS may) AND (NOT (exercise_id IS DISTINCT FROM ( SELECT app.exercise() AS exercise))) AND (EXISTS ( SELECT
   FROM cases c
  WHERE ((c.id = ticket.case_id) AND (( SELECT app.may('cases.work'::text) AS may) OR (c.organisation_id = ( SELECT app.organisation() AS organisation))))))));

create policy seen on ticket for select to permanence_app
  using ((EXISTS ( SELECT
   FROM cases c
  WHERE (c.id = ticket.case_id))));

grant insert, select on ticket to permanence_app;


-- Who may what in ticket_listener

alter table ticket_listener enable row level security;

alter table ticket_listener force row level security;

create policy own on ticket_listener to permanence_app
  using ((( SELECT app.may('cases.report'::text) AS may) AND (account_id = ( SELECT app.account() AS account))))
  with check ((( SELECT app.may('cases.report'::text) AS may) AND (account_id = ( SELECT app.account() AS account))));

create policy told on ticket_listener to permanence_app
  using (((( SELECT app.role() AS role) = 'machine'::text) AND (( SELECT app.exercise() AS exercise) IS NULL)))
  with check (((( SELECT app.role() AS role) = 'machine'::text) AND (( SELECT app.exercise() AS exercise) IS NULL)));

grant delete, insert, select on ticket_listener to permanence_app;

grant update (failing_since, failures, last_error, next_at, token_id) on ticket_listener to permanence_app;


-- Who may what in ticket_event

alter table ticket_event enable row level security;

alter table ticket_event force row level security;

create policy told on ticket_event to permanence_app
  using (((( SELECT app.role() AS role) = 'machine'::text) AND (( SELECT app.exercise() AS exercise) IS NULL)))
  with check (((( SELECT app.role() AS role) = 'machine'::text) AND (( SELECT app.exercise() AS exercise) IS NULL)));

grant delete, insert, select on ticket_event to permanence_app;

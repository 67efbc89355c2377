CREATE TABLE "channel_proof" (
	"channel" text PRIMARY KEY NOT NULL,
	"accepted_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"error" text,
	"failures" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message_part" (
	"channel" text NOT NULL,
	"external_id" text NOT NULL,
	"outbox_id" bigint,
	"says" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "message_part_pkey" PRIMARY KEY("channel","external_id"),
	CONSTRAINT "message_part_says_known" CHECK (says in ('delivered', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "call_out" ADD COLUMN "cannot_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "acknowledged_by" text;--> statement-breakpoint
ALTER TABLE "message_part" ADD CONSTRAINT "message_part_outbox_id_outbox_id_fk" FOREIGN KEY ("outbox_id") REFERENCES "public"."outbox"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_part_of" ON "message_part" USING btree ("outbox_id") WHERE outbox_id is not null;--> statement-breakpoint
CREATE INDEX "outbox_incident" ON "outbox" USING btree ("incident_id") WHERE incident_id is not null;--> statement-breakpoint
CREATE INDEX "outbox_case" ON "outbox" USING btree ("case_id") WHERE case_id is not null;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_acknowledged_by_known" CHECK (acknowledged_by in ('page', 'link', 'reply', 'key', 'call'));--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['channel_proof', 'message_part'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner_works on public.%I to %I using (true) with check (true)', t, current_user);
  end loop;
end $$;
--> statement-breakpoint
grant select, insert, update on channel_proof, message_part to permanence_app;
--> statement-breakpoint
create policy cell_reads on channel_proof for select to permanence_app using ((select app.may('cell.watch')));
--> statement-breakpoint
create policy machine_writes on channel_proof to permanence_app
  using ((select app.role()) = 'machine') with check ((select app.role()) = 'machine');
--> statement-breakpoint
create policy machine_keeps on message_part to permanence_app
  using ((select app.role()) = 'machine') with check ((select app.role()) = 'machine');
--> statement-breakpoint
-- Whoever acknowledges from outside, by the link in his message or a key pressed, has no session: what follows is done in his
-- name, by the machine that knows which message it was.
create function app.actor_who_answers(who bigint) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if app.role() is distinct from 'machine' then
    raise exception 'only a machine takes an answer' using errcode = 'insufficient_privilege';
  end if;
  return app.account_actor(who);
end $$;
--> statement-breakpoint
revoke execute on function app.actor_who_answers(bigint) from public;
--> statement-breakpoint
grant execute on function app.actor_who_answers(bigint) to permanence_app;
--> statement-breakpoint
ALTER TABLE "cases" DROP CONSTRAINT "cases_queue_rank_known";--> statement-breakpoint
-- The open cases take their new places; what is late is known by what was told of it.
UPDATE "cases" SET "queue_rank" = CASE
  WHEN still_failing_at IS NOT NULL THEN 0
  WHEN coalesce(ack_missed_at, check_missed_at, promise_missed_at) IS NOT NULL THEN CASE WHEN level >= 3 THEN 2 ELSE 4 END
  WHEN state = 'received' THEN CASE WHEN level >= 3 THEN 1 ELSE 5 END
  WHEN level >= 3 AND state NOT IN ('waiting_reporter', 'restored', 'confirmed') THEN 3
  ELSE 6 END
WHERE app.is_open(state);--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_queue_rank_known" CHECK (queue_rank in (0, 1, 2, 3, 4, 5, 6));
--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "commune_words" text;
--> statement-breakpoint
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
-- Restored and contested since: it fails still. The state says it, the hour of the restoration does not.
create function app.neighbourhood(place text, asked text[])
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
      where c.numbers @> array[n.number] and (app.is_open(c.state) or c.state = 'duplicate') and c.state not in ('restored', 'confirmed')
        and c.verification <> 'unverified' and c.organisation_id is distinct from app.organisation()
        and c.exercise_id is not distinct from app.exercise()
        and (c.territory_code = place or t.kind = 'departement'
          and t.region_code = (select region_code from territory where code = place))) as f);
end $function$;
--> statement-breakpoint
revoke execute on function app.neighbourhood(text, text[]) from public;
--> statement-breakpoint
grant execute on function app.neighbourhood(text, text[]) to permanence_app;
--> statement-breakpoint
ALTER TABLE "incident" ADD COLUMN "named_at" timestamp with time zone;
--> statement-breakpoint
-- Until somebody names it: its numbers and its places, as the rule writes them anew with the next case.
UPDATE "incident" i SET "title" = left((
  SELECT concat_ws(' – ', string_agg(distinct n, ' · '), string_agg(distinct t.name, ', '))
  FROM cases c LEFT JOIN territory t ON t.code = c.territory_code LEFT JOIN LATERAL unnest(c.numbers) n ON true
  WHERE c.incident_id = i.id), 120)
WHERE "title" IS NULL;
--> statement-breakpoint
-- One spelling for what is stored and for what is typed: no accent, no sign, letters apart from figures, no zero before a number.
-- « Q.850 », « q850 » and « Q 850 » are the same two words; so are « ATM-0042 » and « atm 42 ».
create function app.spelt(written text) returns text
language sql immutable parallel safe set search_path = public, pg_temp as $$
  select regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    lower(unaccent('public.unaccent'::regdictionary, normalize(coalesce(written, ''), NFKC))),
    '[^a-z0-9]+', ' ', 'g'),
    '([a-z])([0-9])', '\1 \2', 'g'),
    '([0-9])([a-z])', '\1 \2', 'g'),
    '\m0+([0-9])', '\1', 'g')
$$;
--> statement-breakpoint
-- A code of ours (a symptom, a technology) as one word that nobody types: what people call it is looked up when they ask.
create function app.code_word(code text) returns text
language sql immutable parallel safe as $$ select 'zz' || translate(lower(code), '0123456789_', 'abcdefghij') $$;
--> statement-breakpoint
-- What was typed, in pieces: [["voip", "zzbox"], ["nord"]] is « voip, or the code of a box; and nord », the last one begun.
create function app.words_asked(pieces jsonb) returns text
language sql immutable parallel safe set search_path = public, pg_temp as $$
  select string_agg('(' || concat_ws(' | ', spelled, codes) || ')', ' & ' order by n) from (
    select n, (select string_agg(word || case when n = jsonb_array_length(pieces) and last then ':*' else '' end, ' & ' order by m)
        from (select word, m, m = max(m) over () as last
          from regexp_split_to_table(trim(app.spelt(piece ->> 0)), ' ') with ordinality as said (word, m)) words where word <> '') as spelled,
      (select string_agg(code, ' | ') from jsonb_array_elements_text(piece) with ordinality as given (code, k)
        where k > 1 and code ~ '^zz[a-z]+$') as codes
    from jsonb_array_elements(pieces) with ordinality as asked (piece, n)) each_piece
  where spelled is not null or codes is not null
$$;
--> statement-breakpoint
create or replace function app.case_search() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;
--> statement-breakpoint
drop trigger case_search on cases;
--> statement-breakpoint
create trigger case_search before insert or update of organisation_id, territory_code, commune_codes, commune_words, site_id, numbers,
  external_id, callback_phone, reporter_name, reporter_post, symptom, symptom_words, details, told, neighbour_note, calling_operator,
  calling_technology on cases for each row execute function app.case_search();
--> statement-breakpoint
-- An organisation under a new name is found by it, in what it reported before as well.
create function app.organisation_renamed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update cases set organisation_id = new.id where organisation_id = new.id;
  return null;
end $$;
--> statement-breakpoint
create trigger organisation_renamed after update of name on organisation for each row
  when (old.name is distinct from new.name) execute function app.organisation_renamed();
--> statement-breakpoint
create index journal_words on journal using gin (to_tsvector('public.permanence', app.spelt(text)))
  where case_id is not null and text is not null;
--> statement-breakpoint
create index incident_words on incident using gin (to_tsvector('public.permanence', app.spelt(reference || ' ' || coalesce(title, ''))));
--> statement-breakpoint
-- For the cell alone: it holds what colleagues wrote to each other, and whoever hears that a word is found has read it.
create or replace function app.found_cases(words text, most int, after_at timestamptz default null, after_id bigint default null)
returns setof bigint language plpgsql stable security definer set search_path = public, pg_temp as $$
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
      select c.id from cases c
      where c.id in (select said.case_id from (select j.case_id from journal j
          where j.case_id is not null and j.text is not null
            and to_tsvector('public.permanence', app.spelt(j.text)) @@ to_tsquery('public.permanence', $1) limit 2000) said)
        and (c.exercise_id = $3 or $3 is null and c.exercise_id is null)
        and ($4 is null or (c.received_at, c.id) < ($4, $5))
      order by c.received_at desc, c.id desc limit $2 $q$
      using words, most, app.exercise(), after_at, after_id;
  end if;
end $$;
--> statement-breakpoint
-- What is there already, spelt anew.
update cases set organisation_id = organisation_id;
--> statement-breakpoint
update organisation set search = trim(regexp_replace(search, '[^[:alnum:]]+', ' ', 'g'));
--> statement-breakpoint
update contact set search = trim(regexp_replace(search, '[^[:alnum:]]+', ' ', 'g'));
--> statement-breakpoint
revoke execute on function app.spelt(text), app.code_word(text), app.words_asked(jsonb), app.organisation_renamed() from public;
--> statement-breakpoint
grant execute on function app.spelt(text), app.code_word(text), app.words_asked(jsonb) to permanence_app;
--> statement-breakpoint
CREATE TABLE "attachment" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "attachment_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"case_id" bigint NOT NULL,
	"exercise_id" bigint,
	"account_id" bigint NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"size" integer NOT NULL,
	"content" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "attachment_kind_known" CHECK (kind in ('image/jpeg', 'image/png', 'text/plain'))
);
--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attachment_case" ON "attachment" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "journal_forgotten" ON "journal" USING btree ("at") WHERE event = 'account.passphrase_forgotten';
--> statement-breakpoint
do $$ begin
  execute format('create policy owner_works on attachment to %I using (true) with check (true)', current_user);
end $$;
--> statement-breakpoint
alter table attachment enable row level security;
--> statement-breakpoint
alter table attachment force row level security;
--> statement-breakpoint
create policy seen on attachment for select to permanence_app
  using (exists (select from cases c where c.id = attachment.case_id));
--> statement-breakpoint
create policy made on attachment for insert to permanence_app
  with check (not (exercise_id is distinct from (select app.exercise())) and account_id = (select app.account())
    and ((select app.may('cases.work')) or (select app.may('cases.follow')) and exists (select from cases c
      where c.id = attachment.case_id and c.organisation_id = (select app.organisation()))));
--> statement-breakpoint
grant insert, select on attachment to permanence_app;
--> statement-breakpoint
-- One's own name, post, number and language; the columns that give rights are not among them.
create function app.change_own(new_name text, new_post bigint, new_phone text, new_locale text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not app.may('account.own') then
    raise exception 'only one''s own account' using errcode = 'insufficient_privilege';
  end if;
  update account a set name = new_name, phone = new_phone, locale = new_locale,
      post_id = (select p.id from post p where p.id = new_post and p.organisation_id = a.organisation_id and p.active)
    where a.id = app.account() and a.active;
end $$;
--> statement-breakpoint
revoke execute on function app.change_own(text, bigint, text, text) from public;
--> statement-breakpoint
grant execute on function app.change_own(text, bigint, text, text) to permanence_app;
--> statement-breakpoint
CREATE TABLE "inbound_mail" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inbound_mail_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"message_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"fate" text NOT NULL,
	"case_id" bigint,
	"from_address" text,
	"subject" text,
	"reason" text,
	"bytes" integer NOT NULL,
	CONSTRAINT "inbound_mail_fate_known" CHECK (fate in ('landed', 'quarantined', 'bounce', 'automatic', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "push_subscription" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "push_subscription_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"endpoint" text NOT NULL,
	"p256dh" text NOT NULL,
	"auth" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"gone_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "contact_way" ADD COLUMN "bounced_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "bounced_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "push_subscription" ADD CONSTRAINT "push_subscription_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "inbound_mail_once" ON "inbound_mail" USING btree ("message_id");--> statement-breakpoint
CREATE UNIQUE INDEX "push_subscription_once" ON "push_subscription" USING btree ("endpoint");--> statement-breakpoint
CREATE INDEX "push_subscription_account" ON "push_subscription" USING btree ("account_id");
--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['push_subscription', 'inbound_mail'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner_works on public.%I to %I using (true) with check (true)', t, current_user);
  end loop;
end $$;
--> statement-breakpoint
grant select, insert, update, delete on push_subscription to permanence_app;
--> statement-breakpoint
grant select, insert, update on inbound_mail to permanence_app;
--> statement-breakpoint
create policy own_or_machine on push_subscription to permanence_app
  using ((select app.role()) = 'machine' or ((select app.may('inbox.read')) and account_id = (select app.account())))
  with check ((select app.role()) = 'machine' or ((select app.may('inbox.read')) and account_id = (select app.account())));
--> statement-breakpoint
create policy room_reads on inbound_mail for select to permanence_app using ((select app.may('cases.work')));
--> statement-breakpoint
create policy machine_keeps on inbound_mail to permanence_app
  using ((select app.role()) = 'machine') with check ((select app.role()) = 'machine');
--> statement-breakpoint
-- A way is proved by the machine, which has seen its code come back, or by a lead who rang somebody else's: never by its owner's
-- own word, whatever he writes. What is changed or taken away is no longer proved.
create function app.guard_way() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;
--> statement-breakpoint
revoke execute on function app.guard_way() from public;
--> statement-breakpoint
create trigger guarded before insert or update on contact_way for each row execute function app.guard_way();
--> statement-breakpoint
create policy machine_proves on contact_way for update to permanence_app
  using ((select app.role()) = 'machine') with check ((select app.role()) = 'machine');
--> statement-breakpoint
create policy machine_marks on contact for update to permanence_app
  using ((select app.role()) = 'machine') with check ((select app.role()) = 'machine');
--> statement-breakpoint
create or replace function app.setup(at timestamp with time zone)
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
--> statement-breakpoint
CREATE TABLE "own_telephone" (
	"account_id" bigint PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "phone_call" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "phone_call_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"source_id" bigint NOT NULL,
	"call_key" text NOT NULL,
	"direction" text NOT NULL,
	"phone" text,
	"shown" text NOT NULL,
	"queue" text,
	"heard" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"state" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"cause" text,
	"telephone" text,
	"account_id" bigint,
	"organisation_id" bigint,
	"case_id" bigint,
	"call_back_at" timestamp with time zone,
	"called_back_at" timestamp with time zone,
	"called_back_by_id" bigint,
	"called_back_by_name" text,
	"result" text,
	CONSTRAINT "phone_call_direction_known" CHECK (direction in ('in', 'out')),
	CONSTRAINT "phone_call_state_known" CHECK (state in ('ringing', 'talking', 'ended', 'forwarded', 'missed', 'unanswered'))
);
--> statement-breakpoint
ALTER TABLE "api_token" ADD COLUMN "purpose" text DEFAULT 'tickets' NOT NULL;--> statement-breakpoint
ALTER TABLE "own_telephone" ADD CONSTRAINT "own_telephone_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_call" ADD CONSTRAINT "phone_call_source_id_api_token_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."api_token"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_call" ADD CONSTRAINT "phone_call_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_call" ADD CONSTRAINT "phone_call_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_call" ADD CONSTRAINT "phone_call_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_call" ADD CONSTRAINT "phone_call_called_back_by_id_account_id_fk" FOREIGN KEY ("called_back_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "own_telephone_name" ON "own_telephone" USING btree (lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "phone_call_once" ON "phone_call" USING btree ("source_id","call_key");--> statement-breakpoint
CREATE INDEX "phone_call_newest" ON "phone_call" USING btree ("started_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "phone_call_case" ON "phone_call" USING btree ("case_id") WHERE case_id is not null;--> statement-breakpoint
CREATE INDEX "phone_call_to_do" ON "phone_call" USING btree ("call_back_at") WHERE call_back_at is not null and called_back_at is null;--> statement-breakpoint
CREATE INDEX "phone_call_open" ON "phone_call" USING btree ("started_at") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "phone_call_phone" ON "phone_call" USING btree ("phone","started_at");--> statement-breakpoint
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_purpose_known" CHECK (purpose in ('tickets', 'telephony'));
--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['phone_call', 'own_telephone'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner_works on public.%I to %I using (true) with check (true)', t, current_user);
  end loop;
end $$;
--> statement-breakpoint
grant select, insert, update on phone_call to permanence_app;
--> statement-breakpoint
-- Numbers of people: for who answers them, not for a screen on the wall. Of the real world alone.
create policy worked on phone_call to permanence_app
  using ((select app.may('cases.work'))) with check ((select app.may('cases.work')) and (select app.exercise()) is null);
--> statement-breakpoint
grant select, insert, update, delete on own_telephone to permanence_app;
--> statement-breakpoint
create policy seen on own_telephone for select to permanence_app using ((select app.may('cases.work')));
--> statement-breakpoint
create policy own on own_telephone to permanence_app
  using ((select app.may('cases.work')) and account_id = (select app.account()))
  with check ((select app.may('cases.work')) and account_id = (select app.account()));
--> statement-breakpoint
-- A key opens the door it was made for and no other.
create or replace function app.token_actor(token_hash text) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select app.account_actor(account_id) from api_token where hash = token_hash and revoked_at is null and purpose = 'tickets'
$$;
--> statement-breakpoint
-- Which switchboard speaks; null for a key of another kind, revoked, or of an account out of use.
create function app.telephony_source(token_hash text) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select t.id from api_token t join account a on a.id = t.account_id
    where t.hash = token_hash and t.revoked_at is null and t.purpose = 'telephony' and a.active
$$;
--> statement-breakpoint
revoke execute on function app.telephony_source(text) from public;
--> statement-breakpoint
grant execute on function app.telephony_source(text) to permanence_app;
--> statement-breakpoint
CREATE TABLE "ticket" (
	"case_id" bigint PRIMARY KEY NOT NULL,
	"exercise_id" bigint,
	"severity" text NOT NULL,
	"ticket_type" text NOT NULL,
	"related" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
alter table public.ticket enable row level security;
--> statement-breakpoint
alter table public.ticket force row level security;
--> statement-breakpoint
do $$ begin
  execute format('create policy owner_works on public.ticket to %I using (true) with check (true)', current_user);
end $$;
--> statement-breakpoint
grant select, insert on ticket to permanence_app;
--> statement-breakpoint
-- Whoever sees the case sees what its ticket said.
create policy seen on ticket for select to permanence_app using (exists (select from cases c where c.id = case_id));
--> statement-breakpoint
create policy said on ticket for insert to permanence_app
  with check ((select app.may('cases.report')) and exercise_id is not distinct from (select app.exercise())
    and exists (select from cases c where c.id = case_id));
--> statement-breakpoint
ALTER TABLE "push_subscription" DROP COLUMN "gone_at";
--> statement-breakpoint
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
        where not app.is_open(c.state) and coalesce(c.closed_at, c.received_at) < before limit most);
    when 'calls' then
      delete from phone_call where id in (select id from phone_call
        where started_at < before and (call_back_at is null or called_back_at is not null) limit most);
    when 'cases' then
      -- Who reported and in which words; numbers, places, hours, tests and levels stay.
      update cases set reporter_name = null, reporter_post = null, callback_phone = null, symptom_words = null,
          neighbour_note = null, told = null, details = null, commune_words = null
        where id in (select id from cases
          where received_at < before and not app.is_open(state)
            and coalesce(closed_at, received_at) < before
            and num_nonnulls(reporter_name, reporter_post, callback_phone, symptom_words, neighbour_note, told, details, commune_words) > 0
          limit most);
    else
      raise exception 'nothing is known of how to forget this' using errcode = 'invalid_parameter_value';
  end case;
  get diagnostics n = row_count;
  return n;
end $function$;

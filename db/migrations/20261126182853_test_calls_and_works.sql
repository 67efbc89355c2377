CREATE TABLE "probe" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "probe_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"territory_code" text NOT NULL,
	"operator" text NOT NULL,
	"technology" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"heard_at" timestamp with time zone,
	"trouble" text,
	CONSTRAINT "probe_technology_known" CHECK (technology in ('copper', 'box', 'volte', '3g', '2g', 'trunk', 'satellite', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "probe_burst" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "probe_burst_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"agreement_id" bigint NOT NULL,
	"number" text NOT NULL,
	"territory_code" text NOT NULL,
	"cause" text NOT NULL,
	"case_id" bigint,
	"probe_ids" bigint[] NOT NULL,
	"calls" smallint NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"decided_at" timestamp with time zone,
	"tried" smallint,
	"passed" smallint,
	CONSTRAINT "probe_burst_state_known" CHECK (state in ('open', 'confirmed', 'cleared', 'unanswered')),
	CONSTRAINT "probe_burst_cause_known" CHECK (cause in ('probe', 'report'))
);
--> statement-breakpoint
CREATE TABLE "probe_last" (
	"probe_id" bigint NOT NULL,
	"territory_code" text NOT NULL,
	"number" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"verdict" text NOT NULL,
	"passed_at" timestamp with time zone,
	CONSTRAINT "probe_last_pkey" PRIMARY KEY("territory_code","number","probe_id")
);
--> statement-breakpoint
CREATE TABLE "probe_result" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "probe_result_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"probe_id" bigint NOT NULL,
	"key" text NOT NULL,
	"agreement_id" bigint NOT NULL,
	"number" text NOT NULL,
	"territory_code" text NOT NULL,
	"burst_id" bigint,
	"at" timestamp with time zone NOT NULL,
	"verdict" text NOT NULL,
	"sip" smallint,
	"cause" smallint,
	"delay_ms" integer,
	"talk_ms" integer,
	CONSTRAINT "probe_result_verdict_known" CHECK (verdict in ('answered', 'reached', 'failed', 'not_placed'))
);
--> statement-breakpoint
CREATE TABLE "probe_watch" (
	"id" smallint PRIMARY KEY NOT NULL,
	"read_to" bigint NOT NULL,
	"memory" jsonb NOT NULL,
	"usual" jsonb NOT NULL,
	"learnt_at" timestamp with time zone,
	"stopped_at" timestamp with time zone,
	"stopped_by_name" text
);
--> statement-breakpoint
CREATE TABLE "probe_window" (
	"territory_code" text NOT NULL,
	"number" text NOT NULL,
	"probe_id" bigint NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"tried" integer NOT NULL,
	"answered" integer NOT NULL,
	"reached" integer NOT NULL,
	"delay_ms_sum" bigint NOT NULL,
	"delays" integer NOT NULL,
	CONSTRAINT "probe_window_pkey" PRIMARY KEY("territory_code","number","probe_id","from_at")
);
--> statement-breakpoint
CREATE TABLE "switch_count" (
	"source" text NOT NULL,
	"territory_code" text NOT NULL,
	"number" text NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"to_at" timestamp with time zone NOT NULL,
	"attempts" integer NOT NULL,
	"seizures" integer NOT NULL,
	"answers" integer NOT NULL,
	"busy" integer NOT NULL,
	"no_answer" integer NOT NULL,
	"rejected" integer NOT NULL,
	"heard_at" timestamp with time zone NOT NULL,
	CONSTRAINT "switch_count_pkey" PRIMARY KEY("territory_code","number","source","from_at")
);
--> statement-breakpoint
CREATE TABLE "test_agreement" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "test_agreement_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"organisation_id" bigint NOT NULL,
	"number" text NOT NULL,
	"territory_code" text NOT NULL,
	"destination" text NOT NULL,
	"emergency_itself" boolean DEFAULT false NOT NULL,
	"agreed_by" text NOT NULL,
	"agreed_on" date NOT NULL,
	"written_as" text,
	"until" date,
	"from_hour" smallint DEFAULT 0 NOT NULL,
	"to_hour" smallint DEFAULT 0 NOT NULL,
	"contact" text NOT NULL,
	"most_per_hour" smallint NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by_name" text,
	"created_at" timestamp with time zone NOT NULL,
	"created_by_name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "test_plan" (
	"agreement_id" bigint NOT NULL,
	"probe_id" bigint NOT NULL,
	"every_s" integer NOT NULL,
	CONSTRAINT "test_plan_pkey" PRIMARY KEY("agreement_id","probe_id")
);
--> statement-breakpoint
CREATE TABLE "works" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "works_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"reference" text NOT NULL,
	"operator" text NOT NULL,
	"title" text NOT NULL,
	"territories" text[] NOT NULL,
	"numbers" text[] DEFAULT '{}' NOT NULL,
	"network" text,
	"from_at" timestamp with time zone NOT NULL,
	"to_at" timestamp with time zone NOT NULL,
	"contact" text,
	"way_back" text,
	"announced_at" timestamp with time zone NOT NULL,
	"announced_by_name" text NOT NULL,
	"cancelled_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "probe_burst" ADD CONSTRAINT "probe_burst_agreement_id_test_agreement_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."test_agreement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "probe_result" ADD CONSTRAINT "probe_result_probe_id_probe_id_fk" FOREIGN KEY ("probe_id") REFERENCES "public"."probe"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "test_agreement" ADD CONSTRAINT "test_agreement_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "test_plan" ADD CONSTRAINT "test_plan_agreement_id_test_agreement_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."test_agreement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "test_plan" ADD CONSTRAINT "test_plan_probe_id_probe_id_fk" FOREIGN KEY ("probe_id") REFERENCES "public"."probe"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "probe_name" ON "probe" USING btree ("name");--> statement-breakpoint
CREATE INDEX "probe_burst_open" ON "probe_burst" USING btree ("opened_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "probe_burst_place" ON "probe_burst" USING btree ("territory_code","number","opened_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "probe_result_once" ON "probe_result" USING btree ("probe_id","key");--> statement-breakpoint
CREATE INDEX "probe_result_burst" ON "probe_result" USING btree ("burst_id") WHERE burst_id is not null;--> statement-breakpoint
CREATE INDEX "probe_result_at" ON "probe_result" USING btree ("at");--> statement-breakpoint
CREATE INDEX "probe_window_newest" ON "probe_window" USING btree ("from_at");--> statement-breakpoint
CREATE INDEX "switch_count_newest" ON "switch_count" USING btree ("from_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "test_agreement_place" ON "test_agreement" USING btree ("territory_code","number") WHERE ended_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "works_once" ON "works" USING btree ("operator","reference");--> statement-breakpoint
CREATE INDEX "works_hours" ON "works" USING btree ("from_at","to_at");--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['probe', 'test_agreement', 'test_plan', 'probe_burst', 'probe_result', 'probe_window', 'probe_last', 'switch_count', 'probe_watch', 'works'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner_works on public.%I to %I using (true) with check (true)', t, current_user);
    -- Of the real world alone: an exercise calls nobody, and sees what really stands.
    execute format('create policy cell_reads on public.%I for select to permanence_app using ((select app.may(''cell.watch'')))', t);
  end loop;
end $$;
--> statement-breakpoint
grant select on probe, test_agreement, test_plan, probe_burst, probe_result, probe_window, probe_last, switch_count, probe_watch, works to permanence_app;
--> statement-breakpoint
grant insert, update on probe, test_agreement, test_plan, probe_watch, works, probe_burst, probe_last, probe_window, switch_count to permanence_app;
--> statement-breakpoint
grant insert on probe_result to permanence_app;
--> statement-breakpoint
grant delete on test_plan to permanence_app;
--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['probe', 'test_agreement', 'test_plan', 'probe_watch'] loop
    execute format('create policy kept on public.%I to permanence_app using ((select app.may(''supervision.keep''))) with check ((select app.may(''supervision.keep'')))', t);
  end loop;
  foreach t in array array['probe_burst', 'probe_result', 'probe_window', 'probe_last', 'switch_count'] loop
    execute format('create policy machine_writes on public.%I to permanence_app using ((select app.role()) = ''machine'') with check ((select app.role()) = ''machine'')', t);
  end loop;
end $$;
--> statement-breakpoint
create policy announced on works to permanence_app
  using ((select app.may('works.announce'))) with check ((select app.may('works.announce')));
--> statement-breakpoint
insert into probe_watch (id, read_to, memory, usual) values (1, 0, '{}', '{}');
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
    when 'supervision.keep' then app.role() in ('lead', 'director', 'admin', 'machine')
    when 'works.announce' then app.role() in ('agent', 'lead', 'director', 'admin', 'machine')
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

CREATE TABLE "broadcast" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "broadcast_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"exercise_id" bigint,
	"version" integer DEFAULT 1 NOT NULL,
	"instruction_id" bigint NOT NULL,
	"state" text DEFAULT 'prepared' NOT NULL,
	"text" text NOT NULL,
	"segments" integer NOT NULL,
	"part_price" integer NOT NULL,
	"purpose" text NOT NULL,
	"left_out" jsonb NOT NULL,
	"prepared_at" timestamp with time zone NOT NULL,
	"prepared_by_id" bigint NOT NULL,
	"prepared_by_name" text NOT NULL,
	"confirmed_at" timestamp with time zone,
	"confirmed_by_id" bigint,
	"confirmed_by_name" text,
	"wave" text,
	"wave_at" timestamp with time zone,
	"stopped_at" timestamp with time zone,
	"stopped_by_name" text,
	"stop_reason" text,
	"ended_at" timestamp with time zone,
	CONSTRAINT "broadcast_state_known" CHECK (state in ('prepared', 'running', 'stopped', 'done')),
	CONSTRAINT "broadcast_wave_known" CHECK (wave in ('pilot', 'one', 'ten', 'all')),
	CONSTRAINT "broadcast_second_person" CHECK (confirmed_by_id <> prepared_by_id)
);
--> statement-breakpoint
CREATE TABLE "broadcast_recipient" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "broadcast_recipient_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"exercise_id" bigint,
	"broadcast_id" bigint NOT NULL,
	"phone" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"wave" text NOT NULL,
	"called_at" timestamp with time zone,
	"called_by_name" text,
	"call_result" text,
	CONSTRAINT "broadcast_recipient_wave_known" CHECK (wave in ('pilot', 'one', 'ten', 'all'))
);
--> statement-breakpoint
CREATE TABLE "pilot_phone" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pilot_phone_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"phone" text NOT NULL,
	"network" text NOT NULL,
	"holder" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fallback" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "fallback_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"exercise_id" bigint,
	"version" integer DEFAULT 1 NOT NULL,
	"state" text DEFAULT 'planned' NOT NULL,
	"covers" text NOT NULL,
	"territory_code" text NOT NULL,
	"organisation_id" bigint NOT NULL,
	"incident_id" bigint,
	"capacity" integer NOT NULL,
	"reroute" boolean DEFAULT false NOT NULL,
	"reroute_out_at" timestamp with time zone,
	"probed" boolean DEFAULT false NOT NULL,
	"planned_at" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone,
	"opened_by_name" text,
	"ends_at" timestamp with time zone,
	"published_where" text,
	"published_by_name" text,
	"published_at" timestamp with time zone,
	"announced_at" timestamp with time zone,
	"reminded_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"closed_by_name" text,
	CONSTRAINT "fallback_state_known" CHECK (state in ('planned', 'open', 'closed')),
	CONSTRAINT "fallback_capacity" CHECK (capacity between 1 and 10000)
);
--> statement-breakpoint
CREATE TABLE "fallback_line" (
	"fallback_id" bigint PRIMARY KEY NOT NULL,
	"exercise_id" bigint,
	"phone" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fallback_test" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "fallback_test_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"exercise_id" bigint,
	"fallback_id" bigint NOT NULL,
	"network" text NOT NULL,
	"passed" integer NOT NULL,
	"tried" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_name" text NOT NULL,
	CONSTRAINT "fallback_test_counts" CHECK (passed between 0 and tried and tried > 0)
);
--> statement-breakpoint
CREATE TABLE "instruction" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "instruction_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"exercise_id" bigint,
	"version" integer DEFAULT 1 NOT NULL,
	"number" integer NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"incident_id" bigint,
	"failing" text NOT NULL,
	"callers" text NOT NULL,
	"operator" text,
	"territory_code" text NOT NULL,
	"slots" jsonb NOT NULL,
	"all_clear" text NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"text_version" integer DEFAULT 1 NOT NULL,
	"drafted_at" timestamp with time zone NOT NULL,
	"drafted_by_id" bigint,
	"drafted_by_name" text NOT NULL,
	"in_force_at" timestamp with time zone,
	"in_force_by_name" text,
	"replaces_id" bigint,
	"ended_at" timestamp with time zone,
	"ended_by_name" text,
	"end_reason" text,
	"reminded_at" timestamp with time zone,
	CONSTRAINT "instruction_state_known" CHECK (state in ('draft', 'in_force', 'ended', 'withdrawn')),
	CONSTRAINT "instruction_callers_known" CHECK (callers in ('any', 'fixed', 'mobile')),
	CONSTRAINT "instruction_ends" CHECK (ends_at > drafted_at)
);
--> statement-breakpoint
CREATE TABLE "instruction_asked" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "instruction_asked_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"exercise_id" bigint,
	"instruction_id" bigint NOT NULL,
	"text_version" integer NOT NULL,
	"organisation_id" bigint NOT NULL,
	"part" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"deadline_at" timestamp with time zone NOT NULL,
	"acknowledged_at" timestamp with time zone,
	"acknowledged_by_name" text,
	"answer" text,
	"answered_at" timestamp with time zone,
	"answered_by_name" text,
	"reason" text,
	"call_due_at" timestamp with time zone,
	"called_at" timestamp with time zone,
	"called_by_name" text,
	"call_result" text,
	CONSTRAINT "instruction_asked_part_known" CHECK (part in ('actor', 'authority')),
	CONSTRAINT "instruction_asked_answer_known" CHECK (answer in ('agreed', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "instruction_test" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "instruction_test_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"exercise_id" bigint,
	"instruction_id" bigint NOT NULL,
	"text_version" integer NOT NULL,
	"network" text NOT NULL,
	"passed" integer NOT NULL,
	"tried" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_name" text NOT NULL,
	CONSTRAINT "instruction_test_counts" CHECK (passed between 0 and tried and tried > 0)
);
--> statement-breakpoint
CREATE TABLE "incident_told" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "incident_told_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"exercise_id" bigint,
	"incident_id" bigint NOT NULL,
	"organisation_id" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_name" text NOT NULL,
	"how" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "public_page" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "public_page_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"exercise_id" bigint,
	"incident_id" bigint NOT NULL,
	"reference" text NOT NULL,
	"director_at" timestamp with time zone,
	"director_by_name" text,
	"authority_at" timestamp with time zone,
	"authority_by_name" text,
	"authority_organisation_id" bigint,
	"off_at" timestamp with time zone,
	"off_by_name" text
);
--> statement-breakpoint
CREATE TABLE "statement" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "statement_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"exercise_id" bigint,
	"version" integer DEFAULT 1 NOT NULL,
	"incident_id" bigint NOT NULL,
	"audience" text NOT NULL,
	"territory_code" text NOT NULL,
	"text" text NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"embargo_until" timestamp with time zone,
	"state" text DEFAULT 'draft' NOT NULL,
	"drafted_at" timestamp with time zone NOT NULL,
	"drafted_by_id" bigint,
	"drafted_by_name" text NOT NULL,
	"approved_at" timestamp with time zone,
	"approved_by_id" bigint,
	"approved_by_name" text,
	"approved_for" bigint,
	CONSTRAINT "statement_audience_known" CHECK (audience in ('public', 'media')),
	CONSTRAINT "statement_state_known" CHECK (state in ('draft', 'approved', 'withdrawn'))
);
--> statement-breakpoint
ALTER TABLE "broadcast" ADD CONSTRAINT "broadcast_instruction_id_instruction_id_fk" FOREIGN KEY ("instruction_id") REFERENCES "public"."instruction"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_recipient" ADD CONSTRAINT "broadcast_recipient_broadcast_id_broadcast_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcast"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fallback" ADD CONSTRAINT "fallback_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fallback" ADD CONSTRAINT "fallback_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fallback_line" ADD CONSTRAINT "fallback_line_fallback_id_fallback_id_fk" FOREIGN KEY ("fallback_id") REFERENCES "public"."fallback"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fallback_test" ADD CONSTRAINT "fallback_test_fallback_id_fallback_id_fk" FOREIGN KEY ("fallback_id") REFERENCES "public"."fallback"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instruction" ADD CONSTRAINT "instruction_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instruction_asked" ADD CONSTRAINT "instruction_asked_instruction_id_instruction_id_fk" FOREIGN KEY ("instruction_id") REFERENCES "public"."instruction"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instruction_asked" ADD CONSTRAINT "instruction_asked_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instruction_test" ADD CONSTRAINT "instruction_test_instruction_id_instruction_id_fk" FOREIGN KEY ("instruction_id") REFERENCES "public"."instruction"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_told" ADD CONSTRAINT "incident_told_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_told" ADD CONSTRAINT "incident_told_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_page" ADD CONSTRAINT "public_page_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_page" ADD CONSTRAINT "public_page_authority_organisation_id_organisation_id_fk" FOREIGN KEY ("authority_organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement" ADD CONSTRAINT "statement_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement" ADD CONSTRAINT "statement_approved_for_organisation_id_fk" FOREIGN KEY ("approved_for") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "broadcast_running" ON "broadcast" USING btree ("id") WHERE state = 'running';--> statement-breakpoint
CREATE UNIQUE INDEX "broadcast_recipient_once" ON "broadcast_recipient" USING btree ("broadcast_id","phone");--> statement-breakpoint
CREATE UNIQUE INDEX "pilot_phone_once" ON "pilot_phone" USING btree ("phone");--> statement-breakpoint
CREATE INDEX "fallback_open" ON "fallback" USING btree ("ends_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "fallback_place" ON "fallback" USING btree ("territory_code","covers");--> statement-breakpoint
CREATE INDEX "fallback_test_of" ON "fallback_test" USING btree ("fallback_id");--> statement-breakpoint
CREATE UNIQUE INDEX "instruction_number" ON "instruction" USING btree (coalesce(exercise_id, 0),"number");--> statement-breakpoint
CREATE UNIQUE INDEX "instruction_in_force" ON "instruction" USING btree (coalesce(exercise_id, 0),failing,callers,coalesce(operator, ''),territory_code) WHERE state = 'in_force';--> statement-breakpoint
CREATE INDEX "instruction_newest" ON "instruction" USING btree ("id" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "instruction_asked_once" ON "instruction_asked" USING btree ("instruction_id","text_version","organisation_id","part");--> statement-breakpoint
CREATE INDEX "instruction_asked_organisation" ON "instruction_asked" USING btree ("organisation_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "instruction_asked_waiting" ON "instruction_asked" USING btree ("deadline_at") WHERE answered_at is null and call_due_at is null;--> statement-breakpoint
CREATE INDEX "instruction_test_of" ON "instruction_test" USING btree ("instruction_id");--> statement-breakpoint
CREATE INDEX "incident_told_of" ON "incident_told" USING btree ("incident_id");--> statement-breakpoint
CREATE UNIQUE INDEX "public_page_once" ON "public_page" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "statement_incident" ON "statement" USING btree ("incident_id","id" DESC NULLS FIRST);
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
do $$
declare t text;
begin
  foreach t in array array['instruction', 'instruction_test', 'instruction_asked', 'broadcast', 'broadcast_recipient', 'pilot_phone',
      'fallback', 'fallback_line', 'fallback_test', 'statement', 'public_page', 'incident_told'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner_works on public.%I to %I using (true) with check (true)', t, current_user);
  end loop;
end $$;
--> statement-breakpoint
-- What the cell works on in its own world; the rest sees what is said below.
do $$
declare t text;
begin
  foreach t in array array['instruction', 'instruction_test', 'instruction_asked', 'broadcast', 'broadcast_recipient', 'fallback',
      'fallback_test', 'statement', 'public_page', 'incident_told'] loop
    execute format('grant select, insert, update on public.%I to permanence_app', t);
    execute format('create policy watched on public.%I for select to permanence_app
      using ((select app.may(''cell.watch'')) and not (exercise_id is distinct from (select app.exercise())))', t);
    execute format('create policy written on public.%I to permanence_app
      using ((select app.may(''instructions.write'')) and not (exercise_id is distinct from (select app.exercise())))
      with check ((select app.may(''instructions.write'')) and not (exercise_id is distinct from (select app.exercise())))', t);
  end loop;
end $$;
--> statement-breakpoint
-- In force it is for everyone; before, for those who are asked.
create policy told on instruction for select to permanence_app
  using (not (exercise_id is distinct from (select app.exercise())) and (select app.may('instructions.read'))
    and (state = 'in_force' or exists (select from instruction_asked a
      where a.instruction_id = instruction.id and a.organisation_id = (select app.organisation()))));
--> statement-breakpoint
create policy told on instruction_test for select to permanence_app
  using (not (exercise_id is distinct from (select app.exercise())) and (select app.may('instructions.read'))
    and exists (select from instruction_asked a
      where a.instruction_id = instruction_test.instruction_id and a.organisation_id = (select app.organisation())));
--> statement-breakpoint
create policy own on instruction_asked for select to permanence_app
  using (not (exercise_id is distinct from (select app.exercise())) and (select app.may('instructions.read'))
    and organisation_id = (select app.organisation()));
--> statement-breakpoint
create policy answered on instruction_asked for update to permanence_app
  using (not (exercise_id is distinct from (select app.exercise())) and (select app.may('instructions.answer'))
    and organisation_id = (select app.organisation()))
  with check (not (exercise_id is distinct from (select app.exercise())) and (select app.may('instructions.answer'))
    and organisation_id = (select app.organisation()));
--> statement-breakpoint
grant select, insert, update, delete on pilot_phone to permanence_app;
--> statement-breakpoint
create policy kept on pilot_phone to permanence_app
  using ((select app.may('instructions.write'))) with check ((select app.may('instructions.decide')));
--> statement-breakpoint
-- A number of ten digits is read by whoever needs it, one by one; the owner of the line knows it.
grant select, insert, update on fallback_line to permanence_app;
--> statement-breakpoint
create policy looked on fallback_line for select to permanence_app
  using (not (exercise_id is distinct from (select app.exercise())) and ((select app.may('fallbacks.look'))
    or exists (select from fallback f where f.id = fallback_line.fallback_id and f.organisation_id = (select app.organisation()))));
--> statement-breakpoint
create policy made on fallback_line for insert to permanence_app
  with check (not (exercise_id is distinct from (select app.exercise())) and (select app.may('instructions.write')));
--> statement-breakpoint
create policy own on fallback for select to permanence_app
  using (not (exercise_id is distinct from (select app.exercise())) and (select app.may('instructions.read'))
    and organisation_id = (select app.organisation()));
--> statement-breakpoint
-- What is for the public of its territory is read and validated by its authority.
create policy theirs on statement for select to permanence_app
  using (not (exercise_id is distinct from (select app.exercise())) and (select app.may('instructions.answer')) and audience = 'public'
    and (territory_code = any ((select app.sees())::text[]) or 'FR' = any ((select app.sees())::text[])));
--> statement-breakpoint
create policy validated on statement for update to permanence_app
  using (not (exercise_id is distinct from (select app.exercise())) and (select app.may('instructions.answer')) and audience = 'public'
    and (territory_code = any ((select app.sees())::text[]) or 'FR' = any ((select app.sees())::text[])))
  with check (not (exercise_id is distinct from (select app.exercise())) and (select app.may('instructions.answer')) and audience = 'public'
    and approved_for = (select app.organisation()));
--> statement-breakpoint
-- An authority that sees a touched territory turns the public page of its incident on, and off again.
create policy theirs on public_page to permanence_app
  using (not (exercise_id is distinct from (select app.exercise())) and (select app.may('instructions.answer')) and exists (
    select from cases c where c.incident_id = public_page.incident_id
      and (c.territory_code = any ((select app.sees())::text[]) or 'FR' = any ((select app.sees())::text[]))))
  with check (not (exercise_id is distinct from (select app.exercise())) and (select app.may('instructions.answer')) and exists (
    select from cases c where c.incident_id = public_page.incident_id
      and (c.territory_code = any ((select app.sees())::text[]) or 'FR' = any ((select app.sees())::text[]))));

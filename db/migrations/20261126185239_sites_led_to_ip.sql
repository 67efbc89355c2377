CREATE TABLE "copper_closure" (
	"commune_code" text PRIMARY KEY NOT NULL,
	"lot" text NOT NULL,
	"commercial_on" date,
	"technical_on" date NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "copper_closure_state_known" CHECK (state in ('planned', 'announced', 'closing', 'closed', 'suspended')),
	CONSTRAINT "copper_closure_order" CHECK (commercial_on is null or commercial_on <= technical_on)
);
--> statement-breakpoint
CREATE TABLE "move" (
	"site_id" bigint PRIMARY KEY NOT NULL,
	"target" text NOT NULL,
	"target_on" date,
	"owner_name" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"next_contact_at" timestamp with time zone,
	"promise_missed_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "move_promised" CHECK (ended_at is not null or next_contact_at is not null)
);
--> statement-breakpoint
CREATE TABLE "move_blocker" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "move_blocker_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"site_id" bigint NOT NULL,
	"what" text NOT NULL,
	"waits_for" text,
	"since" timestamp with time zone NOT NULL,
	"lifted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "move_step" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "move_step_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"site_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'planned' NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"owner_name" text NOT NULL,
	"way_back" text,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"outcome" text,
	"case_reference" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "move_step_kind_known" CHECK (kind in ('study', 'order', 'second_access', 'number_tests', 'cut_over', 'watch', 'removal')),
	CONSTRAINT "move_step_state_known" CHECK (state in ('planned', 'under_way', 'done', 'failed', 'cancelled')),
	CONSTRAINT "move_step_order" CHECK (ends_at > starts_at)
);
--> statement-breakpoint
CREATE TABLE "move_test" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "move_test_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"site_id" bigint NOT NULL,
	"step_id" bigint NOT NULL,
	"moment" text NOT NULL,
	"number" text NOT NULL,
	"network" text NOT NULL,
	"passed" integer NOT NULL,
	"tried" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_name" text NOT NULL,
	"note" text,
	CONSTRAINT "move_test_moment_known" CHECK (moment in ('before', 'during', 'after')),
	CONSTRAINT "move_test_counts" CHECK (tried > 0 and passed between 0 and tried)
);
--> statement-breakpoint
CREATE TABLE "site_check" (
	"site_id" bigint NOT NULL,
	"item" text NOT NULL,
	"answer" text NOT NULL,
	"proof" text,
	"proved_on" date,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "site_check_site_id_item_pk" PRIMARY KEY("site_id","item"),
	CONSTRAINT "site_check_item_known" CHECK (item in ('two_accesses', 'two_operators', 'two_paths', 'take_over_tested', 'batteries', 'rerouted_from_outside', 'fallback_capacity', 'phone_outside', 'neighbour_agreed', 'call_data_checked', 'hidden_lines_found', 'maintainer_on_call')),
	CONSTRAINT "site_check_answer_known" CHECK (answer in ('yes', 'no', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "site_line" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site_line_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"site_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"stage" text NOT NULL,
	"operator" text,
	"path" text,
	"exchange" text,
	"channels" integer,
	"power" text DEFAULT 'unknown' NOT NULL,
	"contract" text,
	"ends_on" date,
	"last_test_at" timestamp with time zone,
	CONSTRAINT "site_line_kind_known" CHECK (kind in ('t0', 't2', 'analogue', 'sip', 'mobile', 'satellite')),
	CONSTRAINT "site_line_stage_known" CHECK (stage in ('planned', 'in_service', 'removed')),
	CONSTRAINT "site_line_power_known" CHECK (power in ('mains', 'battery', 'generator', 'remote', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "site_version" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site_version_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"site_id" bigint NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"by_name" text NOT NULL,
	"was" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "directory_upload" ADD COLUMN "purpose" text DEFAULT 'directory' NOT NULL;--> statement-breakpoint
ALTER TABLE "move" ADD CONSTRAINT "move_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "move_blocker" ADD CONSTRAINT "move_blocker_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "move_step" ADD CONSTRAINT "move_step_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "move_test" ADD CONSTRAINT "move_test_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "move_test" ADD CONSTRAINT "move_test_step_id_move_step_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."move_step"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_check" ADD CONSTRAINT "site_check_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_line" ADD CONSTRAINT "site_line_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_version" ADD CONSTRAINT "site_version_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "copper_closure_technical" ON "copper_closure" USING btree ("technical_on");--> statement-breakpoint
CREATE INDEX "move_due" ON "move" USING btree ("next_contact_at") WHERE ended_at is null and promise_missed_at is null;--> statement-breakpoint
CREATE INDEX "move_blocker_site" ON "move_blocker" USING btree ("site_id");--> statement-breakpoint
CREATE INDEX "move_step_site" ON "move_step" USING btree ("site_id","starts_at");--> statement-breakpoint
CREATE INDEX "move_test_step" ON "move_test" USING btree ("step_id","id");--> statement-breakpoint
CREATE INDEX "site_line_site" ON "site_line" USING btree ("site_id");--> statement-breakpoint
CREATE INDEX "site_version_site" ON "site_version" USING btree ("site_id","id");--> statement-breakpoint
ALTER TABLE "directory_upload" ADD CONSTRAINT "directory_upload_purpose_known" CHECK (purpose in ('directory', 'copper', 'register'));
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
--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['site_version', 'site_line', 'move', 'move_step', 'move_test', 'move_blocker', 'site_check', 'copper_closure'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner_works on public.%I to %I using (true) with check (true)', t, current_user);
  end loop;
end $$;
--> statement-breakpoint
-- An authority sees where the calls of its territory arrive; an exercise has no sites.
create policy in_territory on site for select to permanence_app
  using ((select app.may('cases.observe')) and (territory_code = any ((select app.sees())::text[]) or 'FR' = any ((select app.sees())::text[])));
--> statement-breakpoint
create policy seen on site_version for select to permanence_app using ((select app.may('migration.work')) or (select app.may('directory.keep')));
--> statement-breakpoint
create policy kept on site_version for insert to permanence_app with check ((select app.may('directory.keep')));
--> statement-breakpoint
grant select, insert on site_version to permanence_app;
--> statement-breakpoint
create policy seen on site_line for select to permanence_app
  using ((select app.may('migration.work')) or exists (select from site s where s.id = site_line.site_id));
--> statement-breakpoint
create policy worked on site_line to permanence_app using ((select app.may('migration.work'))) with check ((select app.may('migration.work')));
--> statement-breakpoint
grant select, insert, update on site_line to permanence_app;
--> statement-breakpoint
create policy seen on move for select to permanence_app
  using ((select app.may('migration.work')) or exists (select from site s where s.id = move.site_id));
--> statement-breakpoint
create policy worked on move to permanence_app using ((select app.may('migration.work'))) with check ((select app.may('migration.work')));
--> statement-breakpoint
grant select, insert, update on move to permanence_app;
--> statement-breakpoint
create policy seen on move_step for select to permanence_app
  using ((select app.may('migration.work')) or exists (select from site s where s.id = move_step.site_id));
--> statement-breakpoint
create policy worked on move_step to permanence_app using ((select app.may('migration.work'))) with check ((select app.may('migration.work')));
--> statement-breakpoint
grant select, insert, update on move_step to permanence_app;
--> statement-breakpoint
create policy seen on move_test for select to permanence_app
  using ((select app.may('migration.work')) or exists (select from site s where s.id = move_test.site_id));
--> statement-breakpoint
create policy worked on move_test to permanence_app using ((select app.may('migration.work'))) with check ((select app.may('migration.work')));
--> statement-breakpoint
grant select, insert, update on move_test to permanence_app;
--> statement-breakpoint
create policy seen on move_blocker for select to permanence_app
  using ((select app.may('migration.work')) or exists (select from site s where s.id = move_blocker.site_id));
--> statement-breakpoint
create policy worked on move_blocker to permanence_app using ((select app.may('migration.work'))) with check ((select app.may('migration.work')));
--> statement-breakpoint
grant select, insert, update on move_blocker to permanence_app;
--> statement-breakpoint
create policy seen on site_check for select to permanence_app
  using ((select app.may('migration.work')) or exists (select from site s where s.id = site_check.site_id));
--> statement-breakpoint
create policy worked on site_check to permanence_app using ((select app.may('migration.work'))) with check ((select app.may('migration.work')));
--> statement-breakpoint
grant select, insert, update on site_check to permanence_app;
--> statement-breakpoint
create policy read on copper_closure for select to permanence_app using ((select app.role()) <> '');
--> statement-breakpoint
create policy imported on copper_closure to permanence_app using ((select app.may('migration.import'))) with check ((select app.may('migration.import')));
--> statement-breakpoint
grant select, insert, update, delete on copper_closure to permanence_app;
--> statement-breakpoint
drop policy own on directory_upload;
--> statement-breakpoint
create policy own on directory_upload to permanence_app
  using (account_id = (select app.account()) and app.may(case purpose when 'directory' then 'directory.keep' when 'copper' then 'migration.import' else 'register.keep' end))
  with check (account_id = (select app.account()) and app.may(case purpose when 'directory' then 'directory.keep' when 'copper' then 'migration.import' else 'register.keep' end));

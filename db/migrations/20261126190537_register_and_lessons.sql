CREATE TABLE "lesson" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "lesson_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"recommendation" text NOT NULL,
	"incident_reference" text,
	"record_id" text,
	"owner_name" text NOT NULL,
	"due_on" date NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"proof" text,
	"drill_id" text,
	"exercise_id" bigint,
	"proved_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"closed_by_name" text,
	"overdue_told_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"by_name" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "lesson_state_known" CHECK (state in ('open', 'proved', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "register_neighbour" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "register_neighbour_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"public_key" text NOT NULL,
	"pull_address" text,
	"pull_key_hash" text,
	"pulled_at" timestamp with time zone,
	"pull_fault" text,
	"active" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE TABLE "register_record" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "register_record_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"record_id" text NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"origin" text NOT NULL,
	"tlp" text NOT NULL,
	"author_name" text,
	"author_key" text,
	"anonymised" text[] DEFAULT '{}' NOT NULL,
	"loss" jsonb NOT NULL,
	"envelope" text,
	"incident_reference" text,
	"by_name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"published_at" timestamp with time zone,
	"edits" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "register_record_state_known" CHECK (state in ('draft', 'published')),
	CONSTRAINT "register_record_origin_known" CHECK (origin in ('own', 'received')),
	CONSTRAINT "register_record_tlp_known" CHECK (tlp in ('TLP:CLEAR', 'TLP:GREEN', 'TLP:AMBER', 'TLP:AMBER+STRICT', 'TLP:RED'))
);
--> statement-breakpoint
CREATE INDEX "lesson_due" ON "lesson" USING btree ("due_on") WHERE state <> 'closed';--> statement-breakpoint
CREATE UNIQUE INDEX "register_neighbour_key" ON "register_neighbour" USING btree ("public_key");--> statement-breakpoint
CREATE UNIQUE INDEX "register_neighbour_name" ON "register_neighbour" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "register_record_version" ON "register_record" USING btree ("record_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "register_record_draft" ON "register_record" USING btree ("record_id") WHERE state = 'draft';
--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['register_record', 'register_neighbour', 'lesson'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner_works on public.%I to %I using (true) with check (true)', t, current_user);
  end loop;
end $$;
--> statement-breakpoint
-- Of the real world alone: an exercise is no loss, and teaches its lesson as a proof, never as a record.
create policy read on register_record for select to permanence_app
  using ((select app.may('reviews.read')) and (select app.exercise()) is null and (state = 'published' or (select app.may('register.keep'))));
--> statement-breakpoint
create policy kept on register_record to permanence_app
  using ((select app.may('register.keep')) and (select app.exercise()) is null)
  with check ((select app.may('register.keep')) and (select app.exercise()) is null);
--> statement-breakpoint
grant select, insert, update, delete on register_record to permanence_app;
--> statement-breakpoint
-- What was published is never written again, whoever writes: a correction is the next version.
create function app.keep_published() returns trigger language plpgsql as $$
begin raise exception 'a published record is corrected by its next version' using errcode = 'insufficient_privilege'; end $$;
--> statement-breakpoint
revoke execute on function app.keep_published() from public;
--> statement-breakpoint
grant execute on function app.keep_published() to permanence_app;
--> statement-breakpoint
create trigger register_published before update or delete on register_record for each row
  when (old.state = 'published') execute function app.keep_published();
--> statement-breakpoint
create policy kept on register_neighbour to permanence_app
  using ((select app.may('register.keep'))) with check ((select app.may('register.keep')));
--> statement-breakpoint
grant select, insert, update on register_neighbour to permanence_app;
--> statement-breakpoint
create policy read on lesson for select to permanence_app using ((select app.may('reviews.read')));
--> statement-breakpoint
create policy kept on lesson to permanence_app using ((select app.may('lessons.keep'))) with check ((select app.may('lessons.keep')));
--> statement-breakpoint
grant select, insert, update on lesson to permanence_app;

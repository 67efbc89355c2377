CREATE TABLE "alarm_heard" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "alarm_heard_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"exercise_id" bigint,
	"key" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_id" bigint,
	"by_name" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "grave_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "alarm_heard" ADD CONSTRAINT "alarm_heard_by_id_account_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "alarm_heard_once" ON "alarm_heard" USING btree (coalesce(exercise_id, 0),key);--> statement-breakpoint
alter table alarm_heard enable row level security;
--> statement-breakpoint
alter table alarm_heard force row level security;
--> statement-breakpoint
do $$ begin
  execute format('create policy owner_works on alarm_heard to %I using (true) with check (true)', current_user);
end $$;
--> statement-breakpoint
create policy seen on alarm_heard for select to permanence_app
  using ((select app.may('cell.watch')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
create policy said on alarm_heard for insert to permanence_app
  with check ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
grant select, insert on alarm_heard to permanence_app;

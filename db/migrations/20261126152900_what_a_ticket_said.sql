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

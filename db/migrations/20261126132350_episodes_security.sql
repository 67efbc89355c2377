do $$
declare t text;
begin
  foreach t in array array['case_moved_out', 'desk_baseline'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner_works on public.%I to %I using (true) with check (true)', t, current_user);
  end loop;
end $$;
--> statement-breakpoint
grant select, insert, update on case_moved_out to permanence_app;
--> statement-breakpoint
create policy watched on case_moved_out for select to permanence_app
  using ((select app.may('cases.watch')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
create policy worked on case_moved_out to permanence_app
  using ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()))
  with check ((select app.may('cases.work')) and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
grant select, insert on desk_baseline to permanence_app;
--> statement-breakpoint
-- What the desk hears is of the real world alone: an exercise neither teaches nor reads it.
create policy watched on desk_baseline for select to permanence_app
  using ((select app.may('cell.watch')) and (select app.exercise()) is null);
--> statement-breakpoint
create policy learnt on desk_baseline for insert to permanence_app
  with check ((select app.role()) = 'machine' and (select app.exercise()) is null);

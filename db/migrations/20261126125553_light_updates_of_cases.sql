-- A change of a case that touches an indexed column is written into each of its indexes. The hour of the next deadline changes with
-- every word to a reporter: it has an index in a table of its own, kept by a trigger. What the rules made of a report was in
-- the condition of an index that nothing reads. Pages keep room for the next version of their rows.
drop index cases_unjudged;
--> statement-breakpoint
drop index cases_deadline;
--> statement-breakpoint
create table case_deadline (
  case_id bigint primary key references cases (id),
  exercise_id bigint,
  at timestamptz not null
);
--> statement-breakpoint
create index case_deadline_at on case_deadline (at);
--> statement-breakpoint
insert into case_deadline (case_id, exercise_id, at) select id, exercise_id, deadline_at from cases where deadline_at is not null;
--> statement-breakpoint
alter table case_deadline enable row level security;
--> statement-breakpoint
alter table case_deadline force row level security;
--> statement-breakpoint
do $$ begin
  execute format('create policy owner_works on case_deadline to %I using (true) with check (true)', current_user);
end $$;
--> statement-breakpoint
-- Written by the trigger alone, read by the clocks alone.
create policy clock_reads on case_deadline for select to permanence_app
  using ((select app.role()) = 'machine' and exercise_id is not distinct from (select app.exercise()));
--> statement-breakpoint
grant select on case_deadline to permanence_app;
--> statement-breakpoint
create function app.keep_deadline() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.deadline_at is null then
    delete from case_deadline where case_id = new.id;
  else
    insert into case_deadline (case_id, exercise_id, at) values (new.id, new.exercise_id, new.deadline_at)
      on conflict (case_id) do update set at = excluded.at;
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger deadline_made after insert on cases for each row when (new.deadline_at is not null)
  execute function app.keep_deadline();
--> statement-breakpoint
create trigger deadline_moved after update of deadline_at on cases for each row when (new.deadline_at is distinct from old.deadline_at)
  execute function app.keep_deadline();
--> statement-breakpoint
alter table cases set (fillfactor = 80);
--> statement-breakpoint
alter table journal_head set (fillfactor = 80);

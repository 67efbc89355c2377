CREATE TABLE "budget" (
	"key" text PRIMARY KEY NOT NULL,
	"full_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
-- Lost with a crash, it is full again: nothing waits for the disk, nothing is sent to a standby.
alter table budget set unlogged;
--> statement-breakpoint
alter table budget set (fillfactor = 50);
--> statement-breakpoint
alter table budget enable row level security;
--> statement-breakpoint
alter table budget force row level security;
--> statement-breakpoint
do $$ begin
  execute format('create policy owner_works on budget to %I using (true) with check (true)', current_user);
end $$;
--> statement-breakpoint
-- Spends one of each, in the order given, until one has none left. Answers how many milliseconds to wait; 0 when it was spent.
create function app.spend(spendings jsonb, at timestamptz) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;
--> statement-breakpoint
grant execute on function app.spend to permanence_app;

-- One named queue for all reactions let one run at a time, and the next only when a worker looked again: two seconds each.
-- Reactions may run side by side: what must not (the rules, the crisis clock) takes its own lock.
create or replace function app.announce(which_chain text, lines int, react boolean) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare ids bigint[];
begin
  select array_agg(id order by seq) into ids
    from (select id, seq from journal where chain = which_chain order by seq desc limit lines) as newest;
  if react then
    perform graphile_worker.add_job('react', json_build_object('lines', ids));
  end if;
  perform pg_notify('permanence', array_to_string(ids, ','));
end $$;
--> statement-breakpoint
-- Those that wait in it now must not wait for ever: a job without a queue is taken by whoever is free.
do $$ begin
  if to_regclass('graphile_worker._private_jobs') is not null then
    update graphile_worker._private_jobs set job_queue_id = null where locked_at is null;
  end if;
end $$;

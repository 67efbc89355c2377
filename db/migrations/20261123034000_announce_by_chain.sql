-- A reporter's transaction may write an internal line (the routing of its report) without ever being able to read it back:
-- so the database finds the new lines itself. The chain is locked by the insert, its last lines are this transaction's.
drop function app.announce(bigint[], boolean);
--> statement-breakpoint
create function app.announce(which_chain text, lines int, react boolean) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare ids bigint[];
begin
  select array_agg(id order by seq) into ids
    from (select id, seq from journal where chain = which_chain order by seq desc limit lines) as newest;
  if react then
    perform graphile_worker.add_job('react', json_build_object('lines', ids), 'reactions');
  end if;
  perform pg_notify('permanence', array_to_string(ids, ','));
end $$;
--> statement-breakpoint
grant execute on function app.announce(text, int, boolean) to permanence_app;

-- One line of each of many cases, announced together: a text to a thousand reporters of one incident is one command.
create function app.announce_each(chains text[], react boolean)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare ids bigint[];
begin
  perform app.refuse_strangers();
  if not app.may('cases.work') then
    raise exception 'not a chain of whoever asks' using errcode = 'insufficient_privilege';
  end if;
  select array_agg(newest.id order by newest.id) into ids
    from (select one, count(*) as lines from unnest(chains) as one group by one) as written
    cross join lateral (select id from journal where chain = written.one order by seq desc limit written.lines) as newest;
  if react then
    perform graphile_worker.add_job('react', json_build_object('lines', ids));
  end if;
  perform pg_notify('permanence', array_to_string(ids, ','));
end $function$;
--> statement-breakpoint
revoke execute on function app.announce_each(text[], boolean) from public;
--> statement-breakpoint
grant execute on function app.announce_each(text[], boolean) to permanence_app;

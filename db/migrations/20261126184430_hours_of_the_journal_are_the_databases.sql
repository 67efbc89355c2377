-- Somebody is known by a role that there is: any other word is nobody's.
create or replace function app.refuse_strangers() returns void language plpgsql stable as $$
begin
  -- called from a function of the owner: its own connection is the owner's
  if app.side() is null and session_user <> current_user then
    raise exception 'nobody is asking' using errcode = 'insufficient_privilege';
  end if;
end $$;
--> statement-breakpoint
create or replace function app.journal_chain() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare head public.journal_head;
begin
  if app.role() <> '' then
    new.actor_id := app.account();
    new.actor_side := app.side();
    if app.role() = 'door' then
      new.actor_name := 'door';
    elsif app.role() <> 'machine' then
      select name into strict new.actor_name from account where id = app.account();
    end if;
    -- An hour that is ten minutes away from the database's is not that of the writing: hours of facts have columns of their own. A
    -- drill has its own clock; so have the demonstration before it is shown, tests and histories, where the mark is not set.
    if new.exercise_id is null
      and new.at not between clock_timestamp() - interval '10 minutes' and clock_timestamp() + interval '10 minutes'
      and exists (select from setting where key = 'journal_hours' and value = '"held"') then
      new.at := date_trunc('milliseconds', clock_timestamp());
    end if;
  end if;
  insert into public.journal_head as h (chain, seq, hash) values (new.chain, 0, sha256(convert_to(new.chain, 'UTF8')))
    on conflict (chain) do update set seq = h.seq
    returning * into head;
  new.seq := head.seq + 1;
  new.prev_hash := head.hash;
  new.hash := app.journal_digest(new, head.hash);
  update public.journal_head set seq = new.seq, hash = new.hash where chain = new.chain;
  return new;
end $$;
--> statement-breakpoint
-- What a ticket says beside a case is said by whose case it is, or by the cell: not by whoever may read it.
alter policy said on ticket with check ((select app.may('cases.report')) and exercise_id is not distinct from (select app.exercise())
  and exists (select from cases c where c.id = ticket.case_id
    and ((select app.may('cases.work')) or c.organisation_id = (select app.organisation()))));
--> statement-breakpoint
-- Who holds a key is asked by its hash, of a function: no door reads the hashes.
alter policy seen on api_token using ((select app.may('accounts.keep')));

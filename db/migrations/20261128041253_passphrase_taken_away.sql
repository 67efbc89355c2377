-- No hash: the passphrase is taken away, with all else that somebody signed in with. Its rows are the door's alone, so it is done here.
create or replace function app.set_passphrase(who bigint, phc text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not (app.may('accounts.keep') or (app.may('account.own') and app.account() = who)) then
    raise exception 'only an administrator or oneself' using errcode = 'insufficient_privilege';
  end if;
  if phc is null then
    delete from passphrase where account_id = who;
    return;
  end if;
  insert into passphrase (account_id, hash, updated_at) values (who, phc, at)
    on conflict (account_id) do update set hash = excluded.hash, updated_at = excluded.updated_at;
end $function$;

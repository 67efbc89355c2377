drop function app.set_passphrase(bigint, text);
--> statement-breakpoint
-- The hour is given: whoever sets a passphrase says when it is, as every command does.
create function app.set_passphrase(who bigint, phc text, at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not (app.is_admin() or app.account() = who) then
    raise exception 'only an administrator or oneself' using errcode = 'insufficient_privilege';
  end if;
  insert into passphrase (account_id, hash, updated_at) values (who, phc, at)
    on conflict (account_id) do update set hash = excluded.hash, updated_at = excluded.updated_at;
end $$;
--> statement-breakpoint
grant execute on function app.set_passphrase to permanence_app;

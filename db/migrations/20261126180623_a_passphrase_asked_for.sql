-- The account is looked up and a job is left whether there is one or not: the time of the answer tells nothing.
create function app.ask_passphrase(asked_email text, spendings jsonb, at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app.role() <> 'door' then
    raise exception 'asked by the door of who cannot sign in' using errcode = 'insufficient_privilege';
  end if;
  if app.spend(spendings, at) > 0 then
    return;
  end if;
  perform graphile_worker.add_job('passphrase_asked', json_build_object('at', at, 'account', (
    select json_build_object('id', id, 'name', name) from account
    where email = asked_email and active and sign_in_method = 'passphrase')));
end $$;
--> statement-breakpoint
revoke execute on function app.ask_passphrase(text, jsonb, timestamptz) from public;
--> statement-breakpoint
grant execute on function app.ask_passphrase(text, jsonb, timestamptz) to permanence_app;

-- Who is asking, at every request: one call, one round trip. Whoever calls it already holds the secret it looks up.
create function app.account_actor(who bigint) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object(
    'kind', 'account', 'accountId', a.id, 'role', a.role, 'name', a.name, 'email', a.email,
    'organisationId', a.organisation_id, 'exerciseId', null, 'locale', a.locale,
    -- A zone or a region sees its départements: expanded here, so that policies compare plain codes.
    'territories', case
      when o.sees is null then '{}'
      when 'FR' = any (o.sees) then '{FR}'
      when cardinality(o.sees) = 0 then '{}'
      else o.sees || array(
        select t.code from territory t where t.kind = 'departement' and t.exercise_id is null and t.code <> all (o.sees)
          and (t.region_code = any (o.sees) or t.zone_code = any (o.sees)) order by t.code)
    end)
  from account a left join organisation o on o.id = a.organisation_id
  where a.id = who and a.active and coalesce(o.active, true)
$$;
--> statement-breakpoint
-- The lengths come from app/_auth/lifetime.ts; touch_after null looks without prolonging.
create function app.session_actor(which uuid, at timestamptz, idle interval, longest interval, touch_after interval) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare held session; actor jsonb;
begin
  select * into held from session where id = which and revoked_at is null and expires_at > at;
  if not found then return null; end if;
  actor := app.account_actor(held.account_id);
  if actor is not null and at - held.last_seen_at >= touch_after then
    update session set last_seen_at = at, expires_at = least(at + idle, held.created_at + longest) where id = which;
  end if;
  return actor;
end $$;
--> statement-breakpoint
create function app.token_actor(token_hash text) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select app.account_actor(account_id) from api_token where hash = token_hash and revoked_at is null
$$;
--> statement-breakpoint
revoke execute on function app.account_actor(bigint), app.session_actor(uuid, timestamptz, interval, interval, interval), app.token_actor(text) from public;
--> statement-breakpoint
grant execute on function app.session_actor(uuid, timestamptz, interval, interval, interval), app.token_actor(text) to permanence_app;

ALTER TABLE "api_token" DROP CONSTRAINT "api_token_purpose_known";--> statement-breakpoint
ALTER TABLE "api_token" ADD COLUMN "scopes" text[];--> statement-breakpoint
ALTER TABLE "api_token" ADD COLUMN "made_by" bigint;--> statement-breakpoint
ALTER TABLE "api_token" ADD COLUMN "expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "api_token" ADD COLUMN "last_used_at" timestamp with time zone;--> statement-breakpoint
-- A key that is in use goes on for a quarter of a year at least: whoever holds it must be told first.
update api_token set scopes = case purpose when 'telephony' then '{telephony}'::text[] else '{read,report,update}' end,
  expires_at = greatest(created_at + interval '365 days', now() + interval '90 days');--> statement-breakpoint
ALTER TABLE "api_token" ALTER COLUMN "scopes" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "api_token" ALTER COLUMN "expires_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_made_by_account_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
drop function app.token_actor(text);--> statement-breakpoint
drop function app.telephony_source(text);--> statement-breakpoint
ALTER TABLE "api_token" DROP COLUMN "purpose";--> statement-breakpoint
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_scopes_known" CHECK (cardinality(scopes) > 0 and (scopes <@ '{read,report,update}' or cardinality(scopes) = 1 and scopes <@ '{probe,telephony,metrics}'));--> statement-breakpoint
-- The key of this hash that opens at this hour, if its account does; that it was used is kept to the minute, where writing is possible.
create function app.token_used(token_hash text, at timestamptz) returns api_token language plpgsql security definer set search_path = public, pg_temp as $$
declare token api_token;
begin
  select t.* into token from api_token t join account a on a.id = t.account_id left join organisation o on o.id = a.organisation_id
    where t.hash = token_hash and t.revoked_at is null and t.expires_at > at and a.active and coalesce(o.active, true);
  if token.last_used_at is null or token.last_used_at < at - interval '1 minute' then
    if current_setting('transaction_read_only') = 'off' then
      update api_token set last_used_at = at where id = token.id;
    end if;
  end if;
  return token;
end $$;--> statement-breakpoint
create function app.token_actor(token_hash text, at timestamptz) returns jsonb language sql security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('actor', app.account_actor(t.account_id), 'scopes', t.scopes)
  from app.token_used(token_hash, at) t where t.scopes <@ '{read,report,update}'
$$;--> statement-breakpoint
create function app.token_device(token_hash text, opens text, at timestamptz) returns bigint language sql security definer set search_path = public, pg_temp as $$
  select t.id from app.token_used(token_hash, at) t where t.scopes = array[opens] and opens in ('probe', 'telephony', 'metrics')
$$;--> statement-breakpoint
revoke execute on function app.token_used(text, timestamptz), app.token_actor(text, timestamptz), app.token_device(text, text, timestamptz) from public;--> statement-breakpoint
grant execute on function app.token_actor(text, timestamptz), app.token_device(text, text, timestamptz) to permanence_app;

CREATE TABLE "external_identity" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "external_identity_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"bound_at" timestamp with time zone NOT NULL,
	"bound_by" text NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "external_identity_bound_by_known" CHECK (bound_by in ('invitation', 'administrator'))
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" bigint NOT NULL,
	"hash" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "passkey" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "passkey_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] DEFAULT '{}' NOT NULL,
	"backed_up" boolean NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"suspended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "recovery_code" (
	"account_id" bigint NOT NULL,
	"hash" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "recovery_code_pkey" PRIMARY KEY("account_id","hash")
);
--> statement-breakpoint
CREATE TABLE "spent_challenge" (
	"mark" text PRIMARY KEY NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "totp" (
	"account_id" bigint PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"last_step" bigint NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unbound_identity" (
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"siret" text NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "unbound_identity_pkey" PRIMARY KEY("issuer","subject")
);
--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "place" text;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "method" text DEFAULT 'passphrase' NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "strong" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "confined" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "reauthenticated_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "provider_token" text;--> statement-breakpoint
ALTER TABLE "organisation" ADD COLUMN "strong_sign_in" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "external_identity" ADD CONSTRAINT "external_identity_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkey" ADD CONSTRAINT "passkey_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "totp" ADD CONSTRAINT "totp_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "external_identity_once" ON "external_identity" USING btree ("issuer","subject");--> statement-breakpoint
CREATE INDEX "external_identity_account" ON "external_identity" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_hash" ON "invitation" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "invitation_account" ON "invitation" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "passkey_credential" ON "passkey" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "passkey_account" ON "passkey" USING btree ("account_id");--> statement-breakpoint
ALTER TABLE "account" DROP COLUMN "sign_in_method";--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_method_known" CHECK (method in ('passphrase', 'passkey', 'totp', 'recovery_code', 'provider', 'invitation'));--> statement-breakpoint
-- Whoever is signed in now did it by the passphrase, at that hour.
update session set reauthenticated_at = created_at;
--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['passkey', 'totp', 'recovery_code', 'external_identity', 'unbound_identity', 'invitation', 'spent_challenge'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner_works on public.%I to %I using (true) with check (true)', t, current_user);
  end loop;
  -- One's own and the sign-in door's; an administrator reads what there is and takes it away.
  foreach t in array array['passkey', 'totp', 'recovery_code', 'external_identity'] loop
    execute format('create policy own on public.%I to permanence_app
      using (((select app.role()) = ''door'') or ((select app.may(''account.own'')) and account_id = (select app.account())))
      with check (((select app.role()) = ''door'') or ((select app.may(''account.own'')) and account_id = (select app.account())))', t);
    execute format('create policy admin_reads on public.%I for select to permanence_app using ((select app.may(''accounts.keep'')))', t);
    execute format('create policy admin_takes_away on public.%I for delete to permanence_app using ((select app.may(''accounts.keep'')))', t);
    execute format('grant select, insert, update, delete on public.%I to permanence_app', t);
  end loop;
  foreach t in array array['unbound_identity', 'invitation'] loop
    execute format('create policy door_or_admin on public.%I to permanence_app
      using (((select app.role()) = ''door'') or (select app.may(''accounts.keep'')))
      with check (((select app.role()) = ''door'') or (select app.may(''accounts.keep'')))', t);
    execute format('grant select, insert, update, delete on public.%I to permanence_app', t);
  end loop;
end $$;
--> statement-breakpoint
-- Nobody binds himself to what a provider says: an invitation does, or an administrator.
drop policy own on external_identity;
--> statement-breakpoint
create policy own_reads on external_identity for select to permanence_app using (account_id = (select app.account()));
--> statement-breakpoint
create policy door_or_admin on external_identity to permanence_app
  using (((select app.role()) = 'door') or (select app.may('accounts.keep')))
  with check (((select app.role()) = 'door') or (select app.may('accounts.keep')));
--> statement-breakpoint
create policy door_only on spent_challenge to permanence_app
  using ((select app.role()) = 'door') with check ((select app.role()) = 'door');
--> statement-breakpoint
grant select, insert, delete on spent_challenge to permanence_app;
--> statement-breakpoint
grant update (reauthenticated_at, strong, confined, method) on session to permanence_app;
--> statement-breakpoint
drop function app.session_actor(uuid, timestamptz, interval, interval, interval);
--> statement-breakpoint
-- Who holds this session. How long it lasts is the role's (app/_auth/rules/lifetime.ts). One that is confined is nobody, but
-- where a stronger sign-in is set up.
create function app.session_actor(which uuid, at timestamptz, limits jsonb, touch_after interval, to_set_up boolean default false)
returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare held session; actor jsonb; mine jsonb;
begin
  select * into held from session where id = which and revoked_at is null and expires_at > at and (to_set_up or not confined);
  if not found then return null; end if;
  actor := app.account_actor(held.account_id);
  if actor is not null and at - held.last_seen_at >= touch_after then
    mine := limits -> (actor ->> 'role');
    update session set last_seen_at = at,
        expires_at = least(at + (mine ->> 'idle')::interval, held.created_at + (mine ->> 'longest')::interval)
      where id = which;
  end if;
  return actor;
end $$;
--> statement-breakpoint
-- Of these sessions, those that have ended: their live streams close.
create function app.sessions_ended(which uuid[], at timestamptz)
returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select one from unnest(which) one where not exists (
    select from session s join account a on a.id = s.account_id left join organisation o on o.id = a.organisation_id
    where s.id = one and s.revoked_at is null and s.expires_at > at and a.active and coalesce(o.active, true))
$$;
--> statement-breakpoint
grant execute on function app.session_actor(uuid, timestamptz, jsonb, interval, boolean), app.sessions_ended(uuid[], timestamptz) to permanence_app;
--> statement-breakpoint
revoke execute on function app.session_actor(uuid, timestamptz, jsonb, interval, boolean), app.sessions_ended(uuid[], timestamptz) from public;
--> statement-breakpoint
-- As before, without the column that said how an account signs in: what it has says so.
create or replace function app.ask_passphrase(asked_email text, spendings jsonb, at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app.role() <> 'door' then
    raise exception 'asked by the door of who cannot sign in' using errcode = 'insufficient_privilege';
  end if;
  if app.spend(spendings, at) > 0 then
    return;
  end if;
  perform graphile_worker.add_job('passphrase_asked', json_build_object('at', at, 'account', (
    select json_build_object('id', id, 'name', name) from account where email = asked_email and active)));
end $$;

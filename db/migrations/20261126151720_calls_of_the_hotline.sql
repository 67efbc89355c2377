CREATE TABLE "own_telephone" (
	"account_id" bigint PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "phone_call" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "phone_call_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"source_id" bigint NOT NULL,
	"call_key" text NOT NULL,
	"direction" text NOT NULL,
	"phone" text,
	"shown" text NOT NULL,
	"queue" text,
	"heard" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"state" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"cause" text,
	"telephone" text,
	"account_id" bigint,
	"organisation_id" bigint,
	"case_id" bigint,
	"call_back_at" timestamp with time zone,
	"called_back_at" timestamp with time zone,
	"called_back_by_id" bigint,
	"called_back_by_name" text,
	"result" text,
	CONSTRAINT "phone_call_direction_known" CHECK (direction in ('in', 'out')),
	CONSTRAINT "phone_call_state_known" CHECK (state in ('ringing', 'talking', 'ended', 'forwarded', 'missed', 'unanswered'))
);
--> statement-breakpoint
ALTER TABLE "api_token" ADD COLUMN "purpose" text DEFAULT 'tickets' NOT NULL;--> statement-breakpoint
ALTER TABLE "own_telephone" ADD CONSTRAINT "own_telephone_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_call" ADD CONSTRAINT "phone_call_source_id_api_token_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."api_token"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_call" ADD CONSTRAINT "phone_call_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_call" ADD CONSTRAINT "phone_call_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_call" ADD CONSTRAINT "phone_call_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_call" ADD CONSTRAINT "phone_call_called_back_by_id_account_id_fk" FOREIGN KEY ("called_back_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "own_telephone_name" ON "own_telephone" USING btree (lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "phone_call_once" ON "phone_call" USING btree ("source_id","call_key");--> statement-breakpoint
CREATE INDEX "phone_call_newest" ON "phone_call" USING btree ("started_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "phone_call_case" ON "phone_call" USING btree ("case_id") WHERE case_id is not null;--> statement-breakpoint
CREATE INDEX "phone_call_to_do" ON "phone_call" USING btree ("call_back_at") WHERE call_back_at is not null and called_back_at is null;--> statement-breakpoint
CREATE INDEX "phone_call_open" ON "phone_call" USING btree ("started_at") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "phone_call_phone" ON "phone_call" USING btree ("phone","started_at");--> statement-breakpoint
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_purpose_known" CHECK (purpose in ('tickets', 'telephony'));
--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['phone_call', 'own_telephone'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner_works on public.%I to %I using (true) with check (true)', t, current_user);
  end loop;
end $$;
--> statement-breakpoint
grant select, insert, update on phone_call to permanence_app;
--> statement-breakpoint
-- Numbers of people: for who answers them, not for a screen on the wall. Of the real world alone.
create policy worked on phone_call to permanence_app
  using ((select app.may('cases.work'))) with check ((select app.may('cases.work')) and (select app.exercise()) is null);
--> statement-breakpoint
grant select, insert, update, delete on own_telephone to permanence_app;
--> statement-breakpoint
create policy seen on own_telephone for select to permanence_app using ((select app.may('cases.work')));
--> statement-breakpoint
create policy own on own_telephone to permanence_app
  using ((select app.may('cases.work')) and account_id = (select app.account()))
  with check ((select app.may('cases.work')) and account_id = (select app.account()));
--> statement-breakpoint
-- A key opens the door it was made for and no other.
create or replace function app.token_actor(token_hash text) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select app.account_actor(account_id) from api_token where hash = token_hash and revoked_at is null and purpose = 'tickets'
$$;
--> statement-breakpoint
-- Which switchboard speaks; null for a key of another kind, revoked, or of an account out of use.
create function app.telephony_source(token_hash text) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select t.id from api_token t join account a on a.id = t.account_id
    where t.hash = token_hash and t.revoked_at is null and t.purpose = 'telephony' and a.active
$$;
--> statement-breakpoint
revoke execute on function app.telephony_source(text) from public;
--> statement-breakpoint
grant execute on function app.telephony_source(text) to permanence_app;
--> statement-breakpoint
create or replace function app.forget(what text, before timestamp with time zone, most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare n int;
begin
  if app.role() is distinct from 'machine' or app.exercise() is not null then
    raise exception 'only the clock forgets' using errcode = 'insufficient_privilege';
  end if;
  case what
    when 'sessions' then
      delete from session where id in (select id from session
        where least(expires_at, coalesce(revoked_at, expires_at)) < before limit most);
    when 'messages' then
      with read as (delete from inbox_message where id in (select id from inbox_message where created_at < before limit most) returning 1),
        sent as (delete from outbox where id in (select id from outbox
          where created_at < before and state not in ('queued', 'sending') limit most) returning 1)
      select (select count(*) from read) + (select count(*) from sent) into n;
      return n;
    when 'uploads' then
      delete from directory_upload where id in (select id from directory_upload where created_at < before limit most);
    when 'presence' then
      delete from case_presence where ctid in (select ctid from case_presence where seen_at < before limit most);
    when 'throttles' then
      delete from sign_in_throttle where key in (select key from sign_in_throttle where last_failure_at < before limit most);
    when 'known_origins' then
      delete from known_origin where ctid in (select ctid from known_origin where last_at < before limit most);
    when 'sign_in_counts' then
      delete from sign_in_count where ctid in (select ctid from sign_in_count where hour < before limit most);
    when 'jobs' then
      delete from graphile_worker._private_jobs where id in (select id from graphile_worker._private_jobs
        where attempts >= max_attempts and locked_at is null and updated_at < before limit most);
    when 'attachments' then
      delete from attachment where id in (select a.id from attachment a join cases c on c.id = a.case_id
        where not app.is_open(c.state) and coalesce(c.closed_at, c.received_at) < before limit most);
    when 'calls' then
      delete from phone_call where id in (select id from phone_call
        where started_at < before and (call_back_at is null or called_back_at is not null) limit most);
    when 'cases' then
      -- Who reported and in which words; numbers, places, hours, tests and levels stay.
      update cases set reporter_name = null, reporter_post = null, callback_phone = null, symptom_words = null,
          neighbour_note = null, told = null, details = null, commune_words = null
        where id in (select id from cases
          where received_at < before and not app.is_open(state)
            and coalesce(closed_at, received_at) < before
            and num_nonnulls(reporter_name, reporter_post, callback_phone, symptom_words, neighbour_note, told, details, commune_words) > 0
          limit most);
    else
      raise exception 'nothing is known of how to forget this' using errcode = 'invalid_parameter_value';
  end case;
  get diagnostics n = row_count;
  return n;
end $function$;

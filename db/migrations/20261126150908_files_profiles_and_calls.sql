CREATE TABLE "attachment" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "attachment_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"case_id" bigint NOT NULL,
	"exercise_id" bigint,
	"account_id" bigint NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"size" integer NOT NULL,
	"content" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "attachment_kind_known" CHECK (kind in ('image/jpeg', 'image/png', 'text/plain'))
);
--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attachment_case" ON "attachment" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "journal_forgotten" ON "journal" USING btree ("at") WHERE event = 'account.passphrase_forgotten';
--> statement-breakpoint
do $$ begin
  execute format('create policy owner_works on attachment to %I using (true) with check (true)', current_user);
end $$;
--> statement-breakpoint
alter table attachment enable row level security;
--> statement-breakpoint
alter table attachment force row level security;
--> statement-breakpoint
create policy seen on attachment for select to permanence_app
  using (exists (select from cases c where c.id = attachment.case_id));
--> statement-breakpoint
create policy made on attachment for insert to permanence_app
  with check (not (exercise_id is distinct from (select app.exercise())) and account_id = (select app.account())
    and ((select app.may('cases.work')) or (select app.may('cases.follow')) and exists (select from cases c
      where c.id = attachment.case_id and c.organisation_id = (select app.organisation()))));
--> statement-breakpoint
grant insert, select on attachment to permanence_app;
--> statement-breakpoint
-- One's own name, post, number and language; the columns that give rights are not among them.
create function app.change_own(new_name text, new_post bigint, new_phone text, new_locale text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not app.may('account.own') then
    raise exception 'only one''s own account' using errcode = 'insufficient_privilege';
  end if;
  update account a set name = new_name, phone = new_phone, locale = new_locale,
      post_id = (select p.id from post p where p.id = new_post and p.organisation_id = a.organisation_id and p.active)
    where a.id = app.account() and a.active;
end $$;
--> statement-breakpoint
revoke execute on function app.change_own(text, bigint, text, text) from public;
--> statement-breakpoint
grant execute on function app.change_own(text, bigint, text, text) to permanence_app;
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

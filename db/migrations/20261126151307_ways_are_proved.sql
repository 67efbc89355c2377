CREATE TABLE "inbound_mail" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inbound_mail_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"message_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"fate" text NOT NULL,
	"case_id" bigint,
	"from_address" text,
	"subject" text,
	"reason" text,
	"bytes" integer NOT NULL,
	CONSTRAINT "inbound_mail_fate_known" CHECK (fate in ('landed', 'quarantined', 'bounce', 'automatic', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "push_subscription" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "push_subscription_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"endpoint" text NOT NULL,
	"p256dh" text NOT NULL,
	"auth" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"gone_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "contact_way" ADD COLUMN "bounced_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "bounced_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "push_subscription" ADD CONSTRAINT "push_subscription_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "inbound_mail_once" ON "inbound_mail" USING btree ("message_id");--> statement-breakpoint
CREATE UNIQUE INDEX "push_subscription_once" ON "push_subscription" USING btree ("endpoint");--> statement-breakpoint
CREATE INDEX "push_subscription_account" ON "push_subscription" USING btree ("account_id");
--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['push_subscription', 'inbound_mail'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner_works on public.%I to %I using (true) with check (true)', t, current_user);
  end loop;
end $$;
--> statement-breakpoint
grant select, insert, update, delete on push_subscription to permanence_app;
--> statement-breakpoint
grant select, insert, update on inbound_mail to permanence_app;
--> statement-breakpoint
create policy own_or_machine on push_subscription to permanence_app
  using ((select app.role()) = 'machine' or ((select app.may('inbox.read')) and account_id = (select app.account())))
  with check ((select app.role()) = 'machine' or ((select app.may('inbox.read')) and account_id = (select app.account())));
--> statement-breakpoint
create policy room_reads on inbound_mail for select to permanence_app using ((select app.may('cases.work')));
--> statement-breakpoint
create policy machine_keeps on inbound_mail to permanence_app
  using ((select app.role()) = 'machine') with check ((select app.role()) = 'machine');
--> statement-breakpoint
-- A way is proved by the machine, which has seen its code come back, or by a lead who rang somebody else's: never by its owner's
-- own word, whatever he writes. What is changed or taken away is no longer proved.
create function app.guard_way() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and (new.value <> old.value or new.kind <> old.kind or new.account_id <> old.account_id
    or not new.active) then
    new.verified_at := null;
  elsif new.verified_at is not null and (tg_op = 'INSERT' or new.verified_at is distinct from old.verified_at)
    and app.role() not in ('machine', '')
    and not (app.may('roster.keep') and new.account_id is distinct from app.account()) then
    raise exception 'a way is proved by its code, or by another' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
--> statement-breakpoint
revoke execute on function app.guard_way() from public;
--> statement-breakpoint
create trigger guarded before insert or update on contact_way for each row execute function app.guard_way();
--> statement-breakpoint
create policy machine_proves on contact_way for update to permanence_app
  using ((select app.role()) = 'machine') with check ((select app.role()) = 'machine');
--> statement-breakpoint
create policy machine_marks on contact for update to permanence_app
  using ((select app.role()) = 'machine') with check ((select app.role()) = 'machine');
--> statement-breakpoint
create or replace function app.setup(at timestamp with time zone)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select jsonb_build_object(
    'demonstration', exists (select from setting where key = 'demonstration'),
    'hotline', (select value #>> '{}' from setting where key = 'hotline_phone'),
    'hotlineCalled', (select value ->> 'number' from setting where key = 'hotline_called'),
    'teams', (select count(*) from team where active),
    'routingRules', (select count(*) from routing_rule where active),
    'shifts', (select count(*) from roster_shift where cancelled_at is null and to_at > at),
    'directors', (select count(*) from account where role = 'director' and active),
    'reachable', (select count(distinct a.id) from contact_way w join account a on a.id = w.account_id
      where w.active and a.active and a.role <> 'reporter'),
    'channels', (select coalesce(jsonb_agg(jsonb_build_object('name', substr(s.key, 9), 'failures', coalesce(p.failures, 0),
        'failedAt', p.failed_at) order by s.key), '[]')
      from setting s left join channel_proof p on p.channel = substr(s.key, 9) where s.key like 'channel.%'))
$function$;

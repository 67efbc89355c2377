CREATE TABLE "ticket_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ticket_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"listener_id" uuid NOT NULL,
	"case_id" bigint NOT NULL,
	"line_id" bigint NOT NULL,
	"type" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ticket_listener" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" bigint NOT NULL,
	"token_id" bigint NOT NULL,
	"callback" text NOT NULL,
	"query" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp with time zone,
	"last_error" text
);
--> statement-breakpoint
ALTER TABLE "ticket_event" ADD CONSTRAINT "ticket_event_listener_id_ticket_listener_id_fk" FOREIGN KEY ("listener_id") REFERENCES "public"."ticket_listener"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_event" ADD CONSTRAINT "ticket_event_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_listener" ADD CONSTRAINT "ticket_listener_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_listener" ADD CONSTRAINT "ticket_listener_token_id_api_token_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."api_token"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_event_once" ON "ticket_event" USING btree ("listener_id","line_id","type");--> statement-breakpoint
CREATE INDEX "ticket_event_case" ON "ticket_event" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_listener_once" ON "ticket_listener" USING btree ("account_id","callback","query");--> statement-breakpoint
CREATE INDEX "ticket_listener_token" ON "ticket_listener" USING btree ("token_id");--> statement-breakpoint
alter table ticket_listener enable row level security;
--> statement-breakpoint
alter table ticket_listener force row level security;
--> statement-breakpoint
alter table ticket_event enable row level security;
--> statement-breakpoint
alter table ticket_event force row level security;
--> statement-breakpoint
do $$ begin
  execute format('create policy owner_works on public.ticket_listener to %I using (true) with check (true)', current_user);
  execute format('create policy owner_works on public.ticket_event to %I using (true) with check (true)', current_user);
end $$;
--> statement-breakpoint
grant select, insert, delete on ticket_listener to permanence_app;
--> statement-breakpoint
grant update (token_id, next_at, failures, failing_since, last_error) on ticket_listener to permanence_app;
--> statement-breakpoint
grant select, insert, delete on ticket_event to permanence_app;
--> statement-breakpoint
-- Each account its own; which key is told to be its own is asked again before anything is told (app.listener_actor).
create policy own on ticket_listener to permanence_app
  using ((select app.may('cases.report')) and account_id = (select app.account()))
  with check ((select app.may('cases.report')) and account_id = (select app.account()));
--> statement-breakpoint
create policy told on ticket_listener to permanence_app
  using ((select app.role()) = 'machine' and (select app.exercise()) is null)
  with check ((select app.role()) = 'machine' and (select app.exercise()) is null);
--> statement-breakpoint
create policy told on ticket_event to permanence_app
  using ((select app.role()) = 'machine' and (select app.exercise()) is null)
  with check ((select app.role()) = 'machine' and (select app.exercise()) is null);
--> statement-breakpoint
-- Whose ears a listener has at this hour: of the account of its key, while both are in use and the key may read.
create function app.listener_actor(listener uuid, at timestamp with time zone) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if app.role() is distinct from 'machine' then
    raise exception 'only a machine tells a listener' using errcode = 'insufficient_privilege';
  end if;
  return (select app.account_actor(l.account_id) from ticket_listener l join api_token t on t.id = l.token_id
    where l.id = listener and t.account_id = l.account_id and t.revoked_at is null and t.expires_at > at and 'read' = any (t.scopes));
end $$;
--> statement-breakpoint
revoke execute on function app.listener_actor(uuid, timestamp with time zone) from public;
--> statement-breakpoint
grant execute on function app.listener_actor(uuid, timestamp with time zone) to permanence_app;
--> statement-breakpoint
create or replace function app.token_actor(token_hash text, at timestamp with time zone) returns jsonb
language sql security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('actor', app.account_actor(t.account_id), 'scopes', t.scopes, 'token', t.id)
  from app.token_used(token_hash, at) t where t.scopes <@ '{read,report,update}'
$$;

CREATE TABLE "channel_proof" (
	"channel" text PRIMARY KEY NOT NULL,
	"accepted_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"error" text,
	"failures" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message_part" (
	"channel" text NOT NULL,
	"external_id" text NOT NULL,
	"outbox_id" bigint,
	"says" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "message_part_pkey" PRIMARY KEY("channel","external_id"),
	CONSTRAINT "message_part_says_known" CHECK (says in ('delivered', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "call_out" ADD COLUMN "cannot_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "acknowledged_by" text;--> statement-breakpoint
ALTER TABLE "message_part" ADD CONSTRAINT "message_part_outbox_id_outbox_id_fk" FOREIGN KEY ("outbox_id") REFERENCES "public"."outbox"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_part_of" ON "message_part" USING btree ("outbox_id") WHERE outbox_id is not null;--> statement-breakpoint
CREATE INDEX "outbox_incident" ON "outbox" USING btree ("incident_id") WHERE incident_id is not null;--> statement-breakpoint
CREATE INDEX "outbox_case" ON "outbox" USING btree ("case_id") WHERE case_id is not null;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_acknowledged_by_known" CHECK (acknowledged_by in ('page', 'link', 'reply', 'key', 'call'));--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['channel_proof', 'message_part'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner_works on public.%I to %I using (true) with check (true)', t, current_user);
  end loop;
end $$;
--> statement-breakpoint
grant select, insert, update on channel_proof, message_part to permanence_app;
--> statement-breakpoint
create policy cell_reads on channel_proof for select to permanence_app using ((select app.may('cell.watch')));
--> statement-breakpoint
create policy machine_writes on channel_proof to permanence_app
  using ((select app.role()) = 'machine') with check ((select app.role()) = 'machine');
--> statement-breakpoint
create policy machine_keeps on message_part to permanence_app
  using ((select app.role()) = 'machine') with check ((select app.role()) = 'machine');
--> statement-breakpoint
-- Whoever acknowledges from outside, by the link in his message or a key pressed, has no session: what follows is done in his
-- name, by the machine that knows which message it was.
create function app.actor_who_answers(who bigint) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if app.role() is distinct from 'machine' then
    raise exception 'only a machine takes an answer' using errcode = 'insufficient_privilege';
  end if;
  return app.account_actor(who);
end $$;
--> statement-breakpoint
revoke execute on function app.actor_who_answers(bigint) from public;
--> statement-breakpoint
grant execute on function app.actor_who_answers(bigint) to permanence_app;

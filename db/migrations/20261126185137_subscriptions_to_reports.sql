CREATE TABLE "notice_subscription" (
	"post_id" bigint PRIMARY KEY NOT NULL,
	"from_level" smallint NOT NULL,
	"territories" text[] NOT NULL,
	"numbers" text[] NOT NULL,
	"channels" text[] NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_name" text NOT NULL,
	CONSTRAINT "notice_subscription_channels_known" CHECK (channels <@ array['mail', 'sms', 'voice'])
);
--> statement-breakpoint
ALTER TABLE "notice_recipient" ADD COLUMN "rung_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "notice_subscription" ADD CONSTRAINT "notice_subscription_post_id_post_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."post"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
alter table notice_subscription enable row level security;
--> statement-breakpoint
alter table notice_subscription force row level security;
--> statement-breakpoint
do $$ begin execute format('create policy owner_works on public.notice_subscription to %I using (true) with check (true)', current_user); end $$;
--> statement-breakpoint
grant select, insert, update on notice_subscription to permanence_app;
--> statement-breakpoint
create policy watched on notice_subscription for select to permanence_app
  using ((select app.may('cell.watch')));
--> statement-breakpoint
-- A post is chosen for by its own organisation, or by whoever keeps the directory.
create policy chosen on notice_subscription to permanence_app
  using ((select app.may('directory.keep')) or (select app.may('notices.acknowledge'))
    and exists (select from post p where p.id = post_id and p.organisation_id = (select app.organisation())))
  with check ((select app.may('directory.keep')) or (select app.may('notices.acknowledge'))
    and exists (select from post p where p.id = post_id and p.organisation_id = (select app.organisation())));

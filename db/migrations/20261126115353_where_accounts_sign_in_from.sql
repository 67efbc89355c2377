CREATE TABLE "known_origin" (
	"account_id" bigint NOT NULL,
	"mark" text NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "known_origin_pkey" PRIMARY KEY("account_id","mark")
);
--> statement-breakpoint
CREATE TABLE "sign_in_count" (
	"hour" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	"times" integer NOT NULL,
	CONSTRAINT "sign_in_count_pkey" PRIMARY KEY("hour","outcome")
);
--> statement-breakpoint
ALTER TABLE "known_origin" ADD CONSTRAINT "known_origin_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
alter table known_origin enable row level security;
--> statement-breakpoint
alter table known_origin force row level security;
--> statement-breakpoint
alter table sign_in_count enable row level security;
--> statement-breakpoint
alter table sign_in_count force row level security;
--> statement-breakpoint
do $$ begin
  execute format('create policy owner_works on known_origin to %I using (true) with check (true)', current_user);
  execute format('create policy owner_works on sign_in_count to %I using (true) with check (true)', current_user);
end $$;
--> statement-breakpoint
create policy door_only on known_origin to permanence_app using ((select app.role()) = 'door') with check ((select app.role()) = 'door');
--> statement-breakpoint
create policy door_counts on sign_in_count to permanence_app using ((select app.role()) = 'door') with check ((select app.role()) = 'door');
--> statement-breakpoint
create policy seen on sign_in_count for select to permanence_app using ((select app.is_cell()));
--> statement-breakpoint
grant select, insert, update, delete on known_origin to permanence_app;
--> statement-breakpoint
grant select, insert, update on sign_in_count to permanence_app;

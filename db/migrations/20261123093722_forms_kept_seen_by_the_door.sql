alter table kept_form enable row level security;
--> statement-breakpoint
alter table kept_form force row level security;
--> statement-breakpoint
-- Whoever posted it has no session any more: only the sign-in door reads it, and gives it back to its form.
do $$ begin
  execute format('create policy owner_works on kept_form to %I using (true) with check (true)', current_user);
end $$;
--> statement-breakpoint
create policy door_only on kept_form to permanence_app using ((select app.role()) = 'door') with check ((select app.role()) = 'door');
--> statement-breakpoint
grant select, insert, update, delete on kept_form to permanence_app;

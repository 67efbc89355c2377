ALTER TABLE "statement" ADD COLUMN "reminded_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "incident_merged" ON "incident" USING btree ("merged_into_id") WHERE merged_into_id is not null;--> statement-breakpoint
-- The authority that turned a page on sees it, and turns it off, whatever became of the cases of its incident: merged into another, or
-- taken out of it, it has none left that would show it to anybody of the territory.
create policy agreed on public_page for select to permanence_app
  using (not (exercise_id is distinct from (select app.exercise())) and (select app.may('instructions.answer'))
    and authority_organisation_id = (select app.organisation()));
--> statement-breakpoint
create policy agreed_off on public_page for update to permanence_app
  using (not (exercise_id is distinct from (select app.exercise())) and (select app.may('instructions.answer'))
    and authority_organisation_id = (select app.organisation()))
  with check (not (exercise_id is distinct from (select app.exercise())) and (select app.may('instructions.answer'))
    and authority_organisation_id = (select app.organisation()));

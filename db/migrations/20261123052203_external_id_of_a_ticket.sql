ALTER TABLE "cases" ADD COLUMN "external_id" text;--> statement-breakpoint
CREATE INDEX "cases_external" ON "cases" USING btree ("external_id") WHERE external_id is not null;
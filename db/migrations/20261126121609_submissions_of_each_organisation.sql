DROP INDEX "cases_submission";--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "submission_scope" text DEFAULT 'cell' NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "submission_round" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "submission_content" text;--> statement-breakpoint
CREATE UNIQUE INDEX "cases_submission" ON "cases" USING btree ("submission_id","submission_scope","submission_round");

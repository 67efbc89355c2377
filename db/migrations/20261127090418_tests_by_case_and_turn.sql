DROP INDEX "case_test_case";--> statement-breakpoint
CREATE INDEX "case_test_case" ON "case_test" USING btree ("case_id","id");
ALTER TABLE "cases" ADD COLUMN "victims_known" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "major_event" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "announced_works" boolean DEFAULT false NOT NULL;
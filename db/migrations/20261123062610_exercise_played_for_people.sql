ALTER TABLE "exercise" ADD COLUMN "attended" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "exercise" ADD COLUMN "file" jsonb;--> statement-breakpoint
ALTER TABLE "exercise" ADD COLUMN "file_name" text;--> statement-breakpoint
ALTER TABLE "exercise" ADD COLUMN "minute" double precision;--> statement-breakpoint
ALTER TABLE "exercise" ADD COLUMN "ticked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "exercise" ADD COLUMN "progress" jsonb;--> statement-breakpoint
ALTER TABLE "exercise" ADD COLUMN "set_aside_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "exercise" ADD COLUMN "ended_by_name" text;
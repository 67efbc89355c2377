CREATE TABLE "clock" (
	"name" text PRIMARY KEY NOT NULL,
	"late_s" integer NOT NULL,
	"known_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"succeeded_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"error" text,
	"failures" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "write_proof" (
	"at" timestamp with time zone NOT NULL
);

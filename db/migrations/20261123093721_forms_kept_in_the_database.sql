CREATE TABLE "kept_form" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"path" text NOT NULL,
	"form" text NOT NULL,
	"typed" jsonb NOT NULL,
	"kept_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "kept_form" ADD CONSTRAINT "kept_form_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE cascade ON UPDATE no action;
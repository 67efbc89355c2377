CREATE TABLE "case_moved_out" (
	"incident_id" bigint NOT NULL,
	"case_id" bigint NOT NULL,
	"exercise_id" bigint,
	"at" timestamp with time zone NOT NULL,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "desk_baseline" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "desk_baseline_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"learnt_at" timestamp with time zone NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"reports" integer NOT NULL,
	"learnt" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "proposal" DROP CONSTRAINT "proposal_state_known";--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "incident_by_hand" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "incident" ADD COLUMN "merged_into_id" bigint;--> statement-breakpoint
ALTER TABLE "proposal" ADD COLUMN "outside_cause" text;--> statement-breakpoint
ALTER TABLE "proposal" ADD COLUMN "sure_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "proposal" ADD COLUMN "episode" jsonb;--> statement-breakpoint
ALTER TABLE "case_moved_out" ADD CONSTRAINT "case_moved_out_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_moved_out" ADD CONSTRAINT "case_moved_out_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "case_moved_out_once" ON "case_moved_out" USING btree ("incident_id","case_id");--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_outside_cause_known" CHECK (outside_cause in ('power', 'weather', 'third_party'));--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_state_known" CHECK (state in ('open', 'accepted', 'declined', 'watched', 'lapsed'));
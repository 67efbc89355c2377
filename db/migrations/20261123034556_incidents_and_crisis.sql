CREATE TABLE "call_out" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "call_out_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"exercise_id" bigint,
	"crisis_id" bigint NOT NULL,
	"account_id" bigint NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"round" smallint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "cell_state" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cell_state_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"exercise_id" bigint,
	"state" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_id" bigint,
	"by_name" text NOT NULL,
	"why" text NOT NULL,
	"told_to" text[] DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_way" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "contact_way_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"verified_at" timestamp with time zone,
	"active" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE TABLE "crisis" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "crisis_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"exercise_id" bigint,
	"version" integer DEFAULT 1 NOT NULL,
	"proposal_id" bigint NOT NULL,
	"incident_id" bigint,
	"first_report_at" timestamp with time zone NOT NULL,
	"second_site_at" timestamp with time zone,
	"proposed_at" timestamp with time zone NOT NULL,
	"first_call_at" timestamp with time zone,
	"first_answer_at" timestamp with time zone,
	"decided_at" timestamp with time zone,
	"activated_at" timestamp with time zone,
	"activated_by" text,
	"activated_by_id" bigint,
	"activated_by_name" text,
	"first_notice_at" timestamp with time zone,
	"first_notice_ack_at" timestamp with time zone,
	"declined_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "handover" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "handover_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"exercise_id" bigint,
	"version" integer DEFAULT 1 NOT NULL,
	"outgoing_id" bigint NOT NULL,
	"outgoing_name" text NOT NULL,
	"incoming_id" bigint,
	"incoming_name" text,
	"generated_at" timestamp with time zone NOT NULL,
	"content" jsonb NOT NULL,
	"suspected" text,
	"outgoing_signed_at" timestamp with time zone,
	"incoming_signed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "notice" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notice_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"exercise_id" bigint,
	"version" integer DEFAULT 1 NOT NULL,
	"kind" text NOT NULL,
	"number" integer NOT NULL,
	"incident_id" bigint,
	"crisis_id" bigint,
	"state" text NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"next_at" timestamp with time zone,
	"body" jsonb NOT NULL,
	"issued_at" timestamp with time zone,
	"issued_by_id" bigint,
	"issued_by_name" text
);
--> statement-breakpoint
CREATE TABLE "notice_recipient" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notice_recipient_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"exercise_id" bigint,
	"notice_id" bigint NOT NULL,
	"organisation_id" bigint NOT NULL,
	"annex" text,
	"told_at" timestamp with time zone NOT NULL,
	"acknowledged_at" timestamp with time zone,
	"acknowledged_by_name" text,
	"call_due_at" timestamp with time zone,
	"called_at" timestamp with time zone,
	"called_by_name" text,
	"call_result" text
);
--> statement-breakpoint
CREATE TABLE "roster_shift" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "roster_shift_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"role" text NOT NULL,
	"rank" smallint DEFAULT 1 NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"to_at" timestamp with time zone NOT NULL,
	"cancelled_at" timestamp with time zone,
	"swap_of_id" bigint
);
--> statement-breakpoint
CREATE TABLE "incident" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "incident_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"reference" text NOT NULL,
	"exercise_id" bigint,
	"version" integer DEFAULT 1 NOT NULL,
	"state" text NOT NULL,
	"level" smallint NOT NULL,
	"title" text,
	"opened_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone,
	"restored_at" timestamp with time zone,
	"residual_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"cause" text,
	"residuals_listed" bigint[] DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "incident_candidate" (
	"incident_id" bigint NOT NULL,
	"case_id" bigint NOT NULL,
	"exercise_id" bigint,
	"reason_key" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"dismissed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "proposal" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "proposal_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"exercise_id" bigint,
	"version" integer DEFAULT 1 NOT NULL,
	"rule" text NOT NULL,
	"level" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"fired_at" timestamp with time zone NOT NULL,
	"group_start" timestamp with time zone NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"case_ids" bigint[] NOT NULL,
	"reason" jsonb NOT NULL,
	"incident_id" bigint,
	"decided_at" timestamp with time zone,
	"decided_by_id" bigint,
	"decided_by_name" text,
	"decision_reason" text,
	"reopened_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "threshold" (
	"key" text PRIMARY KEY NOT NULL,
	"value" double precision NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by_id" bigint
);
--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "outcome" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "related_case_id" bigint;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "residual_taken_by_id" bigint;--> statement-breakpoint
ALTER TABLE "call_out" ADD CONSTRAINT "call_out_crisis_id_crisis_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crisis"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_out" ADD CONSTRAINT "call_out_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_way" ADD CONSTRAINT "contact_way_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crisis" ADD CONSTRAINT "crisis_proposal_id_proposal_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposal"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crisis" ADD CONSTRAINT "crisis_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_crisis_id_crisis_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crisis"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_recipient" ADD CONSTRAINT "notice_recipient_notice_id_notice_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notice"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_recipient" ADD CONSTRAINT "notice_recipient_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_shift" ADD CONSTRAINT "roster_shift_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_candidate" ADD CONSTRAINT "incident_candidate_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_candidate" ADD CONSTRAINT "incident_candidate_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_out_crisis" ON "call_out" USING btree ("crisis_id","at");--> statement-breakpoint
CREATE INDEX "cell_state_newest" ON "cell_state" USING btree ("id" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "contact_way_once" ON "contact_way" USING btree ("account_id","value");--> statement-breakpoint
CREATE UNIQUE INDEX "crisis_running" ON "crisis" USING btree (coalesce(exercise_id, 0)) WHERE ended_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "notice_number" ON "notice" USING btree ("kind","incident_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "notice_recipient_once" ON "notice_recipient" USING btree ("notice_id","organisation_id");--> statement-breakpoint
CREATE INDEX "notice_recipient_waiting" ON "notice_recipient" USING btree ("told_at") WHERE acknowledged_at is null;--> statement-breakpoint
CREATE INDEX "notice_recipient_organisation" ON "notice_recipient" USING btree ("organisation_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "roster_shift_when" ON "roster_shift" USING btree ("from_at","to_at") WHERE cancelled_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "incident_reference" ON "incident" USING btree ("reference");--> statement-breakpoint
CREATE INDEX "incident_open" ON "incident" USING btree ("opened_at") WHERE state <> 'closed';--> statement-breakpoint
CREATE UNIQUE INDEX "incident_candidate_once" ON "incident_candidate" USING btree ("incident_id","case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "proposal_once" ON "proposal" USING btree ("key",coalesce(exercise_id, 0));--> statement-breakpoint
CREATE INDEX "proposal_open" ON "proposal" USING btree ("fired_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "cases_unjudged" ON "cases" USING btree ("id") WHERE outcome is null;--> statement-breakpoint
CREATE INDEX "cases_residual" ON "cases" USING btree ("residual_since") WHERE residual_since is not null;
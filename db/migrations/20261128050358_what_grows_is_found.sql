CREATE INDEX "journal_acknowledged" ON "journal" USING btree (((data ->> 'noticeId')::bigint)) WHERE event = 'notice.acknowledged';--> statement-breakpoint
CREATE INDEX "journal_level" ON "journal" USING btree ("chain") WHERE event = 'incident.level_changed';--> statement-breakpoint
CREATE INDEX "inbox_message_at" ON "inbox_message" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "outbox_next" ON "outbox" USING btree ("channel","pressing" DESC NULLS FIRST,"due_at","id") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "outbox_to" ON "outbox" USING btree ("to_type","to_id","created_at");--> statement-breakpoint
CREATE INDEX "outbox_at" ON "outbox" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "probe_burst_case" ON "probe_burst" USING btree ("case_id") WHERE case_id is not null;
ALTER TABLE "inbound_mail" ADD COLUMN "incident_id" bigint;--> statement-breakpoint
CREATE INDEX "inbound_mail_at" ON "inbound_mail" USING btree ("at");--> statement-breakpoint
CREATE INDEX "outbox_answered" ON "outbox" USING btree ("sent_at") WHERE channel = 'sms';--> statement-breakpoint
CREATE INDEX "outbox_arrived" ON "outbox" USING btree ("channel",(greatest(delivered_at, acknowledged_at))) WHERE delivered_at is not null or acknowledged_at is not null;
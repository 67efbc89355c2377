ALTER TABLE "cases" DROP CONSTRAINT "cases_queue_rank_known";--> statement-breakpoint
-- The open cases take their new places; what is late is known by what was told of it.
UPDATE "cases" SET "queue_rank" = CASE
  WHEN still_failing_at IS NOT NULL THEN 0
  WHEN coalesce(ack_missed_at, check_missed_at, promise_missed_at) IS NOT NULL THEN CASE WHEN level >= 3 THEN 2 ELSE 4 END
  WHEN state = 'received' THEN CASE WHEN level >= 3 THEN 1 ELSE 5 END
  WHEN level >= 3 AND state NOT IN ('waiting_reporter', 'restored', 'confirmed') THEN 3
  ELSE 6 END
WHERE app.is_open(state);--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_queue_rank_known" CHECK (queue_rank in (0, 1, 2, 3, 4, 5, 6));

-- An authority that acknowledges stamps the crisis it cannot see.
create function app.notice_acknowledged(which bigint, acknowledged timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  update crisis set first_notice_ack_at = acknowledged
    where id = (select crisis_id from notice where id = which) and first_notice_ack_at is null
      and exists (select from notice_recipient where notice_id = which and acknowledged_at is not null)
$$;
--> statement-breakpoint
grant execute on function app.notice_acknowledged(bigint, timestamptz) to permanence_app;

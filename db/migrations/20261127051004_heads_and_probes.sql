CREATE INDEX "probe_window_probe" ON "probe_window" USING btree ("probe_id","from_at");--> statement-breakpoint
CREATE INDEX "probe_window_failed" ON "probe_window" USING btree ("probe_id","from_at") WHERE tried > answered + reached;--> statement-breakpoint
-- Where the chains stand, of those alone that have moved since a transaction that was under way the last time: a checkpoint each half
-- minute costs what was written in it. A row that only seems to have moved is told once more, which says nothing new.
create function app.journal_heads_since(since xid8, out moved text, out chains integer, out lines bigint, out seen text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if app.role() is distinct from 'machine' then
    raise exception 'only a machine takes a checkpoint' using errcode = 'insufficient_privilege';
  end if;
  select string_agg(h.chain || ' ' || h.seq || ' ' || encode(h.hash, 'hex') || E'\n', '')
      filter (where since is null or age(h.xmin) <= age(since::xid)),
    count(*), coalesce(sum(h.seq), 0), pg_snapshot_xmin(pg_current_snapshot())::text
    into moved, chains, lines, seen from journal_head h;
end $$;
--> statement-breakpoint
revoke execute on function app.journal_heads_since(xid8) from public;
--> statement-breakpoint
grant execute on function app.journal_heads_since(xid8) to permanence_app;

-- Where every chain stands, one line each in the order of bytes: what a checkpoint signs.
create function app.journal_heads() returns text language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if app.role() is distinct from 'machine' then
    raise exception 'only a machine takes a checkpoint' using errcode = 'insufficient_privilege';
  end if;
  return (select string_agg(chain || ' ' || seq || ' ' || encode(hash, 'hex') || E'\n', '' order by chain collate "C") from journal_head);
end $$;
--> statement-breakpoint
-- The lines of these chains after what was sealed, as far as they were seen: [{"chain", "after", "upto"}].
create function app.journal_lines(asked jsonb) returns text language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if app.role() is distinct from 'machine' then
    raise exception 'only a machine takes a checkpoint' using errcode = 'insufficient_privilege';
  end if;
  return (select string_agg(j.chain || ' ' || j.seq || ' ' || encode(j.hash, 'hex') || E'\n', '' order by j.chain collate "C", j.seq)
    from jsonb_to_recordset(asked) as a(chain text, after integer, upto integer)
    join journal j on j.chain = a.chain and j.seq > a.after and j.seq <= a.upto);
end $$;
--> statement-breakpoint
revoke execute on function app.journal_heads(), app.journal_lines(jsonb) from public;
--> statement-breakpoint
grant execute on function app.journal_heads(), app.journal_lines(jsonb) to permanence_app;

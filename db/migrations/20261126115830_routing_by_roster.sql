-- A report goes to whoever is on duty when it comes: whose account is in use is not who is there.
drop function app.routing();
--> statement-breakpoint
create function app.routing(at timestamptz) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object(
    'general', (select id from team where general and active limit 1),
    'rules', coalesce((select jsonb_agg(jsonb_build_object(
        'id', r.id, 'position', r.position, 'name', r.name, 'territories', r.territories, 'numbers', r.numbers,
        'levels', r.levels, 'reporterKinds', r.reporter_kinds, 'teamId', r.team_id, 'assigneeOrder', r.assignee_order)
        order by r.position, r.id)
      from routing_rule r join team t on t.id = r.team_id where r.active and t.active), '[]'),
    'onDuty', coalesce((select jsonb_agg(distinct d.account_id) from app.on_duty(at) d), '[]'))
$$;
--> statement-breakpoint
revoke execute on function app.routing(timestamptz) from public;
--> statement-breakpoint
grant execute on function app.routing(timestamptz) to permanence_app;
--> statement-breakpoint
-- A shift, or a part of it, changes hands: by a lead, or by whoever holds it. What was held stays his who held it; what is after
-- the part comes back to him. The policies let leads alone write the roster, so the holder's own swap goes through here.
create function app.hand_over_shift(which bigint, taker bigint, part_from timestamptz, part_to timestamptz) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare held roster_shift; made bigint;
begin
  select * into held from roster_shift where id = which and cancelled_at is null for update;
  if not found or not (app.role() in ('lead', 'director', 'admin', 'machine') or (app.is_cell() and held.account_id = app.account())) then
    return null;
  end if;
  if part_from < held.from_at or part_to > held.to_at or part_from >= part_to then
    raise exception 'the part lies outside the shift' using errcode = 'check_violation';
  end if;
  if part_from > held.from_at then
    update roster_shift set to_at = part_from where id = held.id;
  else
    update roster_shift set cancelled_at = part_from where id = held.id;
  end if;
  if part_to < held.to_at then
    insert into roster_shift (account_id, role, rank, from_at, to_at, swap_of_id)
      values (held.account_id, held.role, held.rank, part_to, held.to_at, held.id);
  end if;
  insert into roster_shift (account_id, role, rank, from_at, to_at, swap_of_id)
    values (taker, held.role, held.rank, part_from, part_to, held.id) returning id into made;
  return made;
end $$;
--> statement-breakpoint
revoke execute on function app.hand_over_shift(bigint, bigint, timestamptz, timestamptz) from public;
--> statement-breakpoint
grant execute on function app.hand_over_shift(bigint, bigint, timestamptz, timestamptz) to permanence_app;

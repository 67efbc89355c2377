-- A reporter's own transaction routes the report; it reads rules and teams, never accounts. One call, one round trip.
create function app.routing() returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object(
    'general', (select id from team where general and active limit 1),
    'rules', coalesce((select jsonb_agg(jsonb_build_object(
        'id', r.id, 'position', r.position, 'name', r.name, 'territories', r.territories, 'numbers', r.numbers,
        'levels', r.levels, 'reporterKinds', r.reporter_kinds, 'teamId', r.team_id, 'assigneeOrder', r.assignee_order)
        order by r.position, r.id)
      from routing_rule r join team t on t.id = r.team_id where r.active and t.active), '[]'),
    'active', coalesce((select jsonb_agg(a.id) from account a
      where a.active and a.id in (select unnest(assignee_order) from routing_rule where active)), '[]'))
$$;
--> statement-breakpoint
grant execute on function app.routing() to permanence_app;

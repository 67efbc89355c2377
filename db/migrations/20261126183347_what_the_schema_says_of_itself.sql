-- What stands here, for whoever works with it: its newest change, and what the version that made it said (db/standing.ts).
create function app.schema_state() returns jsonb language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('last', (select max(created_at) from drizzle.__drizzle_migrations),
    'words', obj_description('app'::regnamespace, 'pg_namespace'))
$$;--> statement-breakpoint
revoke execute on function app.schema_state() from public;--> statement-breakpoint
grant execute on function app.schema_state() to permanence_app;

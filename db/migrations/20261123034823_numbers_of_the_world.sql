-- The numbers that exist in the world of this transaction, and which of them are vital: the table's, and in an exercise
-- those that a drill from abroad brings.
create function app.numbers() returns table (number text, vital boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select n.number, n.vital or exists (select from exercise e where e.id = app.exercise() and n.number = any (e.numbers))
    from emergency_number n where n.exercise_id is null
  union all
  select u, true from exercise e, unnest(e.numbers) u
    where e.id = app.exercise() and not exists (select from emergency_number n where n.number = u)
$$;
--> statement-breakpoint
grant execute on function app.numbers() to permanence_app;

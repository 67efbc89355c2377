-- Of words in many cases, three hundred newest were read for a page of twenty-five: where words alone are asked for, a page
-- reads its own rows, after the place of the last one.
drop function app.found_cases(text, int);
--> statement-breakpoint
create function app.found_cases(words text, most int, after_at timestamptz default null, after_id bigint default null)
returns setof bigint
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  -- planned each time: the best way depends on how rare the words are
  return query execute $q$
    select c.id from cases c
    where c.search @@ to_tsquery('public.permanence', $1)
      -- "is not distinct from" has no statistics: the planner took one row for thousands
      and (c.exercise_id = $3 or $3 is null and c.exercise_id is null)
      and ($4 or ($5 = 'reporter' and (c.organisation_id = $6 or c.territory_code = any ($7) or 'FR' = any ($7))))
      and ($8 is null or (c.received_at, c.id) < ($8, $9))
    order by c.received_at desc, c.id desc limit $2 $q$
    using words, most, app.exercise(), app.is_cell(), app.role(), app.organisation(), app.sees(), after_at, after_id;
end $$;
--> statement-breakpoint
revoke execute on function app.found_cases from public;
--> statement-breakpoint
grant execute on function app.found_cases to permanence_app;

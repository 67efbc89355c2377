-- The search operator may not look behind row-level security (it is not leakproof), so under the policies every row would
-- be read. This function looks in the index as the owner and says itself, in the words of the policy "seen", who may see.
create function app.found_cases(words text, most int) returns setof bigint
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  -- planned each time: the best way depends on how rare the words are
  return query execute $q$
    select c.id from cases c
    where c.search @@ to_tsquery('public.permanence', $1)
      and c.exercise_id is not distinct from $3
      and ($4 or ($5 = 'reporter' and (c.organisation_id = $6 or c.territory_code = any ($7) or 'FR' = any ($7))))
    order by c.received_at desc, c.id desc limit $2 $q$
    using words, most, app.exercise(), app.is_cell(), app.role(), app.organisation(), app.sees();
end $$;
--> statement-breakpoint
grant execute on function app.found_cases to permanence_app;
--> statement-breakpoint
-- "Mine": what is in somebody's hands or on his list, among the open cases.
create index cases_assignee on cases (assignee_id) where assignee_id is not null and state not in ('closed', 'duplicate', 'out_of_scope');
--> statement-breakpoint
create index cases_claimed_by on cases (claimed_by_id) where claimed_by_id is not null;

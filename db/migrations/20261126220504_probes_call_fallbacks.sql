-- The probes of the supervision dial a fallback number that is open, when its owner has agreed to it.
create policy probed on fallback_line for select to permanence_app
  using (not (exercise_id is distinct from (select app.exercise())) and (select app.role()) = 'machine'
    and exists (select from fallback f where f.id = fallback_line.fallback_id and f.probed and f.state = 'open'));

-- Two reports in the first second of a year both found no sequence and both made it: the second one failed. It now waits
-- for the first and takes the next number.
create or replace function app.next_case_number(world text, year int) returns bigint
language plpgsql security definer set search_path = app, pg_temp as $$
declare sequence_name text := format('%s_number_%s', world, year);
begin
  if world not in ('case', 'exercise', 'incident', 'exercise_incident', 'sitrep', 'exercise_sitrep') then
    raise exception 'unknown numbering %', world;
  end if;
  begin
    return nextval(format('app.%I', sequence_name)::regclass);
  exception when undefined_table then
    begin
      execute format('create sequence if not exists app.%I', sequence_name);
    exception when unique_violation or duplicate_table then
      null; -- another was first
    end;
    return nextval(format('app.%I', sequence_name)::regclass);
  end;
end $$;

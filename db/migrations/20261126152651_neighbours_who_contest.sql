-- Restored and contested since: it fails still. The state says it, the hour of the restoration does not.
create or replace function app.neighbourhood(place text, asked text[])
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform app.refuse_strangers();
  if not (app.may('cases.watch') or app.may('cases.observe') and (
    place = any (app.sees()) or 'FR' = any (app.sees()) or exists (select from organisation o
      where o.id = app.organisation() and o.active and o.territory_code = place
        and o.kind in ('samu', 'sdis', 'bspp_bmpm', 'cetra', 'police', 'gendarmerie', 'cnr114', 'siao115', 'cross'))))
  then return null; end if;
  return (select coalesce(jsonb_agg(jsonb_build_object('number', n.number, 'centres', f.centres, 'since', f.since, 'places', f.places)
      order by n.rank), '[]')
    from unnest(asked) with ordinality as n (number, rank) cross join lateral (
      select count(distinct c.organisation_id) filter (where c.territory_code = place)::int as centres,
        min(c.received_at) filter (where c.territory_code = place) as since,
        count(distinct c.territory_code) filter (where c.territory_code <> place)::int as places
      from cases c join territory t on t.code = c.territory_code
      where c.numbers @> array[n.number] and (app.is_open(c.state) or c.state = 'duplicate') and c.state not in ('restored', 'confirmed')
        and c.verification <> 'unverified' and c.organisation_id is distinct from app.organisation()
        and c.exercise_id is not distinct from app.exercise()
        and (c.territory_code = place or t.kind = 'departement'
          and t.region_code = (select region_code from territory where code = place))) as f);
end $function$;

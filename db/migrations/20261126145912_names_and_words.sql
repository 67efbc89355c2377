ALTER TABLE "incident" ADD COLUMN "named_at" timestamp with time zone;
--> statement-breakpoint
-- Until somebody names it: its numbers and its places, as the rule writes them anew with the next case.
UPDATE "incident" i SET "title" = left((
  SELECT concat_ws(' – ', string_agg(distinct n, ' · '), string_agg(distinct t.name, ', '))
  FROM cases c LEFT JOIN territory t ON t.code = c.territory_code LEFT JOIN LATERAL unnest(c.numbers) n ON true
  WHERE c.incident_id = i.id), 120)
WHERE "title" IS NULL;
--> statement-breakpoint
-- One spelling for what is stored and for what is typed: no accent, no sign, letters apart from figures, no zero before a number.
-- « Q.850 », « q850 » and « Q 850 » are the same two words; so are « ATM-0042 » and « atm 42 ».
create function app.spelt(written text) returns text
language sql immutable parallel safe set search_path = public, pg_temp as $$
  select regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    lower(unaccent('public.unaccent'::regdictionary, normalize(coalesce(written, ''), NFKC))),
    '[^a-z0-9]+', ' ', 'g'),
    '([a-z])([0-9])', '\1 \2', 'g'),
    '([0-9])([a-z])', '\1 \2', 'g'),
    '\m0+([0-9])', '\1', 'g')
$$;
--> statement-breakpoint
-- A code of ours (a symptom, a technology) as one word that nobody types: what people call it is looked up when they ask.
create function app.code_word(code text) returns text
language sql immutable parallel safe as $$ select 'zz' || translate(lower(code), '0123456789_', 'abcdefghij') $$;
--> statement-breakpoint
-- What was typed, in pieces: [["voip", "zzbox"], ["nord"]] is « voip, or the code of a box; and nord », the last one begun.
create function app.words_asked(pieces jsonb) returns text
language sql immutable parallel safe set search_path = public, pg_temp as $$
  select string_agg('(' || concat_ws(' | ', spelled, codes) || ')', ' & ' order by n) from (
    select n, (select string_agg(word || case when n = jsonb_array_length(pieces) and last then ':*' else '' end, ' & ' order by m)
        from (select word, m, m = max(m) over () as last
          from regexp_split_to_table(trim(app.spelt(piece ->> 0)), ' ') with ordinality as said (word, m)) words where word <> '') as spelled,
      (select string_agg(code, ' | ') from jsonb_array_elements_text(piece) with ordinality as given (code, k)
        where k > 1 and code ~ '^zz[a-z]+$') as codes
    from jsonb_array_elements(pieces) with ordinality as asked (piece, n)) each_piece
  where spelled is not null or codes is not null
$$;
--> statement-breakpoint
create or replace function app.case_search() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare place text; communes text; who text; spot text;
begin
  select name into who from organisation where id = new.organisation_id;
  select name into place from territory where code = new.territory_code;
  select name into spot from site where id = new.site_id;
  if cardinality(new.commune_codes) > 0 then
    select string_agg(name, ' ') into communes from commune where code = any (new.commune_codes);
  end if;
  new.search :=
    setweight(to_tsvector('public.permanence', app.spelt(concat_ws(' ', new.reference, replace(new.reference, '-', ''), new.external_id))), 'A') ||
    setweight(to_tsvector('public.permanence', app.spelt(concat_ws(' ', who, place, new.territory_code, communes, new.commune_words, spot,
      array_to_string(new.numbers, ' ')))), 'B') ||
    -- A number as it is kept and as it is dialled at home.
    setweight(to_tsvector('public.permanence', app.spelt(concat_ws(' ', new.callback_phone,
      regexp_replace(new.callback_phone, '^\+(33|262|590|594|596|508|681|687|689|32|34|352|376|377|39|41|44|49)', '')))), 'B') ||
    setweight(to_tsvector('public.permanence', app.spelt(concat_ws(' ', new.symptom_words, new.details, new.reporter_name, new.reporter_post,
      new.told, new.neighbour_note, new.calling_operator))), 'C') ||
    to_tsvector('public.permanence', concat_ws(' ', app.code_word(new.symptom), app.code_word(new.calling_technology)));
  return new;
end $$;
--> statement-breakpoint
drop trigger case_search on cases;
--> statement-breakpoint
create trigger case_search before insert or update of organisation_id, territory_code, commune_codes, commune_words, site_id, numbers,
  external_id, callback_phone, reporter_name, reporter_post, symptom, symptom_words, details, told, neighbour_note, calling_operator,
  calling_technology on cases for each row execute function app.case_search();
--> statement-breakpoint
-- An organisation under a new name is found by it, in what it reported before as well.
create function app.organisation_renamed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update cases set organisation_id = new.id where organisation_id = new.id;
  return null;
end $$;
--> statement-breakpoint
create trigger organisation_renamed after update of name on organisation for each row
  when (old.name is distinct from new.name) execute function app.organisation_renamed();
--> statement-breakpoint
create index journal_words on journal using gin (to_tsvector('public.permanence', app.spelt(text)))
  where case_id is not null and text is not null;
--> statement-breakpoint
create index incident_words on incident using gin (to_tsvector('public.permanence', app.spelt(reference || ' ' || coalesce(title, ''))));
--> statement-breakpoint
-- For the cell alone: it holds what colleagues wrote to each other, and whoever hears that a word is found has read it.
create or replace function app.found_cases(words text, most int, after_at timestamptz default null, after_id bigint default null)
returns setof bigint language plpgsql stable security definer set search_path = public, pg_temp as $$
declare found_ids int;
begin
  if not app.may('cases.watch') or words is null then
    return;
  end if;
  -- planned each time: the best way depends on how rare the words are
  return query execute $q$
    select c.id from cases c
    where c.search @@ to_tsquery('public.permanence', $1)
      -- "is not distinct from" has no statistics: the planner took one row for thousands
      and (c.exercise_id = $3 or $3 is null and c.exercise_id is null)
      and ($4 is null or (c.received_at, c.id) < ($4, $5))
    order by c.received_at desc, c.id desc limit $2 $q$
    using words, most, app.exercise(), after_at, after_id;
  get diagnostics found_ids = row_count;
  -- Rare in what was reported: what was said of the cases since is looked at too.
  if found_ids < most then
    return query execute $q$
      select c.id from cases c
      where c.id in (select said.case_id from (select j.case_id from journal j
          where j.case_id is not null and j.text is not null
            and to_tsvector('public.permanence', app.spelt(j.text)) @@ to_tsquery('public.permanence', $1) limit 2000) said)
        and (c.exercise_id = $3 or $3 is null and c.exercise_id is null)
        and ($4 is null or (c.received_at, c.id) < ($4, $5))
      order by c.received_at desc, c.id desc limit $2 $q$
      using words, most, app.exercise(), after_at, after_id;
  end if;
end $$;
--> statement-breakpoint
-- What is there already, spelt anew.
update cases set organisation_id = organisation_id;
--> statement-breakpoint
update organisation set search = trim(regexp_replace(search, '[^[:alnum:]]+', ' ', 'g'));
--> statement-breakpoint
update contact set search = trim(regexp_replace(search, '[^[:alnum:]]+', ' ', 'g'));
--> statement-breakpoint
revoke execute on function app.spelt(text), app.code_word(text), app.words_asked(jsonb), app.organisation_renamed() from public;
--> statement-breakpoint
grant execute on function app.spelt(text), app.code_word(text), app.words_asked(jsonb) to permanence_app;

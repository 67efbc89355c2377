-- Numbers were kept in the French national form, so those of Nouvelle-Calédonie or of a neighbour could not be: all are E.164
-- from now on. Ten digits that begin as overseas ones do belong to the country code of that place (0639 98 is for fiction).
create function app.as_e164(phone text) returns text language sql immutable set search_path = pg_temp as $$
  select case
    when phone ~ '^0(26[239]|69[23]|639)' and phone !~ '^063998' and phone ~ '^0\d{9}$' then '+262' || substr(phone, 2)
    when phone ~ '^0(590|69[01])\d{6}$' then '+590' || substr(phone, 2)
    when phone ~ '^0[56]94\d{6}$' then '+594' || substr(phone, 2)
    when phone ~ '^0(596|69[67])\d{6}$' then '+596' || substr(phone, 2)
    when phone ~ '^0[1-9]\d{8}$' then '+33' || substr(phone, 2)
    else phone end
$$;
--> statement-breakpoint
-- the owner is held by the policies too
alter table contact no force row level security;
--> statement-breakpoint
update contact set search = search || ' ' || substr(app.as_e164(phone), 2), phone = app.as_e164(phone)
where phone is distinct from app.as_e164(phone);
--> statement-breakpoint
alter table contact force row level security;
--> statement-breakpoint
alter table cases no force row level security;
--> statement-breakpoint
update cases set callback_phone = app.as_e164(callback_phone)
where callback_phone is distinct from app.as_e164(callback_phone);
--> statement-breakpoint
alter table cases force row level security;
--> statement-breakpoint
alter table contact_way no force row level security;
--> statement-breakpoint
-- the same number may stand twice, written in two ways: the one proved, or else the first, is kept
with written as (
  select id, account_id, app.as_e164(regexp_replace(value, '[^0-9+]', '', 'g')) as e164, verified_at from contact_way
  where kind in ('mobile', 'landline', 'satellite')
), ranked as (
  select *, row_number() over (partition by account_id, e164 order by verified_at nulls last, id) as rank from written
)
update contact_way w set value = r.e164 from ranked r where r.id = w.id and r.rank = 1 and w.value <> r.e164
  and not exists (select 1 from contact_way o where o.account_id = w.account_id and o.value = r.e164 and o.id <> w.id);
--> statement-breakpoint
alter table contact_way force row level security;
--> statement-breakpoint
drop function app.as_e164(text);

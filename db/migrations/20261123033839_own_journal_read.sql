-- One's own account's lines (signed in, signed out, passphrase changed) are one's own to read; the sign-in door,
-- which writes them for whoever stands at it, reads them back for the same account and no other.
alter policy seen on journal using (
  exercise_id is not distinct from (select app.exercise()) and (
    (select app.is_cell())
    or ((select app.role()) = 'reporter' and visibility = 'public' and case_id is not null
      and exists (select from cases c where c.id = case_id))
    or ((select app.role()) in ('reporter', 'door')
      and chain = (select 'account:' || coalesce(app.account(), 0)))));

import { sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { done, type Result } from '#app/_doors/result.ts'
import { asOneself } from '#app/sign-in/oneself.ts'

/** No more of one kind than a file may hold; it says so when there was more. */
export const MOST_OF_A_KIND = 10_000

/**
 * What is held on a person, by the name of each kind, read under his own eyes: the policies decide, as everywhere. Secrets (hashes,
 * public keys, seals) say nothing of anybody and stay.
 */
const KINDS = {
  account: sql`select a.email, a.name, a.role, a.phone, a.locale, a.active, a.created_at, o.name as organisation, p.name as post
    from account a left join organisation o on o.id = a.organisation_id left join post p on p.id = a.post_id
    where a.id = app.account()`,
  sessions: sql`select created_at, last_seen_at, expires_at, revoked_at, user_agent, place, method
    from session where account_id = app.account() order by created_at desc`,
  passkeys: sql`select name, created_at, last_used_at, suspended_at, backed_up from passkey where account_id = app.account()`,
  code_application: sql`select created_at from totp where account_id = app.account()`,
  recovery_codes: sql`select made_at, used_at from recovery_code where account_id = app.account()`,
  identities: sql`select issuer, subject, bound_at, bound_by, last_used_at from external_identity where account_id = app.account()`,
  journal: sql`select chain, seq, at, event, actor_name, actor_side, text, data from journal
    where actor_id = app.account() or chain = 'account:' || app.account() order by id desc`,
  reports: sql`select c.reference, c.received_at, c.state, c.reporter_name, c.reporter_post, c.callback_phone, c.symptom_words, c.details
    from cases c join journal j on j.case_id = c.id and j.event = 'case.reported' and j.actor_id = app.account()
    order by c.id desc`,
  shifts: sql`select role, from_at, to_at, cancelled_at from roster_shift where account_id = app.account() order by from_at desc`,
  ways_to_be_called: sql`select kind, value, active from contact_way where account_id = app.account()`,
  messages: sql`select kind, created_at, read_at from inbox_message where account_id = app.account() order by id desc`,
  saved_views: sql`select name, query from saved_view where account_id = app.account()`,
}

export type Held = Record<keyof typeof KINDS, Record<string, unknown>[]>

/** All of it, and the line that says that it was taken. */
export function takeHeld(actor: AccountActor, now: Date): Promise<Held> {
  return asOneself(actor, now, async (tx, write) => {
    const held: Partial<Held> = {}
    for (const [kind, query] of Object.entries(KINDS) as [keyof Held, (typeof KINDS)[keyof Held]][])
      held[kind] = [...(await tx.execute<Record<string, unknown>>(sql`${query} limit ${MOST_OF_A_KIND}`))]
    await write('account.data_exported')
    return held as Held
  })
}

/** What is wrong about him stays as it was written; what is true is a new line beside it. */
export function rectify(actor: AccountActor, { what }: { what: string }, now: Date): Promise<Result<null>> {
  const { name, accountId } = actor
  return asOneself(actor, now, async (_, write) => {
    await write('account.data_rectified', { name, accountId }, what)
    return done(null)
  })
}

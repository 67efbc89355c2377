import { describe, expect, test, vi } from 'vitest'
import { actorOfSession, holderOfToken } from '#app/_auth/lookup.ts'
import { hashPassphrase } from '#app/_auth/passphrase.ts'
import { hashToken } from '#app/_auth/token.ts'
import { INVITATION_MS, invite, resetWays } from '#app/admin/commands/sign-in-ways.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { choosePassphrase } from './commands/change-passphrase.ts'
import { followInvitation, isOpen } from './commands/invitation.ts'
import { signIn } from './commands/sign-in.ts'
import { openSession } from './open-session.ts'

vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')
const { owner } = await createTestDatabase()
const { samu59: who, agent, admin } = await makePeople(owner)
const now = new Date('2026-11-26T10:00:00Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const where = { userAgent: 'Firefox', address: null }

describe('an invitation', () => {
  async function link(actor = who, at = now) {
    const made = await invite(admin, { id: actor.accountId }, at)
    if (!made.ok) throw new Error(made.reason.key)
    return made.value.token
  }
  const follow = (token: string, at = now) => followInvitation({ token, where }, at)
  const gone = { ok: false, reason: { key: 'auth.invitation.gone' } }

  test('is followed once, even twice at once, and opens only what sets up a sign-in', async () => {
    const token = await link()
    expect(await isOpen(token, now)).toBe(true)
    const both = await Promise.all([follow(token), follow(token)])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await isOpen(token, now)).toBe(false)
    expect(await follow(token)).toEqual(gone)
    const one = both.find(({ ok }) => ok)
    if (!one?.ok) return
    expect(await actorOfSession(one.value.sessionId, now)).toBeNull()
    const chosen = { wanted: 'héron fougère tuile neige', sessionId: one.value.sessionId }
    expect(await choosePassphrase(who, { ...chosen, wanted: 'court' }, now)).toMatchObject({ ok: false })
    expect(await choosePassphrase(who, chosen, now)).toMatchObject({ ok: true })
    expect(await actorOfSession(one.value.sessionId, now)).toMatchObject({ accountId: who.accountId })
  })

  test('a passphrase is not enough for whoever works at the cell', async () => {
    const signed = await follow(await link(agent))
    if (!signed.ok) throw new Error('not followed')
    const { sessionId } = signed.value
    await choosePassphrase(agent, { wanted: 'héron fougère tuile neige', sessionId }, now)
    expect(await actorOfSession(sessionId, now)).toBeNull()
  })

  test('no session but the invited one’s chooses a passphrase without giving the present one', async () => {
    const { accountId: id, role, name, locale } = who
    const by = { method: 'passkey', strong: true, confined: false, where } as const
    const { sessionId } = await asActor({ kind: 'door' }, (tx) =>
      openSession(tx, { id, role, name, locale }, by, now),
    )
    const wanted = { wanted: 'héron fougère tuile neige', sessionId }
    expect(await choosePassphrase(who, wanted, now)).toMatchObject({ reason: { key: 'auth.forbidden' } })
  })

  test.each([
    ['a moment before its end', INVITATION_MS - 1, true],
    ['at its end', INVITATION_MS, false],
  ])('is good %s', async (_, ms, good) => {
    const token = await link()
    expect(await isOpen(token, later(ms))).toBe(good)
    expect((await follow(token, later(ms))).ok).toBe(good)
  })

  test('a newer one replaces it; its token is not in the database; nobody else makes one', async () => {
    const old = await link()
    const fresh = await link()
    expect(await follow(old)).toEqual(gone)
    expect(JSON.stringify(await owner`select * from invitation`)).not.toContain(fresh)
    expect(await invite(agent, { id: who.accountId }, now)).toMatchObject({ ok: false })
    expect(await follow('x')).toEqual(gone)
  })
})

test('whoever has lost everything: nothing he had opens any more, and nobody does it to himself', async () => {
  const { accountId: id } = agent
  const invited = async () => {
    const made = await invite(admin, { id }, now)
    if (!made.ok) throw new Error(made.reason.key)
    return made.value.token
  }
  const enter = () =>
    signIn(
      {
        email: agent.email,
        passphrase: 'quatre mots de passe',
        browser: 'b',
        address: null,
        userAgent: null,
        secret: 's',
      },
      now,
    )
  const key = hashToken('perm_his_machine')
  const stolen = await invited()
  await owner`insert into passphrase values (${id}, ${await hashPassphrase('quatre mots de passe')}, ${now})
    on conflict (account_id) do update set hash = excluded.hash`
  await owner`insert into recovery_code values (${id}, 'h', ${now}, null)`
  await owner`insert into passkey (account_id, credential_id, public_key, counter, backed_up, name, created_at)
    values (${id}, 'c', '\\x00', 0, false, 'x', ${now})`
  await owner`insert into external_identity (account_id, issuer, subject, bound_at, bound_by)
    values (${id}, 'https://pc.example', 'ada', ${now}, 'invitation')`
  await owner`insert into api_token (account_id, hash, name, scopes, created_at, expires_at)
    values (${id}, ${key}, 'x', '{read}', ${now}, ${later(86_400_000)})`
  expect(await enter()).toMatchObject({ ok: true, value: { step: 'second' } })
  expect(await holderOfToken(key, now)).not.toBeNull()

  expect(await resetWays(agent, { id }, now)).toMatchObject({ ok: false })
  expect(await resetWays(admin, { id: admin.accountId }, now)).toMatchObject({
    reason: { key: 'admin.refused.own_ways' },
  })
  expect(await resetWays(admin, { id }, now)).toMatchObject({ ok: true, value: { keys: 1 } })
  expect(await enter()).toEqual({ ok: false, reason: { key: 'auth.wrong' } })
  expect(await isOpen(stolen, now)).toBe(false)
  expect(await holderOfToken(key, now)).toBeNull()
  for (const table of ['passkey', 'recovery_code', 'external_identity', 'passphrase'])
    expect(await owner`select from ${owner(table)} where account_id = ${id}`, table).toHaveLength(0)

  // And he is back by the invitation that follows.
  const signed = await followInvitation({ token: await invited(), where }, now)
  if (!signed.ok) throw new Error(signed.reason.key)
  const chosen = { wanted: 'héron fougère tuile neige', sessionId: signed.value.sessionId }
  expect(await choosePassphrase(agent, chosen, now)).toMatchObject({ ok: true })
})

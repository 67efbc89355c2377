import { expect, test } from 'vitest'
import type { AccountActor } from '#app/_auth/actor.ts'
import { deviceOfToken, holderOfToken } from '#app/_auth/lookup.ts'
import { checkPassphrase } from '#app/_auth/passphrase.ts'
import { LONGEST_DAYS } from '#app/_auth/rules/scopes.ts'
import { hashToken } from '#app/_auth/token.ts'
import type { TokenScope } from '#db/schema/account.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { changeAccount, createAccount, renewPassphrase, setAccountActive } from './accounts.ts'
import { revokeSessions } from './sessions.ts'
import { makeToken, revokeToken } from './tokens.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-23T10:00:00Z')
const { admin } = people

const account = (email: string) => ({
  email,
  name: 'Essai',
  role: 'agent' as const,
  organisationId: null,
  locale: 'fr' as const,
})

test('the passphrase told once is the one that opens, and stands nowhere', async () => {
  const made = await createAccount(admin, account('new@demo.example'), now)
  if (!made.ok) throw new Error(made.reason.key)
  const { id, passphrase } = made.value
  const [kept] = await owner`select hash from passphrase where account_id = ${id}`
  expect(await checkPassphrase(kept?.hash, passphrase)).toBe(true)
  const renewed = await renewPassphrase(admin, { id }, now)
  if (!renewed.ok) throw new Error(renewed.reason.key)
  const [now_] = await owner`select hash from passphrase where account_id = ${id}`
  expect(await checkPassphrase(now_?.hash, passphrase)).toBe(false)
  expect(await checkPassphrase(now_?.hash, renewed.value.passphrase)).toBe(true)
  const lines = JSON.stringify(await owner`select * from journal where chain = ${`account:${id}`}`)
  expect(lines).not.toContain(passphrase)
  expect(lines).not.toContain('new@demo.example')
  expect(await createAccount(admin, account('new@demo.example'), now)).toMatchObject({
    fields: { email: { key: 'admin.refused.email_taken' } },
  })
})

test('a reporter speaks for an organisation', async () => {
  expect(await createAccount(admin, { ...account('r@demo.example'), role: 'reporter' }, now)).toMatchObject({
    fields: { organisationId: { key: 'admin.refused.reporter_needs_organisation' } },
  })
})

test('nobody puts himself out, nor the last administrator', async () => {
  const self = { id: admin.accountId, active: false, handTo: null }
  expect(await setAccountActive(admin, self, now)).toMatchObject({
    reason: { key: 'admin.refused.oneself' },
  })
  const down = {
    id: admin.accountId,
    name: 'Ada',
    role: 'lead' as const,
    organisationId: null,
    postId: null,
  }
  expect(await changeAccount(admin, down, now)).toMatchObject({ reason: { key: 'admin.refused.oneself' } })
  const machine = { kind: 'machine' as const, name: 'test', exerciseId: null }
  expect(await setAccountActive(machine, self, now)).toMatchObject({
    reason: { key: 'admin.refused.last_administrator' },
  })
})

test('two administrators who put each other out at the same instant: one stays', async () => {
  const second = await createAccount(admin, { ...account('b@demo.example'), role: 'admin' }, now)
  if (!second.ok) throw new Error(second.reason.key)
  const other: AccountActor = { ...admin, accountId: second.value.id }
  const results = await Promise.all([
    setAccountActive(admin, { id: other.accountId, active: false, handTo: null }, now),
    setAccountActive(other, { id: admin.accountId, active: false, handTo: null }, now),
  ])
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  const [{ n } = { n: 0 }] =
    await owner`select count(*)::int as n from account where role = 'admin' and active`
  expect(n).toBe(1)
  await owner`update account set active = true where id = ${admin.accountId}`
  await owner`update account set active = false where id = ${other.accountId}`
})

test('put out or moved to another role: its sessions end', async () => {
  const id = people.agent2.accountId
  const open = () => owner`insert into session (id, account_id, created_at, last_seen_at, expires_at)
    values (gen_random_uuid(), ${id}, ${now}, ${now}, ${now}) returning id`
  const alive = async () =>
    (await owner`select 1 from session where account_id = ${id} and revoked_at is null`).length
  await open()
  const role = 'lead' as const
  expect(
    await changeAccount(admin, { id, name: 'Basile', role, organisationId: null, postId: null }, now),
  ).toMatchObject({ ok: true })
  expect(await alive()).toBe(0)
  const [one] = await open()
  await open()
  expect(await revokeSessions(admin, { accountId: id, sessionId: one?.id }, now)).toMatchObject({
    value: { ended: 1 },
  })
  expect(await setAccountActive(admin, { id, active: false, handTo: null }, now)).toMatchObject({ ok: true })
  expect(await alive()).toBe(0)
  expect(await revokeSessions(admin, { accountId: id }, now)).toMatchObject({ ok: false })
})

test('moved to another organisation: the keys that speak as it end, one of a device stays', async () => {
  const { accountId: id, name } = people.samu69
  const key = async (scopes: TokenScope[]) => {
    const made = await makeToken(admin, { ...asked(scopes), accountId: id }, now)
    return made.ok ? hashToken(made.value.token) : ''
  }
  const [reads, rings] = [await key(['read']), await key(['telephony'])]
  const change = (given: object) =>
    changeAccount(
      admin,
      { id, name, role: 'reporter', organisationId: people.organisations.samu69, postId: null, ...given },
      now,
    )
  expect(await change({ name: 'Lea Autre' })).toMatchObject({ ok: true })
  expect(await holderOfToken(reads, now)).not.toBeNull()
  expect(await change({ organisationId: people.organisations.samu13 })).toMatchObject({ ok: true })
  expect(await holderOfToken(reads, now)).toBeNull()
  expect(await deviceOfToken(rings, 'telephony', now)).not.toBeNull()
  expect(
    await owner`select event from journal where chain = ${`account:${id}`} and event = 'account.token_revoked'`,
  ).toHaveLength(1)
})

const DAY = 86_400_000
const asked = (scopes: TokenScope[], days = 1) => ({
  accountId: people.samu59.accountId,
  name: 'Outil',
  scopes,
  days,
})

test('a token speaks as its account, for what it was made for, until it is revoked or ends', async () => {
  const made = await makeToken(admin, asked(['read']), now)
  if (!made.ok) throw new Error(made.reason.key)
  const hash = hashToken(made.value.token)
  const holder = (at: number) => holderOfToken(hash, new Date(now.getTime() + at))
  expect(await holder(0)).toMatchObject({ actor: { accountId: people.samu59.accountId }, scopes: ['read'] })
  const kept = await owner`select hash, last_used_at, made_by::int from api_token where id = ${made.value.id}`
  expect(kept).toEqual([{ hash, last_used_at: now, made_by: admin.accountId }])
  expect(await deviceOfToken(hash, 'telephony', now), 'it opens no other door').toBeNull()
  expect(await holder(DAY - 1)).not.toBeNull()
  expect(await holder(DAY)).toBeNull()
  expect(await revokeToken(admin, { id: made.value.id }, now)).toMatchObject({ ok: true })
  expect(await holder(0)).toBeNull()
  expect(await revokeToken(admin, { id: made.value.id }, now)).toMatchObject({ ok: false })
})

test('a device’s token opens one door, and ends with its account', async () => {
  const made = await makeToken(admin, asked(['probe']), now)
  if (!made.ok) throw new Error(made.reason.key)
  const hash = hashToken(made.value.token)
  expect(await deviceOfToken(hash, 'probe', now)).toBe(made.value.id)
  expect(await deviceOfToken(hash, 'metrics', now)).toBeNull()
  expect(await holderOfToken(hash, now)).toBeNull()
  await owner`update account set active = false where id = ${people.samu59.accountId}`
  expect(await deviceOfToken(hash, 'probe', now)).toBeNull()
  await owner`update account set active = true where id = ${people.samu59.accountId}`
})

test.each<[string, TokenScope[], number, string]>([
  ['for nothing', [], 1, 'accounts.refused.no_scope'],
  ['for two kinds of door', ['probe', 'read'], 1, 'accounts.refused.scope_alone'],
  ['for longer than a year', ['read'], LONGEST_DAYS + 1, 'accounts.refused.too_long'],
  ['that has ended already', ['read'], 0, 'accounts.refused.too_long'],
])('no token is made %s', async (_, scopes, days, key) => {
  expect(await makeToken(admin, asked(scopes, days), now)).toMatchObject({ ok: false, reason: { key } })
})

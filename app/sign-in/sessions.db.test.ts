import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { actorOfSession, endedAmong, snapshotOf } from '#app/_auth/lookup.ts'
import { LIFETIME, TOUCH_MS } from '#app/_auth/rules/lifetime.ts'
import type { Role } from '#db/schema/account.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makeSigners, RIGHT, who } from '#scripts/testing/signers.ts'
import { changePassphrase } from './commands/change-passphrase.ts'
import { revokeOtherSessions, revokeSession, signOut } from './commands/end-session.ts'
import { signIn } from './commands/sign-in.ts'

const { owner } = await createTestDatabase()
const now = new Date('2026-11-23T03:00:00Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const { agent, open, openAs, forget, lines } = await makeSigners(owner, now)
beforeEach(forget)

const SIGNED_IN: [string, Role][] = [
  ['samu-31@example.org', 'reporter'],
  ['agent@example.org', 'agent'],
  ['director@example.org', 'director'],
  ['admin@example.org', 'admin'],
  ['wall@example.org', 'wall'],
]

describe('a session', () => {
  test.each(SIGNED_IN)('%s: lives as long as its role lets it, idle or not', async (email, role) => {
    const { idleMs, longestMs } = LIFETIME[role]
    const idle = await open(email)
    expect(await actorOfSession(idle, later(idleMs - 1), { touch: false })).not.toBeNull()
    expect(await actorOfSession(idle, later(idleMs), { touch: false })).toBeNull()

    const used = await open(email)
    for (let ms = 0; ms + idleMs / 2 < longestMs; ms += idleMs / 2)
      expect(await actorOfSession(used, later(ms))).not.toBeNull()
    expect(await actorOfSession(used, later(longestMs - 1))).not.toBeNull()
    expect(await actorOfSession(used, later(longestMs))).toBeNull()
  })

  test('its time last seen is written once a minute, and not by a look that does not count', async () => {
    const sessionId = await open()
    const seen = async () =>
      (await owner`select last_seen_at from session where id = ${sessionId}`)[0]?.last_seen_at
    await actorOfSession(sessionId, later(TOUCH_MS - 1))
    await actorOfSession(sessionId, later(TOUCH_MS), { touch: false })
    expect(await seen()).toEqual(now)
    await actorOfSession(sessionId, later(TOUCH_MS))
    expect(await seen()).toEqual(later(TOUCH_MS))
  })

  test('who asks again is shown the same until something is committed, by whomever', async () => {
    const sessionId = await open()
    const shown = async () => {
      const found = await actorOfSession(sessionId, now, { touch: false })
      return found && snapshotOf(found)
    }
    // Of the whole server: tests beside this one commit too, now and then.
    const twice = async () => new Set([await shown(), await shown()]).size
    await expect.poll(twice).toBe(1)
    expect(await shown()).toBeTruthy()
    const held = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const writes = owner.begin(async (sql) => {
      await sql`update setting set value = value`
      begun.resolve()
      await held.promise
    })
    await begun.promise
    const before = await shown()
    held.resolve()
    await writes
    expect(await shown()).not.toBe(before)
    // The same person in an exercise is another actor.
    const [actor] = await openAs('agent@example.org')
    expect(snapshotOf({ ...actor, exerciseId: 7 })).toBeNull()
  })

  test('revoked, signed out, or its account stopped: the next request is nobody’s', async () => {
    const [actor, own] = await openAs('agent@example.org')
    const other = await open()
    expect(await revokeSession(actor, { sessionId: other }, now)).toMatchObject({ ok: true, value: 1 })
    expect(await actorOfSession(other, now)).toBeNull()
    expect((await lines(agent))[0]).toMatchObject({ event: 'account.session_revoked' })
    expect(await revokeSession(actor, { sessionId: other }, now)).toMatchObject({
      reason: { key: 'auth.sessions.gone' },
    })

    const [third, fourth] = [await open(), await open()]
    expect(await revokeOtherSessions(actor, { sessionId: own }, now)).toMatchObject({ value: 2 })
    expect([await actorOfSession(third, now), await actorOfSession(fourth, now)]).toEqual([null, null])
    expect(await signOut(actor, { sessionId: own }, now)).toMatchObject({ value: 1 })
    expect(await actorOfSession(own, now)).toBeNull()
  })

  test('those that are over are told apart from those that live, however they ended', async () => {
    const [revoked, expired, alive] = [await open(), await open(), await open()]
    const stopped = await open('coz@example.org')
    await owner`update session set revoked_at = ${now} where id = ${revoked}`
    await owner`update session set expires_at = ${now} where id = ${expired}`
    await owner`update account set active = false where name = 'COZ'`
    const nobody = randomUUID()
    const ended = await endedAmong([revoked, expired, alive, stopped, nobody], now)
    expect(ended.sort()).toEqual([revoked, expired, stopped, nobody].sort())
    expect(await endedAmong([], now)).toEqual([])
    await owner`update account set active = true where name = 'COZ'`
  })

  test('another person’s cannot be ended', async () => {
    const [actor] = await openAs('samu-31@example.org')
    const theirs = await open()
    expect(await revokeSession(actor, { sessionId: theirs }, now)).toMatchObject({ ok: false })
    expect(await actorOfSession(theirs, now)).not.toBeNull()
  })

  test.each([
    ['samu-31@example.org', []],
    ['préfecture-65@example.org', ['65']],
    ['ars@example.org', ['R94', '2A', '2B']],
    ['coz@example.org', ['Z-NORD', '02', '59', '60', '62', '80']],
    ['cogic@example.org', ['FR']],
  ])('%s sees %j as an authority', async (email, territories) => {
    const [actor] = await openAs(email)
    expect(actor.territories).toEqual(territories)
  })

  test('an id that is none, or nobody’s, is nobody', async () => {
    expect(await actorOfSession("' or true --", now)).toBeNull()
    expect(await actorOfSession('00000000-0000-4000-8000-000000000000', now)).toBeNull()
  })
})

describe('changing one’s passphrase', () => {
  const NEXT = 'héron fougère tuile neige'

  test('asks the present one, and closes the other sessions', async () => {
    const [actor, own] = await openAs('ars@example.org')
    const other = await open('ars@example.org')
    const ask = { present: RIGHT, wanted: NEXT, sessionId: own, secret: 's' }
    expect(await changePassphrase(actor, { ...ask, present: 'wrong' }, now)).toMatchObject({
      fields: { present_passphrase: { key: 'auth.passphrase.wrong' } },
    })
    expect(await changePassphrase(actor, { ...ask, wanted: 'short' }, now)).toMatchObject({
      fields: { wanted_passphrase: { key: 'auth.passphrase.too_short' } },
    })
    expect(await changePassphrase(actor, { ...ask, wanted: 'Motdepasse1234' }, now)).toMatchObject({
      fields: { wanted_passphrase: { key: 'auth.passphrase.too_common' } },
    })
    expect(await changePassphrase(actor, ask, now)).toEqual({ ok: true, value: null })
    expect(await actorOfSession(own, now)).not.toBeNull()
    expect(await actorOfSession(other, now)).toBeNull()
    expect(await signIn(who('ars@example.org'), now)).toMatchObject({ ok: false })
    expect(
      await signIn({ ...who('ars@example.org'), passphrase: `${NEXT.toUpperCase()} ` }, now),
    ).toMatchObject({ ok: true })
  })
})

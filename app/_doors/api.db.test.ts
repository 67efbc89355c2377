import { beforeAll, describe, expect, test, vi } from 'vitest'
import { hashToken } from '#app/_auth/token.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { tokenHolder } from './api.ts'

vi.mock('next/headers', () => ({}))

const { owner } = await createTestDatabase()
const TOKEN = 'a-token-of-some-thirty-characters'
const asked = (value: string) => new Headers({ authorization: value })

beforeAll(async () => {
  const [one] = await owner`insert into organisation (kind, name, territory_code, search)
    values ('samu', 'SAMU de test', '31', '') returning id`
  const [account] = await owner`insert into account (email, name, role, organisation_id)
    values ('api@example.org', 'Automate', 'reporter', ${one?.id}) returning id`
  await owner`insert into api_token (account_id, hash, name, created_at, scopes, expires_at)
    values (${account?.id}, ${hashToken(TOKEN)}, 'essai', now(), '{read}', now() + interval '1 day')`
})

describe('a bearer token', () => {
  test.each([
    ['unknown', 'Bearer another-token-of-thirty-characters'],
    ['of another kind', `Basic ${TOKEN}`],
    ['too short', 'Bearer x'],
    ['absent', ''],
  ])('%s is nobody', async (_, header) => {
    expect(await tokenHolder(asked(header))).toBeNull()
  })

  test('speaks for its account and organisation; revoked, for five seconds at most', async () => {
    const now = Date.now()
    const holder = (at: number) => tokenHolder(asked(`Bearer ${TOKEN}`), new Date(at))
    expect(await holder(now)).toMatchObject({
      actor: { name: 'Automate', role: 'reporter' },
      scopes: ['read'],
    })
    const [used] = await owner`select last_used_at from api_token`
    expect(used?.last_used_at.getTime()).toBe(now)
    await owner`update api_token set revoked_at = now()`
    expect(await holder(now + 4_999)).not.toBeNull()
    expect(await holder(now + 5_000)).toBeNull()
  })
})

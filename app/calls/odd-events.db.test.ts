import { createTranslator } from 'use-intl/core'
import { expect, test, vi } from 'vitest'
import { hashToken } from '#app/_auth/token.ts'
import { messagesOf } from '#app/_i18n/messages.ts'
import { POST } from '#app/api/cti/[token]/route.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { inWords, MANY_MS, ODD, REFUSED, SHAPES, UNCLEAN } from '#scripts/testing/odd.ts'
import { makePeople } from '#scripts/testing/people.ts'

const words = vi.hoisted(() => ({}) as Record<string, Record<string, unknown>>)
vi.mock('next-intl/server', () => ({
  getTranslations: async () =>
    createTranslator({ locale: 'en', messages: words, onError: () => {} } as never),
}))
Object.assign(words, messagesOf('en'))

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const KEY = 'a-key-of-a-switchboard-of-thirty'
const OF_AN_ACCOUNT = 'a-token-of-some-thirty-characters'
for (const [key, scope] of [
  [KEY, 'telephony'],
  [OF_AN_ACCOUNT, 'read'],
] as const)
  await owner`insert into api_token (account_id, hash, name, scopes, created_at, expires_at)
    values (${people.admin.accountId}, ${hashToken(key)}, 'standard', ${[scope]}, now(), now() + interval '1 day')`

test(
  'the switchboard is answered in words, whatever it sends, as JSON or as a form',
  async () => {
    const ask = async (body: BodyInit, type: string | null, token = KEY) =>
      POST(
        new Request('http://here.invalid/', {
          method: 'POST',
          body,
          ...(type ? { headers: { 'content-type': type } } : {}),
        }),
        { params: Promise.resolve({ token }) },
      )
    const JSON_TYPE = 'application/json'
    for (const token of ['', 'x', OF_AN_ACCOUNT, '../'.repeat(20), 'é'.repeat(40)])
      expect((await ask('{}', JSON_TYPE, token)).status).toBe(404)
    const usual = { event: 'newCall', callId: 'odd', from: '0199001234', to: '0199009999', direction: 'in' }
    const names = [
      'event',
      'callId',
      'call_id',
      'from',
      'to',
      'direction',
      'user',
      'queue',
      'cause',
      'startedAt',
      'duration',
    ]
    let taken = 0
    for (const name of names)
      for (const value of [
        ...Object.values(ODD),
        ...Object.values(REFUSED.number),
        ...Object.values(REFUSED.date),
        ...SHAPES,
      ]) {
        const what = `${name} ${JSON.stringify(value).slice(0, 60)}`
        const answer = await ask(JSON.stringify({ ...usual, [name]: value }), JSON_TYPE)
        if (answer.status === 200) taken += 1
        await inWords(answer, what)
        if (typeof value !== 'string') continue
        const form = new FormData()
        for (const [key, said] of Object.entries({ ...usual, [name]: value })) form.append(key, said)
        await inWords(await ask(form, null), what)
        await inWords(await ask(new URLSearchParams({ ...usual, [`${name}[]`]: value }), null), what)
      }
    expect(taken).toBeGreaterThan(20)
    for (const body of ['', '[', 'null', '[]', '1', '{"__proto__":{}}', 'a=1'])
      for (const type of [
        JSON_TYPE,
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'text/plain',
      ])
        await inWords(await ask(body, type), `${type} ${body}`)
    expect(
      await owner.unsafe(
        `select count(*)::int as n from phone_call where concat(call_key, shown, queue, heard) ~ '${UNCLEAN}'`,
      ),
    ).toMatchObject([{ n: 0 }])
  },
  MANY_MS,
)

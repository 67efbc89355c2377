import { expect, test } from 'vitest'
import {
  askPassphrase,
  notePassphraseAsked,
  type PassphraseAsked,
} from '#app/sign-in/commands/ask-passphrase.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { changeProfile } from './commands/change-profile.ts'
import { profileInput } from './input.ts'
import { readProfile } from './queries.ts'

const { owner } = await createTestDatabase()
const { samu59, organisations } = await makePeople(owner)
const now = new Date('2026-11-26T10:00:00Z')
const posts = await owner<{ id: number }[]>`insert into post (organisation_id, name) values
  (${organisations.samu59}, 'Régulation'), (${organisations.samu37}, 'Ailleurs') returning id::int`
const [own, other] = posts.map(({ id }) => id)

test('one changes one’s own name, post, number and language, and the journal says which', async () => {
  const input = profileInput.parse({ name: 'Nora Neuve', postId: own, phone: '06 39 98 00 42', locale: 'en' })
  expect(await changeProfile(samu59, input, now)).toMatchObject({ ok: true, value: { changed: 4 } })
  expect(await readProfile(samu59)).toMatchObject({
    ...{ name: 'Nora Neuve', postId: own, phone: '+33639980042', locale: 'en', role: 'reporter' },
  })
  const [line] = await owner`select data from journal where event = 'account.changed'`
  expect(line?.data).toEqual({ by: 'oneself', fields: ['name', 'postId', 'phone', 'locale'] })
})

test('a short number is refused, and a post of another organisation is none', async () => {
  const typed = { name: 'Nora', postId: other, locale: 'fr' as const }
  expect(await changeProfile(samu59, profileInput.parse({ ...typed, phone: '15' }), now)).toMatchObject({
    fields: { phone: { key: 'directory.invalid.phone_short' } },
  })
  await changeProfile(samu59, profileInput.parse(typed), now)
  expect(await readProfile(samu59)).toMatchObject({ name: 'Nora', postId: null, phone: null })
})

test('a passphrase forgotten is a line for who exists, nothing for who does not, and throttled', async () => {
  const jobs = () => owner<
    { payload: PassphraseAsked }[]
  >`select j.payload from graphile_worker._private_jobs j
    join graphile_worker.jobs k on k.id = j.id where k.task_identifier = 'passphrase_asked' order by j.id`
  const ask = async (email: string) => {
    const before = (await jobs()).length
    await askPassphrase({ email, address: '192.0.2.1', secret: 'x' }, now)
    const left = (await jobs()).slice(before)
    for (const { payload } of left) await notePassphraseAsked(payload)
    return left.length
  }
  // The door does the same for both, so that its time tells nothing.
  expect(await ask('nobody@demo.example')).toBe(1)
  expect(await owner`select 1 from journal where event = 'account.passphrase_forgotten'`).toHaveLength(0)
  for (let times = 0; times < 5; times++) await ask(` ${samu59.email.toUpperCase()} `)
  const lines =
    await owner`select chain, visibility from journal where event = 'account.passphrase_forgotten'`
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.length).toBeLessThan(5)
  expect(lines[0]).toEqual({ chain: `account:${samu59.accountId}`, visibility: 'internal' })
})

import { expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { checkPassphrase } from '#app/_auth/passphrase.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { createAdministrator } from './create-administrator.ts'

const { owner } = await createTestDatabase()
const now = new Date('2026-02-03T04:05:06Z')
const create = (email: string) => createAdministrator(machine('command line'), { email }, now)

test('makes an administrator who can sign in, and says so in the journal without the passphrase', async () => {
  const made = await create(' Chef@Example.org ')
  if (!made.ok) throw new Error(made.reason.key)
  const [row] = await owner`select email, role, hash from account join passphrase on account_id = account.id`
  expect(row).toMatchObject({ email: 'chef@example.org', role: 'admin' })
  expect(await checkPassphrase(row?.hash, made.value.passphrase)).toBe(true)
  const lines = await owner`select event, data from journal`
  expect(lines).toMatchObject([{ event: 'account.created', data: { role: 'admin' } }])
  expect(JSON.stringify(lines)).not.toContain(made.value.passphrase)
})

test('the same address twice, at once or later, makes one account', async () => {
  const both = await Promise.all([create('twice@example.org'), create('TWICE@example.org')])
  expect(both.filter((one) => one.ok)).toHaveLength(1)
  expect(await create('twice@example.org')).toMatchObject({
    ok: false,
    reason: { key: 'admin.account.email_taken' },
  })
})

test('what is not an address is refused and changes nothing', async () => {
  expect(await create('chef')).toMatchObject({ ok: false, reason: { key: 'admin.account.email_invalid' } })
  expect(await owner`select 1 from account where email = 'chef'`).toHaveLength(0)
})

import { expect, test } from 'vitest'
import type { AccountActor } from '#app/_auth/actor.ts'
import { stripKey } from './query.ts'

const agent: AccountActor = {
  ...{
    kind: 'account',
    accountId: 1,
    role: 'agent',
    name: 'Agent',
    email: 'agent@demo.example',
    locale: 'fr',
  },
  ...{ organisationId: null, territories: [], exerciseId: null },
}

test.each<[string, Partial<AccountActor>, Partial<AccountActor>, boolean]>([
  ['a colleague of the same role', {}, { accountId: 2 }, true],
  ['another role', {}, { role: 'lead' }, false],
  ['another world', {}, { exerciseId: 7 }, false],
  [
    'two screens on the wall: each sees his own ways',
    { role: 'wall' },
    { role: 'wall', accountId: 2 },
    false,
  ],
])('one reading of the strip for %s', (_, one, two, shared) => {
  expect(stripKey({ ...agent, ...one }) === stripKey({ ...agent, ...two })).toBe(shared)
})

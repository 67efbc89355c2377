import { describe, expect, test } from 'vitest'
import { afterPassphrase, afterStrong, type Holder, isSetUp, isStrongAsked, type Ways } from './strength.ts'

const holder = (more: Partial<Holder> = {}): Holder => ({
  ...{ worksAtTheCell: true, organisationAsks: false, demonstration: false, demoAccount: false },
  ...more,
})
const ways = (more: Partial<Ways> = {}): Ways => ({
  ...{ passkeys: 0, totp: false, codesLeft: 0, codesMade: false },
  ...more,
})

test.each([
  ['whoever works at the cell', holder(), true],
  ['a reporter', holder({ worksAtTheCell: false }), false],
  ['a reporter whose organisation is asked', holder({ worksAtTheCell: false, organisationAsks: true }), true],
  ['an agent in the demonstration', holder({ demonstration: true }), false],
  ['the same, whose organisation is asked', holder({ demonstration: true, organisationAsks: true }), true],
  [
    'an account of the demonstration, whatever is asked',
    holder({ demonstration: true, demoAccount: true, organisationAsks: true }),
    false,
  ],
])('%s', (_, who, asked) => {
  expect(isStrongAsked(who)).toBe(asked)
})

describe('two ways before the first watch', () => {
  test.each([
    ['nothing', ways(), false],
    [
      'codes alone: they are for the day when the rest is lost',
      ways({ codesLeft: 10, codesMade: true }),
      false,
    ],
    ['one passkey', ways({ passkeys: 1 }), false],
    ['one application', ways({ totp: true }), false],
    ['two passkeys', ways({ passkeys: 2 }), true],
    ['a passkey and an application', ways({ passkeys: 1, totp: true }), true],
    ['a passkey and codes', ways({ passkeys: 1, codesLeft: 10, codesMade: true }), true],
    [
      'a passkey, all codes used: nobody is held up at night for that',
      ways({ passkeys: 1, codesMade: true }),
      true,
    ],
  ])('%s', (_, has, ready) => {
    expect(isSetUp(has)).toBe(ready)
    expect(afterStrong(holder(), has)).toBe(ready ? 'in' : 'set_up')
    expect(afterStrong(holder({ worksAtTheCell: false }), has)).toBe('in')
  })
})

test.each([
  ['an agent with nothing else sets it up', holder(), ways(), 'set_up'],
  ['a reporter with nothing else is in', holder({ worksAtTheCell: false }), ways(), 'in'],
  ['whoever has a passkey shows it', holder({ worksAtTheCell: false }), ways({ passkeys: 1 }), 'second'],
  ['whoever has an application shows its code', holder(), ways({ totp: true }), 'second'],
  ['whoever has only codes left gives one', holder(), ways({ codesLeft: 1, codesMade: true }), 'second'],
  ['an agent who has used them all sets it up again', holder(), ways({ codesMade: true }), 'set_up'],
  [
    'an account of the demonstration is in, whoever gave it a passkey',
    holder({ demonstration: true, demoAccount: true }),
    ways({ passkeys: 1, totp: true }),
    'in',
  ],
])('after the passphrase, %s', (_, who, has, step) => {
  expect(afterPassphrase(who, has)).toBe(step)
})

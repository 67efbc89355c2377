import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { apiDoor } from '#app/_doors/api.ts'
import { formAction } from '#app/_doors/form.ts'
import { searchDoor } from '#app/_doors/search-door.ts'

/** Open to anybody, or to anybody signed in, each with its reason. */
const ASKS_NOBODY: Record<string, string> = {
  'app/(public)/page.tsx': 'the front page, for everybody',
  'app/(public)/accessibility/page.tsx': 'a statement, for everybody',
  'app/(public)/privacy/page.tsx': 'a statement, for everybody',
  'app/(public)/a/[code]/page.tsx': 'whoever holds the link of a message, sealed by us, reads that message',
  'app/(public)/a/[code]/actions.ts': 'the same says that he has read it',
  'app/sign-in/page.tsx': 'for who is nobody yet',
  'app/sign-in/actions.ts': 'for who is nobody yet',
  'app/sign-in/again/page.tsx': 'shown to whoever holds a session, and about him alone',
  'app/sign-in/provider/route.ts': 'for who is nobody yet',
  'app/sign-in/provider/callback/route.ts': 'what a provider says is believed by its signature',
  'app/sign-in/invitation/[token]/page.tsx': 'whoever holds the link of an invitation',
  'app/sign-in/invitation/[token]/actions.ts': 'whoever holds the link of an invitation, once',
  'app/sign-in/code/page.tsx': 'for who is half signed in',
  'app/sign-in/code/actions.ts': 'for who is half signed in',
  'app/sign-in/set-up/page.tsx': 'shown to whoever holds a session, and about him alone',
  'app/sign-in/forgotten/page.tsx': 'for who cannot sign in',
  'app/sign-in/forgotten/actions.ts': 'asks for a call; answers the same to everybody',
  'app/status/route.ts': 'what authorities validated for the public, for everybody',
  'app/status/rss.xml/route.ts': 'the same as a feed',
  'app/status/status.json/route.ts': 'the same as data',
  'app/.well-known/webauthn/route.ts': 'which addresses take the passkeys of this one, for browsers',
  'app/.well-known/security.txt/route.ts': 'where to tell of a weakness, for everybody',
  'app/.well-known/evidence.pem/route.ts': 'the public half of the key of evidence: anybody checks with it',
  'app/api/page.tsx': 'the same for people; the lists ask for cases.report',
  'app/api/openapi.json/route.ts': 'tells of doors, and of nobody',
  'app/api/health/route.ts': 'answers a machine without an account, tells nothing of anyone',
  'app/api/passkey/[step]/route.ts': 'for who is nobody yet; what is one’s own asks who holds the session',
  'app/api/receipts/[channel]/[token]/route.ts':
    'a far side that was told this address tells what came of a message',
  'app/api/cti/[token]/route.ts': 'the key in its address is asked before a word is read',
  'app/api/register/[key]/route.ts': 'the key of a neighbour, or public: then only what is for everybody',
  'app/register/schema/route.ts': 'the published form of a record, for everybody',
  'app/api/live/route.ts': 'each is sent what he may see: app/_live/visibility.ts',
  'app/operations/page.tsx': 'whether it works, for everybody; the figures ask for operations.read',
  'app/tmf-api/[...path]/route.ts': 'says that there is nothing',
  'app/_shell/actions.ts': 'language and colours, for everybody',
}

const ASKS =
  /\brequireActor\('|\bactorWho\('|\bformAction\(|\bapiDoor\(|\bexportDoor\(|\bsearchDoor\(|\bkeyDoor\(|\baskingDevice\(request\.headers, 'metrics'/

test('every page and every door asks who may', () => {
  const doors = readdirSync('app', { recursive: true, encoding: 'utf8' })
    .map((path) => `app/${path}`)
    .filter((path) => /\/(page\.tsx|route\.ts|actions\.ts)$/.test(path))
  expect(doors.length).toBeGreaterThan(60)
  const silent = doors.filter((path) => !ASKS.test(readFileSync(path, 'utf8')))
  expect(silent.sort()).toEqual(Object.keys(ASKS_NOBODY).sort())
})

test('no door is made without saying who may', () => {
  const run = async () => ({ ok: true as const, value: null })
  // @ts-expect-error -- the third argument is not to be forgotten
  expect(() => formAction(z.object({}), run)).toThrow()
  // @ts-expect-error -- nor the capability in it
  expect(formAction(z.object({}), run, { next: () => '/' })).toBeTypeOf('function')
  // @ts-expect-error -- nor invented
  expect(formAction(z.object({}), run, { may: 'everything' })).toBeTypeOf('function')
  // @ts-expect-error -- the same for machines
  expect(apiDoor(z.object({}), run, { scope: 'read', wrong: 400 })).toBeTypeOf('function')
  // @ts-expect-error -- nor without what a key must have been made for
  expect(apiDoor(z.object({}), run, { may: 'cases.report' })).toBeTypeOf('function')
  // @ts-expect-error -- nor for what is found while somebody types
  expect(searchDoor(async () => [])).toBeTypeOf('function')
})

/** Where a role is named to say what it is or in which order it stands; never to decide who may. */
const NAMES_ROLES: Record<string, string> = {
  'app/admin/rules/administrators.ts': 'what each kind of account must have',
  'app/admin/counts.ts': 'counts administrators',
  'app/admin/commands/accounts.ts': 'one administrator must be left',
  'app/cell/roster/shifts.tsx': 'the order of a table',
  'app/cell/roster/add-shift.tsx': 'the order of a choice',
  'app/crisis/rules/ladder.ts': 'whom each level wakes',
  'app/crisis/rules/roster.ts': 'what is always held',
  'app/notifications/commands/persons.ts': 'who is told',
  'app/notifications/rules/presence.ts': 'who is told',
  'app/notifications/rules/recipients.ts': 'who is told',
}

const ONE = `'(?:reporter|agent|lead|director|admin|wall)'`
// A list of roles, or a role compared with one.
const OF_THE_CELL = `'(?:agent|lead|director|admin|wall)'`
const ROLE_NAMED = new RegExp(`\\[\\s*${OF_THE_CELL}|\\brole\\}?,?\\s*(?:===|!==|<>|=|in \\()?\\s*${ONE}`)

test('nobody else types roles out', () => {
  const named = readdirSync('app', { recursive: true, encoding: 'utf8' })
    .map((path) => `app/${path}`)
    .filter(
      (path) =>
        !path.startsWith('app/_demo/') && /\.tsx?$/.test(path) && !/\.(test|fixture)\.tsx?$/.test(path),
    )
    .filter((path) => ROLE_NAMED.test(readFileSync(path, 'utf8')))
  expect(named.sort()).toEqual(Object.keys(NAMES_ROLES).sort())
  for (const typed of ["role !== 'reporter'", "a.role <> 'reporter'", "['agent', 'lead']", "role, 'admin')"])
    expect(ROLE_NAMED.test(typed)).toBe(true)
  expect(ROLE_NAMED.test("getTranslations('admin')")).toBe(false)
})

import { afterEach, expect, test, vi } from 'vitest'
import { sealSession } from '#app/_auth/cookie.ts'
import { LONGEST_MS } from '#app/_auth/rules/lifetime.ts'
import { secondAddress } from './second.ts'
import { sessionOfTicket, ticketOf } from './second-ticket.ts'

process.env.NEXTAUTH_SECRET = 'a secret of the tests, of more than thirty-two characters'
afterEach(() => void vi.useRealTimers())
const SESSION = '0e2f4a9c-9a51-4a58-8d0c-2b6b7b0f8f10'

test.each([
  ['an address over https', 'https://second.example/', 'https://second.example'],
  ['this machine', 'http://localhost:3001', 'http://localhost:3001'],
  ['an address in clear', 'http://second.example', null],
  ['no address', 'second', null],
  ['none', undefined, null],
  ['a script', 'javascript:alert(1)', null],
])('%s', (_, set, expected) => {
  expect(secondAddress(set ?? '')).toBe(expected)
})

test.each([
  ['a ticket of ours', async () => `Ticket ${await ticketOf(SESSION)}`, SESSION],
  ['a cookie is no ticket', async () => `Ticket ${await sealSession(SESSION)}`, null],
  ['a ticket with a letter changed', async () => `Ticket ${(await ticketOf(SESSION)).slice(0, -2)}zz`, null],
  ['a bearer token', async () => `Bearer ${await ticketOf(SESSION)}`, null],
  ['nothing', async () => null, null],
])('%s', async (_, made, expected) => {
  expect(await sessionOfTicket(await made())).toBe(expected)
})

test.each([
  ['as long as the longest session', LONGEST_MS - 60_000, SESSION],
  // Clocks of two sites may differ by some seconds.
  ['no longer', LONGEST_MS + 60_000, null],
])('A ticket is good %s', async (_, later, expected) => {
  const ticket = `Ticket ${await ticketOf(SESSION)}`
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + later })
  expect(await sessionOfTicket(ticket)).toBe(expected)
})

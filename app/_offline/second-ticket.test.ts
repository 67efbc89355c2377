import { expect, test } from 'vitest'
import { sealSession } from '#app/_auth/cookie.ts'
import { secondAddress } from './second.ts'
import { sessionOfTicket, ticketOf } from './second-ticket.ts'

process.env.NEXTAUTH_SECRET = 'a secret of the tests, of more than thirty-two characters'
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

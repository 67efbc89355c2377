import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { DatabaseAway, noteAway } from '#db/away.ts'
import { whenAway } from './when-away.ts'

let close = () => {}
afterEach(() => close())

async function serving(handle: RequestListener): Promise<string> {
  const server = createServer(whenAway(handle))
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  close = () => server.close()
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const failing: RequestListener = async (request, response) => {
  for await (const _ of request) void _
  noteAway(new Error('Failed query', { cause: new DatabaseAway('nobody answers') }))
  response.statusCode = 500
  response.setHeader('content-type', 'text/html')
  response.end('<html></html>')
}
const PAGE = { accept: 'text/html', 'accept-language': 'fr' }

test('a page that failed because the database is away says so, with the number to call and when to come back', async () => {
  const base = await serving(failing)
  const answer = await fetch(`${base}/cases?tab=mine`, { headers: PAGE })
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('5')
  const text = await answer.text()
  expect(text).toContain('href="tel:')
  expect(text).toContain('Réessayer')
  expect(text).toContain('<html lang="fr">')
  expect(await (await fetch(base, { headers: { ...PAGE, cookie: 'locale=en' } })).text()).toContain(
    'Try again',
  )
})

test('machines and scripts get words too', async () => {
  const base = await serving(failing)
  for (const path of ['/api/communes', '/tmf-api/troubleTicket/v4/troubleTicket', '/cases']) {
    const answer = await fetch(base + path, { headers: { rsc: '1' } })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(((await answer.json()) as { message: string }).message).toMatch(/01 ?99|0/)
  }
})

test('what was typed in a plain form comes back, ready to be sent again, and nothing of it as code', async () => {
  const base = await serving(failing)
  const body = new FormData()
  body.set('$ACTION_REF_1', '')
  body.set('symptomWords', 'plus rien <script>alert(1)</script> "du tout"')
  const send = (headers: Record<string, string>) =>
    fetch(`${base}/cases/new`, { method: 'POST', body, headers })
  const own = await (await send({ ...PAGE, 'sec-fetch-site': 'same-origin' })).text()
  expect(own).toContain('<form method="post" action="&#47;cases&#47;new"'.replaceAll('&#47;', '/'))
  expect(own).toContain('name="$ACTION_REF_1"')
  expect(own).toContain('plus rien &#60;script&#62;alert(1)&#60;/script&#62; &#34;du tout&#34;')
  expect(own).not.toContain('<script')
  const strangers = await (await send({ ...PAGE, 'sec-fetch-site': 'cross-site' })).text()
  expect(strangers).not.toContain('plus rien')
})

test('a passphrase is not written back', async () => {
  const base = await serving(failing)
  const body = new URLSearchParams({ email: 'a@b.example', passphrase: 'une phrase à moi' })
  const headers = { ...PAGE, 'sec-fetch-site': 'same-origin' }
  expect(await (await fetch(base, { method: 'POST', body, headers })).text()).not.toContain('une phrase')
})

test.each([
  ['a failure of our own', 500, false],
  ['an answer that was found', 200, true],
  ['what is absent', 404, true],
])('%s is left as it is', async (_, status, away) => {
  const base = await serving((_request, response) => {
    if (away) noteAway(new DatabaseAway('nobody answers'))
    response.statusCode = status
    response.end('as it was')
  })
  const answer = await fetch(base)
  expect(answer.status).toBe(status)
  expect(await answer.text()).toBe('as it was')
})

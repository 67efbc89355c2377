import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { expect, test } from './fixtures.ts'

const PORT = Number(process.env.E2E_TRACES_PORT)
test.skip(!PORT, 'a running service tells a receiver of its own: name it by E2E_TRACES_PORT')

type Told = { name: string; attributes: Record<string, unknown> }

test('Les traces : chaque requête par son adresse type et son code, rien de ce qui fut tapé ; un récepteur muet ne retarde personne', async ({
  as,
  request,
}) => {
  const receiver = await receive(PORT)
  try {
    const agent = await as('agent')
    await agent.goto('/cases?q=Dupont-Secret')
    expect((await request.get('/api/v1/exports/cases?q=Dupont-Secret')).status()).toBe(401)
    await agent.goto('/cases/2020-000000-0?de=Dupont-Secret')
    const statusOf = (route: string) =>
      receiver.spans
        .filter((span) => span.attributes['http.route'] === route)
        .map(({ attributes }) => attributes['http.status_code'])
    await expect.poll(() => statusOf('/cases')).toContain(200)
    await expect.poll(() => statusOf('/api/v1/exports/cases')).toContain(401)
    await expect.poll(() => statusOf('/cases/[reference]')).toContain(404)
    expect(receiver.spans.map(({ name }) => name)).toContain('GET /cases')
    // The worker tells what its clocks took.
    await expect.poll(() => receiver.spans.map(({ name }) => name)).toContain('clock facts')
    expect(receiver.words()).not.toContain('Secret')
    expect(receiver.words()).not.toContain('2020-000000')

    // It takes what it is given and never answers.
    receiver.hang()
    await agent.goto('/cases')
    await expect.poll(() => receiver.held()).toBeGreaterThan(0)
    await agent.goto('/cases?level=3')
    await expect(agent.locator('h1')).toBeVisible()
    expect((await request.get('/api/health')).status()).toBe(200)
    expect(receiver.held()).toBeGreaterThan(0)
  } finally {
    receiver.close()
  }
})

/** A collector of OTLP over HTTP in JSON, of which no line is ours but these. */
async function receive(port: number) {
  const [spans, held] = [[] as Told[], [] as ServerResponse[]]
  let [words, hangs] = ['', false]
  const server: Server = createServer(async (asked, answer) => {
    let body = ''
    for await (const part of asked) body += part
    if (hangs) return void held.push(answer)
    words += body
    spans.push(...read(JSON.parse(body)))
    answer.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }).listen(port)
  await once(server, 'listening')
  return {
    spans,
    words: () => words,
    held: () => held.length,
    hang: () => {
      hangs = true
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

type Value = { stringValue?: string; intValue?: number | string; boolValue?: boolean }
type Body = {
  resourceSpans: {
    scopeSpans: { spans: { name: string; attributes: { key: string; value: Value }[] }[] }[]
  }[]
}

function read(body: Body): Told[] {
  return body.resourceSpans
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
    .map(({ name, attributes }) => ({
      name,
      attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]])),
    }))
}

import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import { afterAll } from 'vitest'
import { freePort } from '#db/embedded.ts'

export type GatewayCall = {
  number: string
  key: string
  language: string
  sentence: string
  callBack: string
  id: string
}
type Tell = (call: GatewayCall, told: object) => Promise<unknown>

/** A voice gateway that dials nobody: it takes calls signed with the secret, and tells of each what it is told to. */
export async function voiceGateway(secret: string) {
  const calls: GatewayCall[] = []
  const state = {
    url: '',
    calls,
    /** What becomes of each call, as soon as it is taken; `rings`: nothing is told of it. */
    becomes: 'rings' as 'rings' | 'no_answer' | 'busy' | 'no_key',
    tell: (async () => {}) as Tell,
  }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', async () => {
      const wanted = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
      if (request.headers['x-permanence-signature'] !== wanted) return response.writeHead(401).end()
      const call: GatewayCall = { ...JSON.parse(body), id: `call-${calls.length + 1}` }
      calls.push(call)
      // The end of a call may well be told before the answer to its asking is read.
      if (state.becomes !== 'rings')
        await state.tell(call, { event: 'ended', cause: state.becomes, call: call.id })
      response.end(JSON.stringify({ id: call.id }))
    })
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  state.url = `http://127.0.0.1:${port}/call`
  afterAll(() => {
    server.close()
  })
  return state
}

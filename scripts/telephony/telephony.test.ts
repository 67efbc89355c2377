import { createServer } from 'node:http'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { type AriEvent, ctiOfAri } from './asterisk.ts'
import { makeDelivery } from './deliver.ts'
import { makeNetstrings } from './netstrings.ts'

describe('netstrings', () => {
  it('are read whole, however the network cuts them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 30 })),
        fc.array(fc.nat(20), { minLength: 1 }),
        (texts, cuts) => {
          const bytes = Buffer.concat(
            texts.map((text) => {
              const body = Buffer.from(text.toWellFormed())
              return Buffer.concat([Buffer.from(`${body.length}:`), body, Buffer.from(',')])
            }),
          )
          const read = makeNetstrings()
          const found: string[] = []
          for (let at = 0, n = 0; at < bytes.length; n += 1) {
            const size = (cuts[n % cuts.length] ?? 0) + 1
            found.push(...read(bytes.subarray(at, at + size)))
            at += size
          }
          expect(found).toEqual(texts.map((text) => text.toWellFormed()))
        },
      ),
    )
  })

  it.each(['GET / HTTP/1.1', '99999999:x', 'x:', '70000:x'])('refuses what is none: %s', (text) => {
    expect(() => makeNetstrings()(Buffer.from(text))).toThrow('no netstrings')
  })
})

describe('the events of Asterisk', () => {
  const channel = { id: '1764.1', caller: { number: '0199001234' }, dialplan: { exten: '0199009999' } }
  const said = { callId: '1764.1', from: '0199001234', to: '0199009999', direction: 'in' }

  it.each<[string, AriEvent[], object[]]>([
    ['a call that comes', [{ type: 'StasisStart', channel }], [{ ...said, event: 'newCall' }]],
    [
      'answered and ended',
      [
        { type: 'StasisStart', channel },
        { type: 'Dial', channel, dialstatus: 'RINGING' },
        { type: 'Dial', channel, dialstatus: 'ANSWER', peer: { id: 'p', caller: { number: '201' } } },
        { type: 'ChannelDestroyed', channel, cause: 16 },
      ],
      [
        { ...said, event: 'newCall' },
        { ...said, event: 'answer', user: '201' },
        { ...said, event: 'hangup', cause: 'normalClearing' },
      ],
    ],
    [
      'nobody answered',
      [
        { type: 'StasisStart', channel },
        { type: 'ChannelDestroyed', channel, cause: 19 },
      ],
      [
        { ...said, event: 'newCall' },
        { ...said, event: 'hangup', cause: 'noAnswer' },
      ],
    ],
    ['of a channel not ours', [{ type: 'ChannelDestroyed', channel, cause: 16 }], []],
    ['without a channel', [{ type: 'PlaybackFinished' }], []],
  ])('%s', (_, events, told) => {
    const calls = new Map<string, { from: string; to: string }>()
    expect(events.flatMap((event) => ctiOfAri(event, calls) ?? [])).toEqual(told)
  })
})

describe('what the bridge hands on', () => {
  const got: string[] = []
  let answers: number[] = []
  const door = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const status = answers.shift() ?? 200
      if (status === 200) got.push(body)
      response.writeHead(status).end('{}')
    })
  })
  afterAll(() => door.close())

  it('waits in its order while the portal is away, and is not repeated when it is refused', async () => {
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', () => resolve()))
    const { port } = door.address() as { port: number }
    const said: string[] = []
    const to = `http://127.0.0.1:${port}/api/cti/x`
    answers = [503, 500, 429, 200, 422, 200]
    const delivery = makeDelivery({ to, say: (line) => said.push(line), pauseMs: 1 })
    for (const n of [1, 2, 3]) delivery.add({ n })
    await delivery.idle()
    expect(got).toEqual(['{"n":1}', '{"n":3}'])
    expect(said).toEqual(['refused (422): {"n":2}'])
  })
})

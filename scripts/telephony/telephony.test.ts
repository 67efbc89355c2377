import { createServer } from 'node:http'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { type AriCalls, type AriEvent, ctiOfAri } from './asterisk.ts'
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
  // The shape of ARI's own model: a Dial has a caller and a peer, and no channel.
  const agent = { id: '1764.2', caller: { number: '201' }, dialplan: { exten: '' } }
  const said = { callId: '1764.1', from: '0199001234', to: '0199009999', direction: 'in' }

  it.each<[string, AriEvent[], object[]]>([
    ['a call that comes', [{ type: 'ChannelDialplan', channel }], [{ ...said, event: 'newCall' }]],
    [
      'answered and ended',
      [
        { type: 'ChannelDialplan', channel },
        { type: 'Dial', caller: channel, peer: agent, dialstatus: '' },
        { type: 'Dial', caller: channel, peer: agent, dialstatus: 'ANSWER' },
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
        { type: 'ChannelDialplan', channel },
        { type: 'ChannelDestroyed', channel, cause: 19 },
      ],
      [
        { ...said, event: 'newCall' },
        { ...said, event: 'hangup', cause: 'noAnswer' },
      ],
    ],
    [
      'told twice that it comes',
      [
        { type: 'ChannelCreated', channel },
        { type: 'ChannelDialplan', channel },
      ],
      [{ ...said, event: 'newCall' }],
    ],
    ['of a channel not ours', [{ type: 'ChannelDestroyed', channel, cause: 16 }], []],
    [
      'to another extension',
      [{ type: 'ChannelCreated', channel: { ...channel, dialplan: { exten: '12' } } }],
      [],
    ],
    ['without a channel', [{ type: 'PlaybackFinished' }], []],
  ])('%s', (_, events, told) => {
    const calls: AriCalls = new Map()
    expect(events.flatMap((event) => ctiOfAri(event, new Set(['0199009999']), calls) ?? [])).toEqual(told)
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
    for (const callId of ['1', '2', '3']) delivery.add({ event: 'newCall', callId, from: '0199001234' })
    await delivery.idle()
    expect(got.map((body) => JSON.parse(body).callId)).toEqual(['1', '3'])
    // Whose number it was is not for a log.
    expect(said).toEqual(['refused (422): newCall 2'])
  })
})

import { createServer, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { closeLinks, keepOnly, linkOf } from './links.ts'
import { smppLink } from './smpp-link.ts'

const BIND = 0x09
const SUBMIT = 0x04

/** The least of a message centre: it binds, and answers `window` messages together, a little after the last of them came. */
async function standIn(window: number) {
  const seen = { now: 0, most: 0, submits: 0 }
  const bound = () => sockets.size
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let read = Buffer.alloc(0)
    const waiting: [Buffer, string][] = []
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (chunk) => {
      read = Buffer.concat([read, chunk])
      while (read.length >= 16 && read.length >= read.readUInt32BE(0)) {
        const pdu = read.subarray(0, read.readUInt32BE(0))
        read = read.subarray(pdu.length)
        const command = pdu.readUInt32BE(4)
        if (command === SUBMIT) {
          seen.now += 1
          seen.submits += 1
          seen.most = Math.max(seen.most, seen.now)
          waiting.push([pdu, String(seen.submits)])
          if (waiting.length % window === 0)
            setTimeout(() => {
              for (const [one, name] of waiting.splice(0, window)) {
                seen.now -= 1
                socket.write(reply(one, `${name}\0`))
              }
            }, 20)
        } else socket.write(reply(pdu, command === BIND ? 'centre\0' : ''))
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return {
    seen,
    bound,
    port: address.port,
    close: () => {
      for (const one of sockets) one.destroy()
      server.close()
    },
  }
}

/** The answer to one; to an unbind, or to being asked whether it is there, nothing but a head. */
function reply(pdu: Buffer, body: string): Buffer {
  const head = Buffer.alloc(16)
  head.writeUInt32BE(16 + body.length, 0)
  head.writeUInt32BE((pdu.readUInt32BE(4) | 0x80000000) >>> 0, 4)
  pdu.copy(head, 12, 12, 16)
  return Buffer.concat([head, Buffer.from(body)])
}

const routeTo = ({ port }: { port: number }, window: number) => ({
  ...{ host: '127.0.0.1', port, tls: false, systemId: 'x', password: '', systemType: '', window },
})

it('of thirty messages at once no more than its window wait for an answer, and each is taken once', async () => {
  const centre = await standIn(3)
  const link = smppLink(routeTo(centre, 3), async () => {})
  const submitted = await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      link.submit(
        { destination_addr: `3363998${1000 + n}`, short_message: Buffer.from('x') },
        AbortSignal.timeout(20_000),
      ),
    ),
  )
  await link.close()
  centre.close()
  expect(new Set(submitted.map((one) => ('id' in one ? one.id : null))).size).toBe(30)
  expect(centre.seen).toEqual({ now: 0, most: 3, submits: 30 })
})

it('a route that was taken out of the settings is bound no longer; the other one stays', async () => {
  const centre = await standIn(1)
  const route = routeTo(centre, 1)
  for (const place of ['1', '2']) linkOf(place, route).attend()
  await expect.poll(centre.bound).toBe(2)
  keepOnly(['2'])
  await expect.poll(centre.bound).toBe(1)
  expect(linkOf('2', route).state()).toMatchObject({ error: null })
  await closeLinks()
  await expect.poll(centre.bound).toBe(0)
  centre.close()
})

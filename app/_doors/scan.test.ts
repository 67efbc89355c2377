import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { scan } from './scan.ts'

/** As clamd listens (clamd(8), INSTREAM): pieces with their length until an empty one, then one sentence. */
function listen(path: string, answer: (bytes: Buffer) => string): Promise<Server> {
  const server = createServer((socket) => {
    let heard = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (more) => {
      heard = Buffer.concat([heard, more])
      const bytes = whole(heard)
      if (bytes) socket.end(answer(bytes))
    })
  })
  return new Promise((resolve) => server.listen(path, () => resolve(server)))
}

function whole(heard: Buffer): Buffer | null {
  const start = 'zINSTREAM\0'.length
  if (heard.length < start || heard.toString('latin1', 0, start) !== 'zINSTREAM\0') return null
  const pieces: Buffer[] = []
  for (let at = start; at + 4 <= heard.length; ) {
    const length = heard.readUInt32BE(at)
    if (length === 0) return Buffer.concat(pieces)
    pieces.push(heard.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return null
}

const folder = mkdtempSync(join(tmpdir(), 'scan-'))
const path = join(folder, 'clamd')
const server = await listen(path, (bytes) => {
  const text = bytes.toString('latin1')
  if (text === 'odd') return 'INSTREAM size limit exceeded. ERROR\0'
  if (text === 'mute') return ''
  return text.includes('EICAR')
    ? 'stream: Eicar-Signature FOUND\0'
    : `stream: ${bytes.length ? 'OK' : 'EMPTY'}\0`
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

const large = new Uint8Array(300_000).fill(65)
const withTail = new Uint8Array([...large, ...Buffer.from('EICAR')])

test.each([
  ['a file', Buffer.from('abc'), 'clean'],
  ['one of several pieces', large, 'clean'],
  ['one whose last piece is known', withTail, 'infected'],
  ['one it says something else of', Buffer.from('odd'), 'away'],
  ['one it says nothing of', Buffer.from('mute'), 'away'],
])('%s', async (_, bytes, said) => {
  expect(await scan(bytes, path)).toBe(said)
})

test.each([
  ['nowhere', join(folder, 'nobody'), 'away'],
  ['at a port nobody listens on', 'localhost:1', 'away'],
  ['not set', '', 'unset'],
])('a scanner %s', async (_, at, said) => {
  expect(await scan(Buffer.from('abc'), at)).toBe(said)
})

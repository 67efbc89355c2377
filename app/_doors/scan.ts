import { connect, type Socket } from 'node:net'

/** `unset`: no scanner is set; what a file is, is judged by what it holds all the same (app/cases/cleaned-file.ts). */
export type Scan = 'clean' | 'infected' | 'away' | 'unset'

/** Whoever sends a file waits for it. [D] */
const PATIENCE_MS = 10_000
/** What the scanner takes at once, of its own protocol's pieces. */
const PIECE = 64 * 1024

/**
 * Asks ClamAV (`clamd`) by its socket, when CLAMAV_SOCKET names it: a path, or host:port. A file is nowhere but in memory until it
 * has answered; one that does not answer lets nothing in.
 */
export function scan(bytes: Uint8Array, at = process.env.CLAMAV_SOCKET): Promise<Scan> {
  if (!at) return Promise.resolve('unset')
  return new Promise((resolve) => {
    const socket = open(at)
    let said = ''
    const end = (result: Scan) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(result)
    }
    const timer = setTimeout(() => end('away'), PATIENCE_MS)
    socket.on('error', () => end('away'))
    socket.on('data', (heard) => {
      said += heard.toString('latin1')
    })
    socket.on('end', () => end(verdict(said)))
    socket.on('connect', () => send(socket, bytes))
  })
}

function open(at: string): Socket {
  const [, host, port] = /^([^/]+):(\d+)$/.exec(at) ?? []
  return host ? connect({ host, port: Number(port) }) : connect({ path: at })
}

function send(socket: Socket, bytes: Uint8Array): void {
  socket.write('zINSTREAM\0')
  for (let from = 0; from < bytes.length; from += PIECE) {
    const piece = bytes.subarray(from, from + PIECE)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(piece.length)
    socket.write(length)
    socket.write(piece)
  }
  socket.write(Buffer.alloc(4))
}

/** 'stream: OK', 'stream: NAME FOUND', or anything else: then nothing is known. */
function verdict(said: string): Scan {
  const text = said.replace(/\0/g, '').trim()
  if (/^stream: OK$/.test(text)) return 'clean'
  return / FOUND$/.test(text) ? 'infected' : 'away'
}

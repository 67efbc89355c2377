import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A packet of speech: twenty milliseconds at eight thousand samples a second. */
const PACKET = 160
const PCMA = 8

/** An ear at the end of a line: takes the sound of a call as its packets come (RTP, G.711 A-law), and keeps how loud each was. */
export async function listener() {
  const packets = new Map<number, number>()
  const socket = createSocket('udp4')
  socket.on('message', (packet) => {
    if ((packet[1] as number) % 128 === PCMA)
      packets.set(packet.readUInt16BE(2), loudness(packet.subarray(12)))
  })
  await new Promise<void>((bound) => socket.bind(0, '127.0.0.1', bound))
  return {
    port: socket.address().port,
    /** How loud, packet by packet, in the order in which they were sent; what was lost on the way is silence. */
    heard(): number[] {
      const numbers = [...packets.keys()].sort((a, b) => a - b)
      const from = numbers[0] ?? 0
      return Array.from({ length: (numbers.at(-1) ?? -1) - from + 1 }, (_, n) => packets.get(from + n) ?? 0)
    },
    close: () => socket.close(),
  }
}

/** How loud these words are when they are spoken, twenty milliseconds by twenty. */
export function spoken(words: string, language = 'fr'): number[] {
  const folder = mkdtempSync(join(tmpdir(), 'permanence-spoken-'))
  const path = join(folder, 'said.wav')
  spawnSync('espeak-ng', ['-v', language, '-s', '150', '-w', path, '--', words])
  const wav = readFileSync(path)
  rmSync(folder, { recursive: true })
  const step = (wav.readUInt32LE(24) * PACKET) / 8_000
  const count = Math.floor((wav.length - 44) / 2 / step)
  return Array.from({ length: count }, (_, n) => {
    const samples = Array.from({ length: Math.floor(step) }, (_, at) =>
      wav.readInt16LE(44 + 2 * (Math.floor(n * step) + at)),
    )
    return rms(samples)
  })
}

/** How alike the rise and fall of two voices are at their best place, -1 to 1: the same words, and not others, come near 1. */
export function likeness(heard: readonly number[], said: readonly number[]): number {
  let best = -1
  for (let shift = -50; shift <= 50; shift += 1) {
    const pairs = said.flatMap((loud, at) => {
      const other = heard[at + shift]
      return other === undefined ? [] : [[loud, other] as const]
    })
    if (pairs.length > Math.min(heard.length, said.length) * 0.8) best = Math.max(best, correlation(pairs))
  }
  return best
}

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[of], 0) / pairs.length
  const [a, b] = [mean(0), mean(1)]
  const sum = (of: (x: number, y: number) => number) =>
    pairs.reduce((all, [x, y]) => all + of(x - a, y - b), 0)
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y))
}

function loudness(payload: Uint8Array): number {
  return rms(Array.from(payload, linear))
}

function rms(samples: readonly number[]): number {
  return Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / Math.max(1, samples.length))
}

/** G.711 A-law, one octet to a sample. */
function linear(octet: number): number {
  const bits = octet ^ 0x55
  const [exponent, mantissa] = [(bits & 0x70) >> 4, bits & 0x0f]
  const size = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1)
  return bits & 0x80 ? size : -size
}

import { setImmediate } from 'node:timers/promises'
import sharp from 'sharp'
import { cleanText } from '#app/_doors/text.ts'
import type { AttachedKind } from '#db/schema/attachment.ts'
import { type FileFault, kindOfFile, LARGEST_FILE, MOST_PIXELS } from './rules/attached-file.ts'
import { maskLongNumbers } from './rules/masking.ts'

/** No screen of the room shows more. */
const LONGEST_SIDE = 2_400

type Cleaned = { kind: AttachedKind; content: Uint8Array } | { fault: FileFault }

/**
 * What is kept of a file: a picture is drawn anew, upright, so that nothing remains of where and by what it was taken, nor of
 * whatever hid in it; a text loses its ten-digit numbers like every free text.
 */
export async function cleanedFile(bytes: Uint8Array): Promise<Cleaned> {
  const kind = kindOfFile(bytes)
  if (kind === null) return { fault: 'kind' }
  if (kind === 'text/plain') {
    const text = await maskedInPieces(cleanText(new TextDecoder().decode(bytes)))
    return { kind, content: new TextEncoder().encode(text) }
  }
  const drawn = await inTurn(() => drawnAnew(bytes, kind))
  // A drawing of few colours grows when it is drawn as a photo would be.
  return 'content' in drawn && drawn.content.length > LARGEST_FILE ? { fault: 'too_large' } : drawn
}

/** Signs masked at a go: others are answered in between. */
const PIECE = 16_000
/** Where a text is parted: at a line that no number runs into, or at any, or between words. */
const BORDERS = [/\n(?=[^\d\s])/, /\n/, / /]

async function maskedInPieces(text: string): Promise<string> {
  let masked = ''
  for (let from = 0; from < text.length; ) {
    const beyond = text.slice(from + PIECE, from + 2 * PIECE)
    const border = BORDERS.map((one) => beyond.search(one)).find((at) => at >= 0)
    const to = border === undefined ? text.length : from + PIECE + border
    masked += maskLongNumbers(text.slice(from, to))
    from = to
    await setImmediate()
  }
  return masked
}

async function drawnAnew(bytes: Uint8Array, kind: 'image/jpeg' | 'image/png'): Promise<Cleaned> {
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata()
    if (width * height > MOST_PIXELS) return { fault: 'too_many_points' }
    const upright = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .rotate()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    const drawn = kind === 'image/jpeg' ? upright.jpeg({ quality: 80 }) : upright.png()
    return { kind, content: new Uint8Array(await drawn.toBuffer()) }
  } catch {
    return { fault: 'kind' }
  }
}

let last: Promise<unknown> = Promise.resolve()

/** One drawing at a time in a process: a hundred megabytes each. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = last.then(work)
  last = done.catch(() => {})
  return done
}

import sharp from 'sharp'
import { cleanText } from '#app/_doors/text.ts'
import type { AttachedKind } from '#db/schema/attachment.ts'
import { kindOfFile, MOST_PIXELS } from './rules/attached-file.ts'
import { maskLongNumbers } from './rules/masking.ts'

/** No screen of the room shows more. */
const LONGEST_SIDE = 2_400

/**
 * What is kept of a file: a picture is drawn anew, upright, so that nothing remains of where and by what it was taken, nor of
 * whatever hid in it; a text loses its ten-digit numbers like every free text. Null: it is not what it begins as.
 */
export async function cleanedFile(
  bytes: Uint8Array,
): Promise<{ kind: AttachedKind; content: Uint8Array } | null> {
  const kind = kindOfFile(bytes)
  if (kind === null) return null
  if (kind === 'text/plain') {
    const text = maskLongNumbers(cleanText(new TextDecoder().decode(bytes)))
    return { kind, content: new TextEncoder().encode(text) }
  }
  try {
    const upright = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .rotate()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    const drawn = kind === 'image/jpeg' ? upright.jpeg({ quality: 80 }) : upright.png()
    return { kind, content: new Uint8Array(await drawn.toBuffer()) }
  } catch {
    return null
  }
}

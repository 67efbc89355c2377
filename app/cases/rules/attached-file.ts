import type { AttachedKind } from '#db/schema/attachment.ts'

/** A photo of today's phones, made smaller by them; beyond, it tells nothing more of a failure. */
export const LARGEST_FILE = 5_000_000
/** A trace of calls; more of it is read by nobody, and is read number by number before it is kept. */
export const LARGEST_TEXT = 200_000
/** Of one case: the tenth photo is looked at, the thirtieth is not. */
export const MOST_FILES = 10
/** A picture is drawn before it is drawn anew: twenty-five million points, twice what a telephone takes by itself. */
export const MOST_PIXELS = 25_000_000

export type FileFault = 'empty' | 'too_large' | 'text_too_large' | 'too_many_points' | 'kind' | 'too_many'

/** What a file is, by what it holds and never by what it is called: a photo, or plain text. Anything else is refused. */
export function kindOfFile(bytes: Uint8Array): AttachedKind | null {
  if (starts(bytes, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  return isText(bytes) ? 'text/plain' : null
}

export function fileFault(bytes: Uint8Array): FileFault | null {
  if (bytes.length === 0) return 'empty'
  if (bytes.length > LARGEST_FILE) return 'too_large'
  const kind = kindOfFile(bytes)
  if (kind === null) return 'kind'
  return kind === 'text/plain' && bytes.length > LARGEST_TEXT ? 'text_too_large' : null
}

/** Asked while the case is held: nothing is read for it. */
export function isFull(already: number): boolean {
  return already >= MOST_FILES
}

/** A name to be saved under: letters, digits, dashes, with the ending of what it is. */
export function fileName(typed: string, kind: AttachedKind): string {
  const bare = typed
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/\.[^./\\]*$/, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return `${bare || 'fichier'}.${ENDING[kind]}`
}

const ENDING: Record<AttachedKind, string> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'text/plain': 'txt' }

function starts(bytes: Uint8Array, ...signature: number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte)
}

/** UTF-8 without the controls that no text has; a page of HTML is text too, and is sent as text. */
function isText(bytes: Uint8Array): boolean {
  if (bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

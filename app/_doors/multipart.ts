import type { BodyLimit } from './body-limits.ts'

/** What stands before the text of a part: its name and its kind, never more than this. */
const LONGEST_HEAD = 1_024
const HEAD_END = Buffer.from('\r\n\r\n')
/** As browsers write it; two readers of anything looser may read two names. */
const HEAD =
  /^\r\ncontent-disposition: form-data; name="([^"\\]*)"(?:; filename="[^"]*")?(?:\r\ncontent-type: [^\r\n"]*)?$/i
/** The same: with anything before the boundary, two readers may part the body in two ways. */
const TYPE = /^multipart\/form-data\s*;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))\s*$/i
/** A form names its action in four hidden fields at most; each is looked up and built before it is called. */
const MOST_ACTIONS = 12
/** Values of the framework inside each other, and the forms they refer to: an answer shown before, and one form. */
const DEEPEST = 32
const MOST_FORMS = 4

export type Fault = 400 | 413

/**
 * What is wrong with the body of a form before anybody reads it: cut off, made of more parts than any page has, or nested
 * so that reading it would cost far more than sending it. One walk over the bytes.
 */
export function formFault(body: Buffer, contentType: string, { parts: most }: BodyLimit): Fault | null {
  if (!/^multipart\/form-data\b/i.test(contentType)) return rowFault(body)
  const [, quoted, plain] = TYPE.exec(contentType) ?? []
  const delimiter = Buffer.from(`--${quoted ?? plain ?? ''}`)
  if (delimiter.length === 2 || !body.subarray(0, delimiter.length).equals(delimiter)) return 400
  const between = Buffer.from(`\r\n${delimiter}`)
  let at = delimiter.length
  let actions = 0
  for (let parts = 0; !isEnd(body, at); parts++) {
    if (parts >= most) return 413
    const headEnd = body.indexOf(HEAD_END, at)
    if (headEnd < 0 || headEnd - at > LONGEST_HEAD) return 400
    const [, name] = HEAD.exec(body.toString('utf8', at, headEnd)) ?? []
    // The blank line of an empty part may also be the one before the next delimiter.
    const end = body.indexOf(between, headEnd + 2)
    if (name === undefined || end < 0) return 400
    if (name.startsWith('$ACTION') && ++actions > MOST_ACTIONS) return 413
    if (/^(\$ACTION|\d+$)/.test(name)) {
      const fault = rowFault(body.subarray(headEnd + HEAD_END.length, end))
      if (fault) return fault
    }
    at = end + between.length
  }
  return null
}

function isEnd(body: Buffer, at: number): boolean {
  return body[at] === MINUS && body[at + 1] === MINUS
}

/** A row of the framework's own: JSON, of which a form of ours needs little. */
function rowFault(row: Buffer): Fault | null {
  return nestingOf(row) > DEEPEST || countOf(row, '"$K') > MOST_FORMS ? 400 : null
}

const [MINUS, QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [...'-"\\[]{}'].map((one) =>
  one.charCodeAt(0),
)

/** How deep lists and objects stand in each other in this JSON, be it well formed or not. */
export function nestingOf(json: Uint8Array): number {
  let [depth, deepest, inText] = [0, 0, false]
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]
    if (inText) {
      if (byte === BACKSLASH) at += 1
      else if (byte === QUOTE) inText = false
    } else if (byte === QUOTE) inText = true
    else if (byte === OPEN || byte === OPEN_LIST) deepest = Math.max(deepest, ++depth)
    else if (byte === CLOSE || byte === CLOSE_LIST) depth -= 1
  }
  return deepest
}

function countOf(bytes: Buffer, text: string): number {
  let count = 0
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + text.length)) count += 1
  return count
}

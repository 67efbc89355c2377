import { JSON_LIMIT, type JsonLimit } from './body-limits.ts'
import { nestingOf } from './multipart.ts'
import { cleanText } from './text.ts'

export type ReadJson = { ok: true; value: unknown } | { ok: false; status: 400 | 413 | 415; key: string }

/**
 * The one reader of what machines send: never more than a ticket needs, however it comes; nothing deeper or wider; well-formed
 * UTF-8 of which all text is cleaned (app/_doors/text.ts). No body is an empty object.
 */
export async function readJson(request: Request, limit = JSON_LIMIT): Promise<ReadJson> {
  const body = await bytesOf(request, limit.bytes)
  if (!body) return no(413, 'too_large')
  if (body.byteLength === 0) return { ok: true, value: {} }
  if (!JSON_TYPE.test(request.headers.get('content-type') ?? '')) return no(415, 'not_json_type')
  return parseJson(body, limit)
}

/** The same for a file: its bytes are counted already. */
export function parseJson(body: Uint8Array, { depth, values }: Omit<JsonLimit, 'bytes'>): ReadJson {
  if (nestingOf(body) > depth) return no(400, 'too_deep')
  if (countOf(body) > values) return no(400, 'too_wide')
  try {
    return { ok: true, value: JSON.parse(UTF8.decode(body), cleaned) as unknown }
  } catch (error) {
    return no(400, error instanceof Hidden ? 'hidden_name' : 'not_json')
  }
}

const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i
const UTF8 = new TextDecoder('utf-8', { fatal: true })

function no(status: 400 | 413 | 415, why: string): ReadJson {
  return { ok: false, status, key: `gate.${why}` }
}

/** As it streams in; null as soon as there is too much of it. */
export async function bytesOf({ headers, body }: Request, most: number): Promise<Uint8Array | null> {
  if (Number(headers.get('content-length') ?? 0) > most) return null
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    if (size > most) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

class Hidden extends Error {}

function cleaned(name: string, value: unknown): unknown {
  // A name that no schema sees and that copies would follow.
  if (name === '__proto__') throw new Hidden()
  return typeof value === 'string' ? cleanText(value) : value
}

const [COMMA, COLON] = [44, 58]

/** No fewer than there are values in it: what separates them is counted, in texts too. */
function countOf(json: Uint8Array): number {
  let count = 1
  for (const byte of json) if (byte === COMMA || byte === COLON) count += 1
  return count
}

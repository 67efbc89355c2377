import { JSON_LIMIT } from './body-limits.ts'
import { type ReadJson, readJson } from './json.ts'
import { cleanText } from './text.ts'

/** What a machine that is not ours tells, in whichever of three shapes it speaks: JSON, a form, or the query alone. */
export async function readTold(request: Request): Promise<ReadJson> {
  const type = request.headers.get('content-type') ?? ''
  const query = fieldsOf(new URL(request.url).searchParams)
  if (/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) {
    const body = await textOf(request)
    if (body === null) return { ok: false, status: 413, key: 'gate.too_large' }
    return { ok: true, value: { ...query, ...fieldsOf(new URLSearchParams(body)) } }
  }
  const read = await readJson(request)
  if (!read.ok || typeof read.value !== 'object' || read.value === null) return read
  return { ok: true, value: { ...query, ...read.value } }
}

/** A form of a machine is short: beyond a ticket's size nothing more is read. */
async function textOf({ headers, body }: Request): Promise<string | null> {
  if (Number(headers.get('content-length') ?? 0) > JSON_LIMIT.bytes) return null
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    if (size > JSON_LIMIT.bytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function fieldsOf(params: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    [...params].slice(0, 100).map(([name, value]) => [name, cleanText(value)] as const),
  )
}

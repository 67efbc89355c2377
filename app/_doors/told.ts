import { JSON_LIMIT } from './body-limits.ts'
import { bytesOf, parseJson, type ReadJson } from './json.ts'
import { cleanText } from './text.ts'

/** What a machine that is not ours tells, in whichever of three shapes it speaks: JSON, a form, or the query alone. */
export async function readTold(request: Request): Promise<ReadJson> {
  const { read } = await readAnyBody(request)
  if (!read.ok || typeof read.value !== 'object' || read.value === null) return read
  return { ok: true, value: { ...fieldsOf(new URL(request.url).searchParams), ...read.value } }
}

/** A body that is JSON or a form, whichever its sender speaks; and its bytes as they came, for a signature over them. */
export async function readAnyBody(request: Request): Promise<{ read: ReadJson; bytes: Uint8Array }> {
  const bytes = await bytesOf(request, JSON_LIMIT.bytes)
  if (!bytes) return { read: { ok: false, status: 413, key: 'gate.too_large' }, bytes: new Uint8Array() }
  const type = request.headers.get('content-type') ?? ''
  if (bytes.byteLength === 0) return { read: { ok: true, value: {} }, bytes }
  if (/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type))
    return { read: parseJson(bytes, JSON_LIMIT), bytes }
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type))
    return { read: { ok: false, status: 415, key: 'gate.not_json_type' }, bytes }
  try {
    const form = await new Response(Buffer.from(bytes), { headers: { 'content-type': type } }).formData()
    return { read: { ok: true, value: fieldsOf(form) }, bytes }
  } catch {
    return { read: { ok: false, status: 400, key: 'gate.not_whole' }, bytes }
  }
}

/** `user[]=a&user[]=b` is a list, as PHP and sipgate write it. Files are no field. */
function fieldsOf(form: FormData | URLSearchParams): Record<string, string | string[]> {
  const fields = new Map<string, string | string[]>()
  for (const [name, value] of [...form].slice(0, 200)) {
    if (typeof value !== 'string') continue
    const text = cleanText(value)
    const list = /^(\w+)\[\w*\]$/.exec(name)?.[1]
    if (list) fields.set(list, [...[fields.get(list) ?? []].flat(), text])
    else fields.set(name, text)
  }
  return Object.fromEntries(fields)
}

import { JSON_LIMIT } from './body-limits.ts'
import { bytesOf, parseJson, type ReadJson } from './json.ts'
import { cleanText } from './text.ts'

/** What a machine sends as JSON or as a form, whichever it speaks; the bytes as they came, for a signature over them. */
export async function readAnyBody(request: Request): Promise<{ read: ReadJson; bytes: Uint8Array }> {
  const bytes = await bytesOf(request, JSON_LIMIT.bytes)
  if (!bytes) return { read: { ok: false, status: 413, key: 'gate.too_large' }, bytes: new Uint8Array() }
  const type = request.headers.get('content-type') ?? ''
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
function fieldsOf(form: FormData): Record<string, string | string[]> {
  const fields = new Map<string, string | string[]>()
  for (const [name, value] of [...form].slice(0, 200)) {
    if (typeof value !== 'string') continue
    const text = cleanText(value)
    const list = /^(\w+)\[\w*\]$/.exec(name)?.[1]
    if (!list) fields.set(name, text)
    else fields.set(list, [...[fields.get(list) ?? []].flat(), text])
  }
  return Object.fromEntries(fields)
}

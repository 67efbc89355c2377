/** Bytes that a code of this size holds and a hand-held reader still reads from paper (QR version 25 or so). */
const CODE_BYTES = 1_200
const PART = /^\s*(\d{1,4})\/(\d{1,4}):(.*)$/

/** A report as the texts of one or several codes: `1/2:…`, `2/2:…`. */
export function toCodes(report: unknown): string[] {
  // ASCII alone: what a reader types for an accent depends on its keyboard.
  const text = JSON.stringify(report).replace(
    /[^\x20-\x7e]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const count = Math.ceil(text.length / CODE_BYTES)
  return Array.from(
    { length: count },
    (_, at) => `${at + 1}/${count}:${text.slice(at * CODE_BYTES, (at + 1) * CODE_BYTES)}`,
  )
}

/** What was read from the codes, in any order, or pasted from the file; `missing` names the codes that were not read. */
export function fromCodes(told: string): { text: string } | { missing: number[] } {
  const parts = new Map<number, string>()
  let of = 0
  for (const line of told.split(/\r?\n/)) {
    const [, at, count, text = ''] = PART.exec(line) ?? []
    if (!at) continue
    of = Number(count)
    parts.set(Number(at), text)
  }
  if (of === 0) return { text: told }
  const all = Array.from({ length: of }, (_, at) => at + 1)
  const missing = all.filter((at) => !parts.has(at))
  return missing.length > 0 ? { missing } : { text: all.map((at) => parts.get(at)).join('') }
}

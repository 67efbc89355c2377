import type { Reason } from './result.ts'

/** A reason in the reader's words: the door translates, code only names keys. */
export type Said = Reason & { text: string }

/** Everything typed, by field name without its mark; rows as 'tests.0.passed'. */
export type Typed = Record<string, string | string[]>

/** What a form shows after an answer: works the same with and without JavaScript. */
export type FormState = {
  ok: boolean
  /** Grows with each answer: tells a new answer from the same one drawn again. */
  answer: number
  reason: Said | null
  fields: Record<string, Said>
  values: Typed
  /** Another person was first (invariant 4): the version that is true now. */
  conflict: { version: number } | null
  /** Nobody is signed in any more: nothing was sent, sign in again and send again. */
  sessionLost: boolean
}

/** Hidden field with the name of the form; no name a field may have. */
export const FORM_NAME = '_form'

export const BLANK_FORM: FormState = {
  ok: false,
  answer: 0,
  reason: null,
  fields: {},
  values: {},
  conflict: null,
  sessionLost: false,
}

/** A form that shows these values at first: an edit, or a draft kept. */
export function filledForm(values: Typed): FormState {
  return { ...BLANK_FORM, values }
}

/**
 * Reads a form into what a schema expects. Marks at the end of a field's name say what HTML cannot:
 *   `numbers[]`       always a list, of what was chosen
 *   `calledBack?`     a box: true when ticked; not ticked is absent, for the schema's default
 *   `sinceAt@ZONE`    a datetime-local field, in the time of that place (Europe/Paris, Indian/Reunion…)
 *   `tests.0.passed`  a row; rows in which nothing was typed are left out
 * A blank field is an absent one. Text keeps its inner line ends, as '\n'. `asTyped` turns a path of the input back
 * into the name of the field.
 */
export function readForm(
  form: FormData,
  toInstant: (local: string, zone: string) => Date | null,
): { input: Record<string, unknown>; values: Typed; asTyped: (path: PropertyKey[]) => string } {
  const input: Record<string, unknown> = {}
  const values: Typed = {}
  for (const marked of new Set(form.keys())) {
    const field = FIELD.exec(marked)
    if (!field || marked.startsWith('$ACTION')) continue
    const [, name = '', mark = ''] = field
    const typed = form.getAll(marked).filter((value) => typeof value === 'string')
    const texts = typed.map((text) => text.replaceAll('\r\n', '\n'))
    if (!isSecret(name)) values[name] = mark === '[]' ? texts : (texts.at(-1) ?? '')
    const read = readField(texts, mark, toInstant)
    if (read !== undefined) put(input, name.split('.'), read)
  }
  const rows = new Map<string, string[]>()
  return {
    input: pack(input, '', rows) as Record<string, unknown>,
    values,
    asTyped: (path) => nameOf(path, rows),
  }
}

/** Never shown again, never kept. */
export function isSecret(name: string): boolean {
  return /passphrase|password/i.test(name)
}

const FIELD = /^([A-Za-z]\w*(?:\.(?:\d{1,3}|[A-Za-z]\w*))*)(\[\]|\?|@[\w/+-]+)?$/

function readField(texts: string[], mark: string, toInstant: (local: string, zone: string) => Date | null) {
  if (mark === '[]') return texts.filter((text) => text.trim() !== '')
  const text = texts.at(-1) ?? ''
  if (mark === '?') return text !== '' && text !== 'false'
  if (text.trim() === '') return undefined
  // An impossible date must stay one: the schema then says so.
  if (mark.startsWith('@')) return toInstant(text, mark.slice(1))?.toISOString() ?? 'no date'
  return text
}

function put(target: Record<string, unknown>, [head = '', ...rest]: string[], value: unknown): void {
  if (head === '__proto__' || head === 'constructor' || head === 'prototype') return
  if (rest.length === 0) {
    target[head] = value
    return
  }
  const next = target[head]
  const child = typeof next === 'object' && next !== null && !Array.isArray(next) ? next : {}
  target[head] = child
  put(child as Record<string, unknown>, rest, value)
}

// Rows come as {0: …, 2: …}: a list, in order. Their numbers are remembered, to name the right field later.
function pack(node: unknown, path: string, rows: Map<string, string[]>): unknown {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return node
  const entries = Object.entries(node)
  if (entries.length === 0 || !entries.every(([key]) => /^\d+$/.test(key)))
    return Object.fromEntries(entries.map(([key, value]) => [key, pack(value, join(path, key), rows)]))
  rows.set(
    path,
    entries.map(([key]) => key),
  )
  return entries.map(([key, row]) => pack(row, join(path, key), rows))
}

function nameOf(path: PropertyKey[], rows: Map<string, string[]>): string {
  return path.reduce<string>((name, part) => join(name, rows.get(name)?.[Number(part)] ?? String(part)), '')
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key
}

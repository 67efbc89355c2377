import type { Reason } from './result.ts'
import { cleanText } from './text.ts'

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
  /** Whoever sends it shows first that it is he: with a passkey, or another way. Nothing was sent. */
  proveAgain: 'passkey' | 'otherwise' | null
}

/** The server's side of a form: from the answer before and what is sent, the next answer. */
export type FormDoor = (before: FormState, form: FormData) => Promise<FormState>

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
  proveAgain: null,
}

/** A form that shows these values at first: an edit, or a draft kept. */
export function filledForm(values: Typed): FormState {
  return { ...BLANK_FORM, values }
}

/** What a form of ours never comes near; `app/_doors/body-limits.ts` says how large the whole may be. */
export const MOST_FIELDS = 2_000
export const LONGEST_NAME = 120
const DEEPEST = 6

/**
 * Reads a form into what a schema expects. Marks at the end of a field's name say what HTML cannot:
 *   `numbers[]`       always a list, of what was chosen
 *   `calledBack?`     a box: true when ticked; not ticked is absent, for the schema's default
 *   `sinceAt@ZONE`    a datetime-local field, in the time of that place (Europe/Paris, Indian/Reunion…); `sinceAtTurn`
 *                     beside it says which of the two, in the night when the clock goes back
 *   `tests.0.passed`  a row; rows in which nothing was typed are left out
 * A blank field is an absent one. Text is cleaned (app/_doors/text.ts) and keeps its inner line ends, as '\n'. `asTyped`
 * turns a path of the input back into the name of the field. A form that no page of ours sends is `excess`, and unread.
 */
export function readForm(
  form: FormData,
  toInstant: ToInstant,
): {
  input: Record<string, unknown>
  values: Typed
  asTyped: (path: PropertyKey[]) => string
  excess: boolean
} {
  const typed = textsOf(form)
  const values: Typed = {}
  const tree = new Tree()
  for (const [marked, texts] of typed ?? []) {
    const field = FIELD.exec(marked)
    if (!field) continue
    const [, name = '', mark = ''] = field
    if (!isSecret(name)) values[name] = mark === '[]' ? texts : (texts.at(-1) ?? '')
    const read = readField(texts, mark, toInstant, typed?.get(`${name}${TURN}`)?.at(-1))
    if (read !== undefined) tree.put(name.split('.'), read)
  }
  return { ...tree.packed(), values, excess: typed === null }
}

/** What was typed, by the marked name of its field, in one walk; null when there is more of it than any page asks. */
function textsOf(form: FormData): Map<string, string[]> | null {
  const texts = new Map<string, string[]>()
  let fields = 0
  for (const [marked, value] of form) {
    fields += 1
    if (fields > MOST_FIELDS) return null
    if (typeof value !== 'string' || marked.startsWith('$ACTION')) continue
    if (marked.length > LONGEST_NAME || marked.split('.', DEEPEST + 1).length > DEEPEST) return null
    const known = texts.get(marked)
    if (known) known.push(cleanText(value))
    else texts.set(marked, [cleanText(value)])
  }
  return texts
}

/** Never shown again, never kept. */
export function isSecret(name: string): boolean {
  return /passphrase|password|proof/i.test(name)
}

const FIELD = /^([A-Za-z]\w*(?:\.(?:\d{1,3}|[A-Za-z]\w*))*)(\[\]|\?|@[\w/+-]+)?$/

/** Which of two it is, for an hour that passes twice: said by a field of this name beside it. */
export const TURN = 'Turn'
type ToInstant = (local: string, zone: string, turn?: string) => Date | string

function readField(texts: string[], mark: string, toInstant: ToInstant, turn?: string) {
  if (mark === '[]') return texts.filter((text) => text.trim() !== '')
  const text = texts.at(-1) ?? ''
  if (mark === '?') return text !== '' && text !== 'false'
  if (text.trim() === '') return undefined
  // An impossible date must stay one: the schema then says so.
  if (mark.startsWith('@')) {
    const read = toInstant(text, mark.slice(1), turn)
    return read instanceof Date ? read.toISOString() : read
  }
  return text
}

type Node = { path: string; children: Map<string, Node>; value?: unknown }

/** Fields by their dotted names; built and packed without going deeper for a deeper name. */
class Tree {
  readonly #root: Node = { path: '', children: new Map() }
  /** Each after the one it stands in. */
  readonly #nodes = [this.#root]

  put(path: string[], value: unknown): void {
    if (path.some((part) => REACHING.has(part))) return
    let node = this.#root
    for (const part of path) {
      let child = node.children.get(part)
      if (!child) {
        child = { path: node.path ? `${node.path}.${part}` : part, children: new Map() }
        node.children.set(part, child)
        this.#nodes.push(child)
      }
      node = child
    }
    node.value = value
  }

  /** Rows come as {0: …, 2: …}: a list, in order. Their numbers are remembered, to name the right field later. */
  packed() {
    const rows = new Map<string, string[]>()
    for (const node of this.#nodes.toReversed()) {
      if (node.children.size === 0) continue
      const entries = [...node.children].map(([key, child]) => [key, child.value] as const)
      if (node !== this.#root && entries.every(([key]) => /^\d+$/.test(key))) {
        entries.sort(([a], [b]) => Number(a) - Number(b))
        rows.set(
          node.path,
          entries.map(([key]) => key),
        )
        node.value = entries.map(([, row]) => row)
      } else node.value = Object.fromEntries(entries)
    }
    return {
      input: (this.#root.value ?? {}) as Record<string, unknown>,
      asTyped: (path: PropertyKey[]) => nameOf(path, rows),
    }
  }
}

/** Names that would reach what all objects share. */
const REACHING = new Set(['__proto__', 'constructor', 'prototype'])

function nameOf(path: PropertyKey[], rows: Map<string, string[]>): string {
  return path.reduce<string>((name, part) => {
    const key = rows.get(name)?.[Number(part)] ?? String(part)
    return name ? `${name}.${key}` : key
  }, '')
}

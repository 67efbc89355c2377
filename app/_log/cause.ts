/** What may be written down of an error: never what somebody typed, however the error carries it. */
export type Cause = {
  type: string
  code?: string
  message?: string
  /** Where PostgreSQL raised it, and about which object: names of ours, never values. */
  routine?: string
  table?: string
  constraint?: string
  at?: string[]
  cause?: Cause
}

const DEEPEST = 4
const FRAMES = 8
const LONGEST = 200

const SQLSTATE = /^(\d[0-9A-Z]|P0|XX|HV|F0)[0-9A-Z]{3}$/
/**
 * Classes of SQLSTATE whose messages speak of the server and of our own objects. The others (22 data, P0 raised by hand…)
 * quote the value they refuse: of those, the code and the routine are kept.
 */
const VALUE_FREE = ['08', '23', '25', '28', '40', '42', '53', '54', '55', '57', '58', 'XX']
/** Their messages quote the text they could not read. */
const QUOTING = new Set(['SyntaxError', 'ZodError', 'URIError'])

/** The error, and what caused it, without parameters, details or values. */
export function causeOf(error: unknown, depth = 0): Cause {
  if (!(error instanceof Error)) return { type: typeof error }
  const { name, stack, cause } = error
  const rest = error as unknown as Record<string, unknown>
  const code = typeof rest.code === 'string' && /^[\w-]{1,40}$/.test(rest.code) ? rest.code : undefined
  const message = messageOf(error, code)
  const frames = (stack ?? '').split('\n').filter((line) => /^\s+at (?!.*(node_modules|node:))/.test(line))
  const inner = cause ?? (error instanceof AggregateError ? error.errors[0] : undefined)
  return {
    type: error.constructor?.name || name,
    ...(code && { code }),
    ...(message && { message }),
    ...named(rest, 'routine', 'routine'),
    ...named(rest, 'table', 'table_name'),
    ...named(rest, 'constraint', 'constraint_name'),
    ...(frames.length > 0 && { at: frames.slice(0, FRAMES).map(frame) }),
    ...(inner instanceof Error && depth < DEEPEST && { cause: causeOf(inner, depth + 1) }),
  }
}

/** The innermost cause in one line, for a table or a page: '42501 permission denied for table cases'. */
export function sentenceOf(error: unknown): string {
  let innermost = causeOf(error)
  while (innermost.cause) innermost = innermost.cause
  const { type, code, message, routine } = innermost
  return [code ?? type, message ?? routine].filter(Boolean).join(' ').slice(0, LONGEST)
}

/** The SQLSTATE or the system's code of the innermost cause that has one. */
export function codeOf(error: unknown): string | null {
  let found: string | null = null
  for (let one: Cause | undefined = causeOf(error); one; one = one.cause) found = one.code ?? found
  return found
}

function messageOf(error: Error, code: string | undefined): string | undefined {
  // drizzle's: the whole statement and all of its parameters.
  if ('params' in error || 'query' in error || error.message.startsWith('Failed query')) {
    if (error.name !== 'PostgresError') return undefined
  }
  if (QUOTING.has(error.name) || QUOTING.has(error.constructor?.name)) return undefined
  if (code && SQLSTATE.test(code) && !VALUE_FREE.includes(code.slice(0, 2))) return undefined
  return plainWords(error.message)
}

/** What stands between quotes after these words is a name of ours; anything else that is quoted was given to us. */
const OURS =
  /^(constraint|relation|table|column|function|role|schema|database|index|policy|sequence|file|trigger|reading|property|module|argument) $/
const QUOTED = /(\w+ )?("[^"]*"?|(?<![\wÀ-ÿ])'[^']*'?)/g

/** One line without what is quoted, without e-mails and long numbers: a second belt. */
export function plainWords(message: string): string {
  const [line = ''] = message.trim().split('\n', 1)
  return line
    .replace(/: ".*$/, ': …')
    .replace(/\bReceived .*$/, 'Received …')
    .replace(QUOTED, (all, before = '') => (OURS.test(before) ? all : `${before}…`))
    .replace(/[^\s"'<>()]+@[^\s"'<>()]+/g, '•@•')
    .replace(/\+?\d(?:[\s.\-\u00a0\u2010-\u2015\u202f]*\d){5,}/g, '•')
    .slice(0, LONGEST)
}

function named(from: Record<string, unknown>, as: 'routine' | 'table' | 'constraint', field: string) {
  const value = from[field]
  return typeof value === 'string' && /^\w{1,63}$/.test(value) ? { [as]: value } : {}
}

function frame(line: string): string {
  return line.trim().replace(/^at /, '').replaceAll(`${process.cwd()}/`, '').replace('file://', '')
}

import { z } from 'zod'
import { shortened } from '#app/_doors/rules/cut.ts'
import { contradictions, type Fault, FORMAT, type Loss, lossRecord } from './record.ts'
import { TLPS, type Tlp } from './tlp.ts'

/** One line of a file between registers: a record, its label, who signed it and the signature over all the rest. */
export const ENVELOPE = 'permanence-register/1'

export type Envelope = {
  envelope: typeof ENVELOPE
  author: { name: string; key: string }
  tlp: Tlp
  anonymised: string[]
  record: Loss
  signature: string
}

/** Bytes of an Ed25519 key and of a signature, in base64url. */
export const KEY = /^[\w-]{43}$/
const outer = z.strictObject({
  envelope: z.literal(ENVELOPE),
  author: z.strictObject({ name: z.string().trim().min(1).max(120), key: z.string().regex(KEY) }),
  tlp: z.enum(TLPS),
  anonymised: z.array(z.string().max(20)).max(5),
  record: z.unknown(),
  signature: z.string().regex(/^[\w-]{86}$/),
})

export type ReadLine = { line: number; envelope: Envelope } | { line: number; faults: Fault[] }

/** Each line of a file: understood, or why not. Whether its signature holds is asked of what knows keys. */
export function readLines(text: string): ReadLine[] {
  return text
    .split(/\r?\n/)
    .map((said, at) => ({ said, line: at + 1 }))
    .filter(({ said }) => said.trim() !== '')
    .map(({ said, line }) => readLine(said, line))
}

function readLine(said: string, line: number): ReadLine {
  const fault = (key: string, values?: Fault['values']): ReadLine => ({
    line,
    faults: [{ key: `register.fault.${key}`, ...(values ? { values } : {}) }],
  })
  const json = parsed(said)
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return fault('not_json')
  if (!('envelope' in json)) return fault('unsigned')
  if (json.envelope !== ENVELOPE) return fault('envelope', { said: short(json.envelope) })
  const wrapped = outer.safeParse(json)
  if (!wrapped.success)
    return fault('field', { field: wrapped.error.issues[0]?.path.join('.') || 'envelope' })
  const { record } = wrapped.data
  const format =
    typeof record === 'object' && record !== null ? (record as { format?: unknown }).format : undefined
  if (format !== FORMAT) return fault('version', { said: short(format), known: FORMAT })
  const read = lossRecord.safeParse(record)
  if (!read.success) {
    const fields = read.error.issues.map(({ path }) => path.join('.') || 'record')
    return {
      line,
      faults: [...new Set(fields)].map((field) => ({ key: 'register.fault.field', values: { field } })),
    }
  }
  const against = contradictions(read.data)
  if (against.length > 0) return { line, faults: against }
  return { line, envelope: { ...wrapped.data, record: read.data } }
}

/** What is signed: everything but the signature, keys in order, so that it reads the same whoever writes it. */
export function signedText({
  signature: _,
  ...rest
}: Omit<Envelope, 'signature'> & { signature?: string }): string {
  return canonical(rest)
}

export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function short(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? shortened(String(value), 60) : '–'
}

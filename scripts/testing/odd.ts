import { expect } from 'vitest'
import { z } from 'zod'

/** One thing a door reads: where it stands, what it should be, and how a form marks it. */
export type Asked = { path: string; kind: Kind; choice?: string; required: boolean; list: boolean }
export type Kind = 'text' | 'number' | 'date' | 'choice' | 'box' | 'record'

/** Every field of a schema, however it is wrapped: what is generated from it cannot be forgotten. */
export function askedBy(schema: z.core.$ZodType, path = '', required = true): Asked[] {
  const at = (name: string) => (path ? `${path}.${name}` : name)
  const one = (kind: Kind, choice?: string): Asked[] => [{ path, kind, choice, required, list: false }]
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, inner]) =>
      askedBy(inner as z.ZodType, at(name), required),
    )
  if (schema instanceof z.ZodArray) {
    const inner = askedBy(schema.element as z.ZodType, '', required)
    return inner.length === 1 && inner[0]?.path === ''
      ? inner.map((field) => ({ ...field, path, list: true }))
      : inner.map((field) => ({ ...field, path: `${at('0')}.${field.path}` }))
  }
  if (schema instanceof z.ZodIntersection)
    return [schema.def.left, schema.def.right].flatMap((side) => askedBy(side, path, required))
  if (schema instanceof z.ZodPipe)
    return askedBy(schema.def.in instanceof z.ZodTransform ? schema.def.out : schema.def.in, path, required)
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return askedBy(schema.unwrap(), path, false)
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return askedBy(schema.unwrap(), path, false)
  if (schema instanceof z.ZodNumber) return one('number')
  if (schema instanceof z.ZodDate || schema instanceof z.ZodISODateTime) return one('date')
  if (schema instanceof z.ZodEnum) return one('choice', String(schema.options[0]))
  if (schema instanceof z.ZodLiteral) return one('choice', String([...schema.values][0]))
  if (schema instanceof z.ZodBoolean) return one('box')
  if (schema instanceof z.ZodRecord) return one('record')
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) return one('text')
  throw new Error(`nobody has said what is odd for a ${schema._zod.def.type} at "${path}"`)
}

/** Never taken, whatever the field: a door answers in words. */
export const REFUSED: Record<Kind, Record<string, string>> = {
  text: {},
  number: {
    huge: '9'.repeat(30),
    'too large for a bigint': '9223372036854775808',
    infinite: 'Infinity',
    'no number': 'NaN',
    negative: '-1',
    'a fraction': '1.5',
    'a name all objects have': 'constructor',
    'of 10 kB': '1'.repeat(10_000),
  },
  date: {
    impossible: '2026-02-30T10:00',
    'of the year 275760': '275760-09-13T00:00',
    'of the year 9999': '9999-12-31T23:59',
    'of the year 0': '0000-01-01T00:00',
    'long ago': '1969-12-31T23:59',
    'no date': 'constructor',
  },
  choice: {
    unknown: 'king',
    'a name all objects have': '__proto__',
    'of 10 kB': 'a'.repeat(10_000),
    shared: 'toString',
  },
  box: {},
  record: {},
}

/** Taken clean, or refused in words: as the field says. */
export const ODD: Record<string, string> = {
  'all that is unseen': `a\0b\ud800c\u202ed\u200b\ufeffe\u0007\u009b\r\n'; drop table cases; -- %s {0} <%= x %>`,
  'nothing but a NUL': '\0',
  '10 kB of two bytes each': 'é'.repeat(10_000),
  'a name all objects have': '__proto__',
}

/** What no column may hold, however it came in. */
export const UNCLEAN =
  '[\\u0001-\\u0008\\u000e-\\u001f\\u007f-\\u009f\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]'

const USUAL: Record<string, unknown> = {
  description: 'Essai des portes',
  severity: 'Major',
  ticketType: 'essai',
  symptom: 'NO_RING',
  callbackPhone: '01 99 00 00 59',
}

/** The same name and value, or none: what is asked of an odd body is said of one field at a time. */
export function bodyOf(fields: Asked[], path: string, value: unknown): Record<string, unknown> {
  const body: Record<string, unknown> = Object.fromEntries(
    fields.filter(({ path: name }) => name in USUAL).map(({ path: name }) => [name, USUAL[name]]),
  )
  if (fields.some((field) => field.path.startsWith('relatedEntity')))
    body.relatedEntity = [
      { id: '15', role: 'emergencyNumber' },
      { id: '59', role: 'territory' },
    ]
  const [head = '', ...rest] = path.split('.')
  body[head] = rest.reduceRight<unknown>(
    (inner, part) =>
      /^\d+$/.test(part)
        ? [inner]
        : {
            ...(head === 'test' ? { passed: 0, tried: 3 } : { id: '15', role: 'emergencyNumber' }),
            [part]: inner,
          },
    value,
  )
  return body
}

/** What JSON can say where something else was meant. */
export const SHAPES: unknown[] = [
  null,
  true,
  1e308,
  -1,
  0.5,
  '',
  [],
  {},
  ['a'],
  [[]],
  { a: { b: { c: {} } } },
  'a'.repeat(10_000),
  { toString: 1, constructor: {} },
]

/** No fault of ours, and a sentence in its answer that tells nothing of the inside. */
export async function inWords(answer: Response, what: string): Promise<void> {
  expect(answer.status, what).toBeLessThan(500)
  const text = await answer.text()
  if (answer.status >= 400 && text) {
    const { message = '', reason = '' } = JSON.parse(text) as { message?: string; reason?: string }
    expect(`${message} ${reason}`, what).toMatch(/\p{L}{3,}[ .]/u)
  }
  if (answer.status >= 400) expect(text, what).not.toMatch(/select |insert |params|constraint/i)
}

/** Some hundreds of requests are sent by each: a busy machine takes its time. */
export const MANY_MS = 180_000

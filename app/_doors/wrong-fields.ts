import { z } from 'zod'
import { done, type Reason, type Result, refused } from './result.ts'

/** Reads what one contract says in the words of another: what does not fit is a refusal, never an error. */
export function understood<S extends z.ZodType>(schema: S, said: unknown): Result<z.output<S>> {
  const parsed = schema.safeParse(said)
  if (parsed.success) return done(parsed.data)
  const fields = wrongFields(parsed.error.issues, said, schema)
  return { ...refused('forms.to_correct', { count: Object.keys(fields).length }), fields }
}

/**
 * One reason a field, the first; a schema may name its own message key, otherwise the kind of fault chooses. In the order of
 * the schema when it is given, which is that of the page.
 */
export function wrongFields(
  issues: z.core.$ZodIssue[],
  input: unknown,
  schema?: z.ZodType,
): Record<string, Reason> {
  // A sender may name a field as all objects have one.
  const fields = new Map<string, Reason>()
  const asked = schema ? fieldsOf(schema) : []
  const rank = (issue: z.core.$ZodIssue) => asked.indexOf(String(issue.path[0]))
  for (const issue of issues.toSorted((a, b) => rank(a) - rank(b)))
    if (!fields.has(issue.path.join('.')))
      fields.set(issue.path.join('.'), reasonOf(issue, at(input, issue.path)))
  return Object.fromEntries(fields)
}

function fieldsOf(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape)
  if (schema instanceof z.ZodIntersection) return [schema.def.left, schema.def.right].flatMap(fieldsOf)
  return schema instanceof z.ZodPipe ? fieldsOf(schema.def.in) : []
}

function reasonOf(issue: z.core.$ZodIssue, value: unknown): Reason {
  const hour = typeof value === 'string' && Object.hasOwn(HOURS, value) ? HOURS[value] : undefined
  if (hour) return { key: hour }
  const empty = value === undefined || value === null || value === ''
  // Nothing was chosen is not the same as a wrong choice.
  if (empty && issue.message.endsWith('.invalid.choice')) return { key: 'forms.choose' }
  if (KEY.test(issue.message))
    return issue.code === 'too_big' && typeof value === 'string'
      ? { key: issue.message, values: { max: Number(issue.maximum), length: value.trim().length } }
      : { key: issue.message }
  if (value === undefined) return { key: 'forms.required' }
  if (issue.code === 'too_big') return { key: 'forms.too_big', values: { max: Number(issue.maximum) } }
  if (issue.code === 'too_small') return { key: 'forms.too_small', values: { min: Number(issue.minimum) } }
  return { key: 'forms.invalid' }
}

/** What the door read in place of an hour that names no instant, or two (app/_i18n/time.ts). */
const HOURS: Record<string, string> = { '!twice': 'forms.hour_twice', '!never': 'forms.hour_never' }

const KEY = /^[a-z]\w*(\.\w+)+$/

function at(input: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((node, key) => (node as Record<PropertyKey, unknown> | undefined)?.[key], input)
}

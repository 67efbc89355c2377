import type { z } from 'zod'
import type { Reason } from './result.ts'

/** One reason a field, the first; a schema may name its own message key, otherwise the kind of fault chooses. */
export function wrongFields(issues: z.core.$ZodIssue[], input: unknown): Record<string, Reason> {
  const fields: Record<string, Reason> = {}
  for (const issue of issues) fields[issue.path.join('.')] ??= reasonOf(issue, at(input, issue.path))
  return fields
}

function reasonOf(issue: z.core.$ZodIssue, value: unknown): Reason {
  if (KEY.test(issue.message)) return { key: issue.message }
  if (value === undefined) return { key: 'forms.required' }
  if (issue.code === 'too_big') return { key: 'forms.too_big', values: { max: Number(issue.maximum) } }
  if (issue.code === 'too_small') return { key: 'forms.too_small', values: { min: Number(issue.minimum) } }
  return { key: 'forms.invalid' }
}

const KEY = /^[a-z]\w*(\.\w+)+$/

function at(input: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((node, key) => (node as Record<PropertyKey, unknown> | undefined)?.[key], input)
}

import type { ZodError } from 'zod'

/** What a line of a machine says wrong first, by its field; `otherwise` where the schema has no words of that noun for it. */
export function firstFault({ issues: [issue] }: ZodError, otherwise: string): { field: string; key: string } {
  const said = issue?.message ?? ''
  const [noun = ''] = otherwise.split('.')
  return { field: String(issue?.path[0] ?? ''), key: said.startsWith(`${noun}.`) ? said : otherwise }
}

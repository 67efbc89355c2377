import { LEVELS, type Level } from '#db/schema/cases.ts'

/** Of all of them: those under way, those whose promised contact is late, those that are over. */
export const STANDINGS = ['open', 'late', 'over'] as const
export type Scope = 'own' | 'territory'
export type Filters = {
  scope: Scope
  standing: (typeof STANDINGS)[number] | null
  level: Level | null
  number: string | null
}

/** What an address asks for; what it asks wrongly is not asked. An authority reads its territory unless it says otherwise. */
export function readFilters(
  asked: Partial<Record<string, string | string[]>>,
  { authority }: { authority: boolean },
): Filters {
  const one = (name: string) => (typeof asked[name] === 'string' ? asked[name] : undefined)
  return {
    scope: authority && one('scope') !== 'own' ? 'territory' : 'own',
    standing: STANDINGS.find((standing) => standing === one('standing')) ?? null,
    level: LEVELS.find((level) => String(level) === one('level')) ?? null,
    number: /^\d{2,6}$/.exec(one('number') ?? '')?.[0] ?? null,
  }
}

/** The address of such a list, from its question mark on; empty for the whole of one's own. */
export function addressOf({ scope, standing, level, number }: Filters, authority: boolean, after?: string) {
  const query = new URLSearchParams()
  if (authority && scope === 'own') query.set('scope', 'own')
  if (standing) query.set('standing', standing)
  if (level) query.set('level', String(level))
  if (number) query.set('number', number)
  if (after) query.set('after', after)
  return query.size > 0 ? `?${query}` : ''
}

/** The names of the queue's address, in the order in which the server writes them (filters.ts); the place in the list last. */
const VALUES = ['q', 'level', 'state', 'number', 'territory', 'organisation', 'team']
export const FLAGS = ['overdue', 'mine', 'unassigned', 'residual', 'closed'] as const
export type Flag = (typeof FLAGS)[number]

/** `?residual` alone is on, as a person types it. */
export function isOn(value: string | string[] | null | undefined): boolean {
  return value != null && value !== '0' && value !== 'false'
}

/** What only the page can say: what is searched, what a territory was understood as, what incidents left behind. */
const OF_THE_PAGE = ['q', 'territory', 'residual']

/** The same list always has the same address, whatever was typed around it. */
export function ordered(asked: URLSearchParams): URLSearchParams {
  const named = new URLSearchParams()
  const set = (name: string) => {
    const value = asked.get(name)?.trim()
    if (value) named.set(name, value)
  }
  VALUES.forEach(set)
  for (const flag of FLAGS) if (isOn(asked.get(flag))) named.set(flag, '1')
  set('after')
  return named
}

export function pathOf(query: string): string {
  return query ? `/cases?${query}` : '/cases'
}

export function withoutPlace(query: string): string {
  const bare = new URLSearchParams(query)
  bare.delete('after')
  return bare.toString()
}

/** Whether the list of an address can be read without its page. */
export function isListAlone(query: URLSearchParams): boolean {
  return !OF_THE_PAGE.some((name) => query.has(name))
}

/** The list that a link or a filled form of the page leads to; null when it leads elsewhere. */
export function listAskedBy(event: Event): URLSearchParams | null {
  const { target } = event
  if (!(target instanceof Element)) return null
  if (event instanceof SubmitEvent) {
    if (!target.matches('form[method=get][action="/cases"]')) return null
    const typed = [...new FormData(target as HTMLFormElement)].filter(
      ([, value]) => typeof value === 'string',
    )
    return ordered(new URLSearchParams(typed as [string, string][]))
  }
  const link = target.closest<HTMLAnchorElement>('a[href]')
  return link?.pathname === '/cases' && !link.target && !link.download
    ? ordered(new URLSearchParams(link.search))
    : null
}

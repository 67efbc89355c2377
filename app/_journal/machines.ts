/** Names that sign what no person did: a page says it in words. */
export const MACHINES: ReadonlySet<string> = new Set(['clock', 'rules', 'reactions', 'drill'])

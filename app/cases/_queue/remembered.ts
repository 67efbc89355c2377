/**
 * What one person has seen of the queue: from when on anything is new, which cases he opened since, and up to which number all
 * counts as seen, because more were opened than are kept.
 */
export type Kept = { since: number; seen: string[]; upTo?: string }

/** More than a night brings. */
export const REMEMBERED = 500

/** Not opened yet by whom this is kept. */
export function isUnseen(kept: Kept, reference: string, receivedAt: string): boolean {
  if (Date.parse(receivedAt) <= kept.since || kept.seen.includes(reference)) return false
  return !kept.upTo || rank(reference) > rank(kept.upTo)
}

/** The same with these seen too; of too many the oldest numbers are forgotten, and nothing before them is new again. */
export function remember(kept: Kept, references: string[]): Kept {
  const all = [...new Set([...kept.seen, ...references])].sort((a, b) => rank(a) - rank(b))
  const left = all.slice(0, -REMEMBERED)
  const upTo = left.at(-1) ?? kept.upTo
  return { since: kept.since, seen: all.slice(-REMEMBERED), ...(upTo && { upTo }) }
}

/** Case numbers rise within their year. */
function rank(reference: string): number {
  const [, year, number] = /(\d{4})-(\d+)-\d$/.exec(reference) ?? []
  return Number(year ?? 0) * 1e9 + Number(number ?? 0)
}

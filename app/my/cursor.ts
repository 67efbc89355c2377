/**
 * Where a page of the list begins: after this case, among the open ones or among the others; a territory, read the worst first,
 * after so many.
 */
export type Cursor = { open: boolean; at: Date; id: number } | { worst: number }

export function writeCursor(cursor: Cursor): string {
  if ('worst' in cursor) return `w${cursor.worst}`
  return `${cursor.open ? 'o' : 'c'}${cursor.at.getTime()}-${cursor.id}`
}

export function readCursor(text: string | undefined): Cursor | null {
  const [, worst] = /^w(\d{1,6})$/.exec(text ?? '') ?? []
  if (worst) return { worst: Number(worst) }
  // Fourteen figures are the year 5138: one more is a year that no database reads.
  const [, kind, at, id] = /^([oc])(\d{1,14})-(\d{1,12})$/.exec(text ?? '') ?? []
  return kind ? { open: kind === 'o', at: new Date(Number(at)), id: Number(id) } : null
}

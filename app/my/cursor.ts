/** Where a page of the list begins: after this case, among the open ones or among the others. */
export type Cursor = { open: boolean; at: Date; id: number }

export function writeCursor({ open, at, id }: Cursor): string {
  return `${open ? 'o' : 'c'}${at.getTime()}-${id}`
}

export function readCursor(text: string | undefined): Cursor | null {
  const [, kind, at, id] = /^([oc])(\d{1,15})-(\d{1,12})$/.exec(text ?? '') ?? []
  return kind ? { open: kind === 'o', at: new Date(Number(at)), id: Number(id) } : null
}

/** What is done to several cases at once, as the address says it. */
export const SEVERAL_ACTS = ['acknowledge', 'update', 'assign', 'incident', 'attach_duplicate'] as const
export type SeveralAct = (typeof SEVERAL_ACTS)[number]

/** Chosen in place of an incident: one of their own. */
export const NEW_INCIDENT = 'new'

/** The address of a choice: which cases, and what is about to be done to them. */
export function severalPath(references: readonly string[], act?: SeveralAct): string {
  const query = new URLSearchParams(references.map((reference) => ['c', reference]))
  if (act) query.set('do', act)
  return `/cases/several?${query}`
}

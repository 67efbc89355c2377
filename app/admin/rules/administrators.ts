import type { Reason } from '#app/_doors/result.ts'
import type { Role } from '#db/schema/account.ts'

export type AccountFacts = { id: number; role: Role; active: boolean; organisationId: number | null }

/**
 * May this account become that? Somebody must always be able to administer, and nobody takes the chair from under
 * himself: in a crisis at night there is nobody to ask.
 */
export function mayBecome(
  before: AccountFacts,
  after: AccountFacts,
  byId: number | null,
  otherAdministrators: number,
): Reason | null {
  const leaves = isAdministrator(before) && !isAdministrator(after)
  if (leaves && before.id === byId) return { key: 'admin.refused.oneself' }
  if (leaves && otherAdministrators === 0) return { key: 'admin.refused.last_administrator' }
  if (before.active && !after.active && before.id === byId) return { key: 'admin.refused.oneself' }
  return belongs(after)
}

/** A reporter speaks for an organisation; the cell is nobody's reporter. */
export function belongs({
  role,
  organisationId,
}: Pick<AccountFacts, 'role' | 'organisationId'>): Reason | null {
  return role === 'reporter' && organisationId === null
    ? { key: 'admin.refused.reporter_needs_organisation' }
    : null
}

function isAdministrator({ role, active }: AccountFacts): boolean {
  return role === 'admin' && active
}

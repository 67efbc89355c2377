/** An account that somebody opened a moment ago is still his hand: so long, it is no other person beside him. [D] */
export const OPENED_MS = 24 * 3600_000

/** Somebody, and who opened his account to him lately: made it, gave it this role, a passphrase or a link to sign in by. */
export type Hand = { id: number; openedBy: number[] }

/** Whether two hands are of two persons: neither opened the other's account, and nobody opened both. */
export function areTwo(one: Hand, other: Hand): boolean {
  const persons = new Set([one.id, ...one.openedBy])
  return ![other.id, ...other.openedBy].some((id) => persons.has(id))
}

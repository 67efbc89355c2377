/** What a person has to sign in with, besides a passphrase. `codesMade`: he had codes on paper once, used or not. */
export type Ways = { passkeys: number; totp: boolean; codesLeft: number; codesMade: boolean }

export type Holder = {
  /** Agent, lead, director, administrator. */
  worksAtTheCell: boolean
  /** An administrator asks it of his organisation. */
  organisationAsks: boolean
  /** The demonstration that comes with the product: its passphrases are printed, nothing real is behind them. */
  demonstration: boolean
  /** One of the accounts of the demonstration: a visitor must not be able to lock the others out. */
  demoAccount: boolean
}

/** Whether a passphrase is not enough: for whoever works at the cell, and for the organisations of which it is asked. */
export function isStrongAsked({
  worksAtTheCell,
  organisationAsks,
  demonstration,
  demoAccount,
}: Holder): boolean {
  if (demoAccount) return false
  return organisationAsks || (!demonstration && worksAtTheCell)
}

/** One way to sign in, and another for the night when the first is at the bottom of a bag: a second one, or codes on paper. */
export function isSetUp({ passkeys, totp, codesMade }: Ways): boolean {
  const ways = passkeys + (totp ? 1 : 0)
  return ways >= 2 || (ways === 1 && codesMade)
}

/** Enough to go to work with: for whoever is asked nothing more, any way is. */
export function isEnough(holder: Holder, ways: Ways): boolean {
  return isStrongAsked(holder) ? isSetUp(ways) : ways.passkeys > 0 || ways.totp
}

/** After the right passphrase: in; a second proof, whenever there is one to give; or, first, to set one up. */
export function afterPassphrase(holder: Holder, ways: Ways): 'in' | 'second' | 'set_up' {
  if (holder.demoAccount) return 'in'
  if (ways.passkeys > 0 || ways.totp || ways.codesLeft > 0) return 'second'
  return isStrongAsked(holder) ? 'set_up' : 'in'
}

/** Whether the passphrase shows again who one is: of whoever has nothing better to give. */
export function passphraseProves(holder: Holder, ways: Ways): boolean {
  return afterPassphrase(holder, ways) !== 'second'
}

/** After a proof that is strong: in; or, before the first watch, to set up the other way. */
export function afterStrong(holder: Holder, ways: Ways): 'in' | 'set_up' {
  return isStrongAsked(holder) && !isSetUp(ways) ? 'set_up' : 'in'
}

/** Whether these are enough to be left with: the last way of whoever must have one is not thrown away. */
export function mayLose(holder: Holder, left: Ways): boolean {
  return !isStrongAsked(holder) || left.passkeys > 0 || left.totp
}

import type { Role } from '#db/schema/account.ts'

/** Someone signed in, as the database knows him at this request. */
export type AccountActor = {
  kind: 'account'
  accountId: number
  role: Role
  name: string
  email: string
  organisationId: number | null
  /** Territory codes whose cases it sees as an authority, expanded; ['FR'] is everything. */
  territories: string[]
  exerciseId: number | null
  locale: 'fr' | 'en'
}

/** The clock, a drill, a seed: acts by the same commands, signs the journal with its name. */
export type MachineActor = { kind: 'machine'; name: string; exerciseId: number | null }

/** The sign-in door: reads accounts and sessions, sees no case. With `accountId`, it writes in that account's chain. */
export type DoorActor = { kind: 'door'; accountId?: number }

export type Actor = AccountActor | MachineActor | DoorActor

export const CELL_ROLES: readonly Role[] = ['agent', 'lead', 'director', 'admin']

export function isCell(actor: Actor): boolean {
  return actor.kind === 'machine' || (actor.kind === 'account' && CELL_ROLES.includes(actor.role))
}

/** Lead and above: takes over, lowers, decides. */
export function isLead(actor: Actor): boolean {
  return (
    actor.kind === 'account' && (actor.role === 'lead' || actor.role === 'director' || actor.role === 'admin')
  )
}

export function actorId(actor: Actor): number | null {
  return actor.kind === 'machine' ? null : (actor.accountId ?? null)
}

export function exerciseOf(actor: Actor): number | null {
  return actor.kind === 'door' ? null : actor.exerciseId
}

export function machine(name: string, exerciseId: number | null = null): MachineActor {
  return { kind: 'machine', name, exerciseId }
}

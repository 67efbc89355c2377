import type { Role } from '#db/schema/account.ts'
import { type Capability, roleMay, SIDE } from './rules/roles.ts'

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

/** May he? Says nothing of this case or that row: that is for the rule of the noun and the policies of the database. */
export function may(actor: Actor, capability: Capability): boolean {
  if (actor.kind === 'door') return false
  return roleMay(actor.kind === 'machine' ? 'machine' : actor.role, capability)
}

/** On whose side the actor stands; what signs nobody in yet is a machine. */
export function sideOf(actor: Actor): 'reporter' | 'cell' | 'machine' {
  return actor.kind === 'account' ? SIDE[actor.role] : 'machine'
}

export function actorId(actor: Actor): number | null {
  return actor.kind === 'machine' ? null : (actor.accountId ?? null)
}

/** As it signs the journal. */
export function actorName(actor: Actor): string {
  return actor.kind === 'door' ? 'door' : actor.name
}

export function exerciseOf(actor: Actor): number | null {
  return actor.kind === 'door' ? null : actor.exerciseId
}

/** The same outside of any exercise. */
export function outside<A extends Actor>(actor: A): A {
  return exerciseOf(actor) === null ? actor : { ...actor, exerciseId: null }
}

/** Whose something kept on a device is: this account's, in this world. An exercise's report never becomes a real one. */
export function ownerKey({ accountId, exerciseId }: AccountActor): string {
  return exerciseId === null ? String(accountId) : `${accountId}:${exerciseId}`
}

export function machine(name: string, exerciseId: number | null = null): MachineActor {
  return { kind: 'machine', name, exerciseId }
}

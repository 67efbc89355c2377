import { and, eq, inArray } from 'drizzle-orm'
import { exerciseOf, type MachineActor } from '#app/_auth/actor.ts'
import { account } from '#db/schema/account.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { inboxChannel } from '../channels/inbox.ts'
import type { Notice, NotificationChannel } from '../port.ts'

const CHANNELS: NotificationChannel[] = [inboxChannel]

/** Tells each notice over every channel. */
export async function notify(actor: MachineActor, notices: Notice[], now: Date): Promise<void> {
  if (notices.length === 0) return
  await asActor(actor, (tx) => deliver(tx, actor, notices, now))
}

export async function deliver(tx: Tx, actor: MachineActor, notices: Notice[], now: Date): Promise<void> {
  if (notices.length === 0) return
  for (const channel of CHANNELS) await channel.deliver(tx, exerciseOf(actor), notices, now)
}

/** Active accounts of these roles: until the roster says who is on duty, every lead and every director is told. */
export async function accountsOfRole(tx: Tx, roles: ('lead' | 'director')[]): Promise<number[]> {
  if (roles.length === 0) return []
  const found = await tx
    .select({ id: account.id })
    .from(account)
    .where(and(inArray(account.role, roles), eq(account.active, true)))
  return found.map((one) => one.id)
}

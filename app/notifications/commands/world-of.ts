import { eq } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { realWorld, type World, worldsThatRing } from '#app/exercises/clock.ts'
import { outbox } from '#db/schema/notification.ts'
import { goOnAs, type Tx } from '#db/transaction.ts'

/**
 * Whoever answers a message says its number and nothing of its world: from here on the transaction is in the one that the message
 * was told in. What an exercise sent is answered in that exercise alone; of one that is over nothing is found.
 */
export async function enterWorldOf(tx: Tx, machine: MachineActor, outboxId: number): Promise<World> {
  const real = realWorld(machine)
  if (await isThere(tx, outboxId)) return real
  for (const world of await worldsThatRing(tx, machine)) {
    await goOnAs(tx, world.actor)
    if (await isThere(tx, outboxId)) return world
  }
  await goOnAs(tx, machine)
  return real
}

async function isThere(tx: Tx, outboxId: number): Promise<boolean> {
  const found = await tx.select({ id: outbox.id }).from(outbox).where(eq(outbox.id, outboxId))
  return found.length > 0
}

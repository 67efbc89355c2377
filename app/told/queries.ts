import { and, asc, eq, inArray } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { organisation } from '#db/schema/directory.ts'
import { asActor } from '#db/transaction.ts'
import { readTold } from './read.ts'
import { KINDS } from './rules/told.ts'

export function readToldPage(actor: AccountActor, now: Date) {
  return asActor(actor, async (tx) => ({
    incidents: await readTold(tx, now),
    organisations: await tx
      .select({ id: organisation.id, name: organisation.name })
      .from(organisation)
      .where(and(eq(organisation.active, true), inArray(organisation.kind, Object.values(KINDS).flat())))
      .orderBy(asc(organisation.name)),
  }))
}

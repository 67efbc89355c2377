import { and, asc, eq, sql } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { type Refusal, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import type { EventName } from '#app/_journal/events.ts'
import { administer } from '#app/directory/commands/administer.ts'
import { organisation, site } from '#db/schema/directory.ts'
import { move, moveStep, moveTest } from '#db/schema/migration.ts'
import type { Tx } from '#db/transaction.ts'
import { judgeContact, keptPromise } from '../rules/promise.ts'
import { nextCutOver } from '../rules/steps.ts'

export type OnSite = {
  tx: Tx
  admin: Actor
  now: Date
  site: {
    id: number
    name: string
    territoryCode: string
    communeCode: string | null
    numbers: string[]
    organisationId: number
    organisation: string
  }
  move: typeof move.$inferSelect | null
  steps: (typeof moveStep.$inferSelect)[]
}

/**
 * One change of a site that is led to IP: seen, locked, written, told. Whatever is changed, the promise of a next contact
 * is renewed in the same breath (`promise`), and an open move never stands without one.
 */
export function changeSite<T>(
  actor: Actor,
  siteId: number,
  now: Date,
  work: (on: OnSite) => Promise<Result<T>>,
): Promise<Result<T>> {
  return administer(actor, 'migration.work', async (tx, admin) => {
    const on = await see(tx, admin, siteId, now)
    return on ? work(on) : refused('migration.refused.absent')
  })
}

/** The site with its move and its steps, the move locked: two hands on one site follow each other. */
export async function see(tx: Tx, admin: Actor, siteId: number, now: Date): Promise<OnSite | null> {
  const [found] = await tx
    .select({
      id: site.id,
      name: site.name,
      territoryCode: site.territoryCode,
      communeCode: site.communeCode,
      numbers: site.numbers,
      organisationId: site.organisationId,
      organisation: organisation.name,
    })
    .from(site)
    .innerJoin(organisation, eq(organisation.id, site.organisationId))
    .where(and(eq(site.id, siteId), eq(site.active, true), sql`${organisation.exerciseId} is null`))
  if (!found) return null
  const [open] = await tx.select().from(move).where(eq(move.siteId, siteId)).for('update')
  const steps = await tx
    .select()
    .from(moveStep)
    .where(eq(moveStep.siteId, siteId))
    .orderBy(asc(moveStep.startsAt), asc(moveStep.id))
  return { tx, admin, now, site: found, move: open ?? null, steps }
}

/** The promise asked for, or the one that stands, judged against the steps as they are now. */
export function promised(
  on: OnSite,
  asked: Date | null,
  steps = on.steps,
): { at: Date } | { refusal: Refusal } {
  const next = nextCutOver(steps)
  if (asked === null) return { at: keptPromise(on.move?.nextContactAt ?? null, next, on.now) }
  const verdict = judgeContact(asked, next, on.now)
  return verdict.ok ? { at: asked } : { refusal: refusedField('nextContactAt', verdict.key, verdict.values) }
}

export async function promise({ tx, site: { id } }: OnSite, at: Date): Promise<void> {
  await tx.update(move).set({ nextContactAt: at, promiseMissedAt: null }).where(eq(move.siteId, id))
}

export function testsOf(tx: Tx, siteId: number) {
  return tx
    .select()
    .from(moveTest)
    .where(eq(moveTest.siteId, siteId))
    .orderBy(asc(moveTest.at), asc(moveTest.id))
}

/** One line in the chain of the site: its history. */
export function writeDown(
  { tx, admin, now, site: of }: OnSite,
  event: EventName,
  data: Record<string, unknown>,
  text?: string | null,
): Promise<void> {
  return append(tx, admin, {
    chain: `migration:${of.id}`,
    event,
    visibility: 'internal',
    at: now,
    text,
    data: { siteId: of.id, site: of.name, organisationId: of.organisationId, ...data },
  })
}

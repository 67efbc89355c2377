import { and, eq, isNull } from 'drizzle-orm'
import { type Actor, actorName } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { move, moveBlocker, siteCheck } from '#db/schema/migration.ts'
import type { blockInput, checkInput, contactInput, Input, liftInput, moveInput } from '../input.ts'
import { changeSite, promise, promised, writeDown } from './on-site.ts'

/** The site is led to IP, from now on or to another target: somebody answers for it, and it is promised a next contact. */
export function planMove(actor: Actor, input: Input<typeof moveInput>, now: Date): Promise<Result<null>> {
  return changeSite(actor, input.siteId, now, async (on) => {
    const next = promised(on, input.nextContactAt)
    if ('refusal' in next) return next.refusal
    const { target, targetOn, ownerName } = input
    const set = { target, targetOn, ownerName, nextContactAt: next.at, promiseMissedAt: null, endedAt: null }
    await on.tx
      .insert(move)
      .values({ siteId: on.site.id, openedAt: now, ...set })
      .onConflictDoUpdate({ target: move.siteId, set })
    await writeDown(
      on,
      'migration.planned',
      { made: !on.move, targetOn, ownerName, nextContactAt: next.at },
      target,
    )
    return done(null)
  })
}

/** What was said to the site, and when it hears from us next: the promise is kept, and made anew. */
export function contactSite(
  actor: Actor,
  input: Input<typeof contactInput>,
  now: Date,
): Promise<Result<{ nextContactAt: Date }>> {
  return changeSite(actor, input.siteId, now, async (on) => {
    if (!on.move || on.move.endedAt) return refused('migration.refused.no_move')
    const next = promised(on, input.nextContactAt)
    if ('refusal' in next) return next.refusal
    await promise(on, next.at)
    await writeDown(on, 'migration.contacted', { nextContactAt: next.at }, input.said)
    return done({ nextContactAt: next.at })
  })
}

/** Something stands in the way: it is on the page until somebody says that it is gone. */
export function blockMove(actor: Actor, input: Input<typeof blockInput>, now: Date): Promise<Result<null>> {
  return changeSite(actor, input.siteId, now, async (on) => {
    if (!on.move || on.move.endedAt) return refused('migration.refused.no_move')
    const { what, waitsFor } = input
    await on.tx.insert(moveBlocker).values({ siteId: on.site.id, what, waitsFor, since: now })
    await writeDown(on, 'migration.blocked', { waitsFor }, what)
    return done(null)
  })
}

export function liftBlocker(actor: Actor, input: Input<typeof liftInput>, now: Date): Promise<Result<null>> {
  return changeSite(actor, input.siteId, now, async (on) => {
    const [lifted] = await on.tx
      .update(moveBlocker)
      .set({ liftedAt: now })
      .where(
        and(
          eq(moveBlocker.id, input.blockerId),
          eq(moveBlocker.siteId, on.site.id),
          isNull(moveBlocker.liftedAt),
        ),
      )
      .returning()
    if (!lifted) return refused('migration.refused.lifted')
    await writeDown(on, 'migration.unblocked', {}, lifted.what)
    return done(null)
  })
}

/** One question of the resilience checklist: yes, no or unknown, with its proof and the day of it. */
export function answerCheck(actor: Actor, input: Input<typeof checkInput>, now: Date): Promise<Result<null>> {
  return changeSite(actor, input.siteId, now, async (on) => {
    const { siteId, item, answer, proof, provedOn } = input
    if (provedOn && Date.parse(`${provedOn}T00:00:00Z`) > now.getTime() + 86_400_000)
      return refused('migration.invalid.day_ahead')
    const row = { siteId, item, answer, proof, provedOn, byName: actorName(on.admin), at: now }
    await on.tx
      .insert(siteCheck)
      .values(row)
      .onConflictDoUpdate({ target: [siteCheck.siteId, siteCheck.item], set: row })
    await writeDown(on, 'migration.checked', { item, answer, provedOn }, proof)
    return done(null)
  })
}

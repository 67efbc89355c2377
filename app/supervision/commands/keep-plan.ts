import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { type Actor, actorName } from '#app/_auth/actor.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { dayKey } from '#app/_i18n/time.ts'
import { administer, writeDown } from '#app/directory/commands/administer.ts'
import { organisation } from '#db/schema/directory.ts'
import { territory } from '#db/schema/reference.ts'
import { probe, probeWatch, testAgreement, testPlan } from '#db/schema/supervision.ts'
import type {
  agreementIdInput,
  agreementInput,
  Input,
  planInput,
  probeIdInput,
  probeInput,
  unplanInput,
} from '../input.ts'
import { type AgreementVerdict, judgeAgreement, judgePlan } from '../rules/agreement.ts'

const may = 'supervision.keep'
const CHAIN = 'supervision'

/** A probe the plan may name; its runner says it by this name. */
export function addProbe(
  actor: Actor,
  input: Input<typeof probeInput>,
  now: Date,
): Promise<Result<{ id: number }>> {
  return administer(
    actor,
    may,
    async (tx, keeper) => {
      const [place] = await tx.select().from(territory).where(eq(territory.code, input.territoryCode))
      if (!place) return refusedField('territoryCode', 'supervision.invalid.choose')
      const [row] = await tx
        .insert(probe)
        .values({ ...input, createdAt: now })
        .returning({ id: probe.id })
      await writeDown(tx, keeper, CHAIN, 'supervision.probe_added', { ...input, probe: row?.id }, now)
      return done({ id: row?.id ?? 0 })
    },
    refusedField('name', 'supervision.refused.probe_taken'),
  )
}

/** It calls nobody any more, and its silence is no finding. What it proved stays. */
export function retireProbe(
  actor: Actor,
  { probeId }: Input<typeof probeIdInput>,
  now: Date,
): Promise<Result<null>> {
  return administer(actor, may, async (tx, keeper) => {
    const [row] = await tx
      .update(probe)
      .set({ active: false })
      .where(and(eq(probe.id, probeId), eq(probe.active, true)))
      .returning()
    if (!row) return refused('supervision.refused.gone')
    await tx.delete(testPlan).where(eq(testPlan.probeId, probeId))
    await writeDown(tx, keeper, CHAIN, 'supervision.probe_retired', { name: row.name }, now)
    return done(null)
  })
}

/** A centre agrees to be called: without it nobody of it is. */
export function agree(
  actor: Actor,
  input: Input<typeof agreementInput>,
  now: Date,
): Promise<Result<{ id: number }>> {
  return administer(actor, may, async (tx, keeper) => {
    const [centre] = await tx
      .select({ code: organisation.territoryCode, name: organisation.name, zone: territory.timeZone })
      .from(organisation)
      .innerJoin(territory, eq(territory.code, organisation.territoryCode))
      .where(
        and(
          eq(organisation.id, input.organisationId),
          eq(organisation.active, true),
          isNull(organisation.exerciseId),
        ),
      )
    if (!centre) return refusedField('organisationId', 'supervision.invalid.choose')
    const verdict = judgeAgreement(input, dayKey(now, centre.zone))
    if (!verdict.allowed) return refusal(verdict)
    const [row] = await tx
      .insert(testAgreement)
      .values({
        ...input,
        territoryCode: centre.code,
        createdAt: now,
        createdByName: actorName(keeper),
      })
      .returning({ id: testAgreement.id })
    await writeDown(
      tx,
      keeper,
      CHAIN,
      'supervision.agreed',
      { agreement: row?.id, name: centre.name, number: input.number, territory: centre.code },
      now,
    )
    return done({ id: row?.id ?? 0 })
  })
}

export function endAgreement(
  actor: Actor,
  { agreementId }: Input<typeof agreementIdInput>,
  now: Date,
): Promise<Result<null>> {
  return administer(actor, may, async (tx, keeper) => {
    const [row] = await tx
      .update(testAgreement)
      .set({ endedAt: now, endedByName: actorName(keeper) })
      .where(and(eq(testAgreement.id, agreementId), isNull(testAgreement.endedAt)))
      .returning()
    if (!row) return refused('supervision.refused.gone')
    await tx.delete(testPlan).where(eq(testPlan.agreementId, agreementId))
    await writeDown(
      tx,
      keeper,
      CHAIN,
      'supervision.agreement_ended',
      { agreement: agreementId, number: row.number, territory: row.territoryCode },
      now,
    )
    return done(null)
  })
}

/** Which probe calls an agreed destination, and how often: refused without an agreement, or beyond what its centre accepts. */
export function planCalls(actor: Actor, input: Input<typeof planInput>, now: Date): Promise<Result<null>> {
  return administer(actor, may, async (tx, keeper) => {
    const [agreed] = await tx
      .select({ row: testAgreement, zone: territory.timeZone })
      .from(testAgreement)
      .innerJoin(territory, eq(territory.code, testAgreement.territoryCode))
      .where(and(eq(testAgreement.id, input.agreementId), isNull(testAgreement.endedAt)))
      .for('update', { of: testAgreement })
    if (!agreed) return refusedField('agreementId', 'supervision.refused.no_agreement')
    const verdict = judgeAgreement(agreed.row, dayKey(now, agreed.zone))
    if (!verdict.allowed) return refusal({ ...verdict, field: 'agreementId' })
    const [caller] = await tx
      .select()
      .from(probe)
      .where(and(eq(probe.id, input.probeId), eq(probe.active, true)))
    if (!caller) return refusedField('probeId', 'supervision.refused.gone')
    const others = await tx
      .select({ everyS: testPlan.everyS })
      .from(testPlan)
      .where(and(eq(testPlan.agreementId, input.agreementId), ne(testPlan.probeId, input.probeId)))
    const everyS = Math.round(input.everyMin * 60)
    const often = judgePlan(
      everyS,
      others.map((one) => one.everyS),
      agreed.row,
    )
    if (!often.allowed) return refusal(often)
    await tx
      .insert(testPlan)
      .values({ agreementId: input.agreementId, probeId: input.probeId, everyS })
      .onConflictDoUpdate({ target: [testPlan.agreementId, testPlan.probeId], set: { everyS } })
    await writeDown(
      tx,
      keeper,
      CHAIN,
      'supervision.planned',
      {
        agreement: input.agreementId,
        name: caller.name,
        number: agreed.row.number,
        territory: agreed.row.territoryCode,
        everyS,
      },
      now,
    )
    return done(null)
  })
}

export function unplanCalls(
  actor: Actor,
  input: Input<typeof unplanInput>,
  now: Date,
): Promise<Result<null>> {
  return administer(actor, may, async (tx, keeper) => {
    const gone = await tx
      .delete(testPlan)
      .where(and(eq(testPlan.agreementId, input.agreementId), eq(testPlan.probeId, input.probeId)))
      .returning()
    if (gone.length === 0) return refused('supervision.refused.gone')
    await writeDown(
      tx,
      keeper,
      CHAIN,
      'supervision.unplanned',
      { agreement: input.agreementId, probe: input.probeId },
      now,
    )
    return done(null)
  })
}

/** The switch: no probe calls anybody until it is turned back. Runners ask every few seconds, and hang up at once. */
export function switchProbes(actor: Actor, { stop }: { stop: boolean }, now: Date): Promise<Result<null>> {
  return administer(actor, may, async (tx, keeper) => {
    const name = actorName(keeper)
    const [changed] = await tx
      .update(probeWatch)
      .set(stop ? { stoppedAt: now, stoppedByName: name } : { stoppedAt: null, stoppedByName: null })
      .where(stop ? isNull(probeWatch.stoppedAt) : sql`${probeWatch.stoppedAt} is not null`)
      .returning({ id: probeWatch.id })
    // Whoever was second sees what the first did: it is what both wanted.
    if (changed)
      await writeDown(tx, keeper, CHAIN, stop ? 'supervision.stopped' : 'supervision.resumed', {}, now)
    return done(null)
  })
}

function refusal({ key, values, field }: Extract<AgreementVerdict, { allowed: false }>) {
  return field ? refusedField(field, key, values) : refused(key, values)
}

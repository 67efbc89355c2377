import { and, desc, eq, isNull } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { done, type Result } from '#app/_doors/result.ts'
import { idOf, type Taken, takeResults } from '#app/supervision/commands/take-results.ts'
import { type Orders, tellRunner } from '#app/supervision/commands/tell-runner.ts'
import type { batchInput, Input, runnerInput } from '#app/supervision/input.ts'
import { judgeLine, type KeptLine } from '#app/supervision/rules/result-line.ts'
import { fallback, fallbackLine, fallbackTest } from '#db/schema/fallback.ts'
import { probe } from '#db/schema/supervision.ts'
import { asActor, type Tx, together } from '#db/transaction.ts'
import { EVERY_S, isFallback, nameOf, probesOf } from '../rules/probed.ts'
import { logTest } from './test.ts'

/** What a probe is to call now: its plan, and the fallbacks that are open when their owner agreed to it. */
export async function tellProbe(
  actor: MachineActor,
  input: Input<typeof runnerInput>,
  now: Date,
): Promise<Result<Orders>> {
  const told = await tellRunner(actor, input, now)
  if (!told.ok || told.value.stopped) return told
  const calls = await asActor(actor, (tx) => callsOf(tx, input.probe))
  return done({ ...told.value, calls: [...told.value.calls, ...calls] })
}

/** Numbers are read here alone, for the call itself. */
async function callsOf(tx: Tx, name: string): Promise<Orders['calls']> {
  const open = await tx
    .select({
      ...{ id: fallback.id, number: fallback.covers, territory: fallback.territoryCode },
      destination: fallbackLine.phone,
    })
    .from(fallback)
    .innerJoin(fallbackLine, eq(fallbackLine.fallbackId, fallback.id))
    .where(and(eq(fallback.state, 'open'), eq(fallback.probed, true), isNull(fallback.exerciseId)))
    .orderBy(fallback.id)
  if (open.length === 0) return []
  const probes = await tx.select().from(probe).where(eq(probe.active, true))
  return open
    .filter((one) => probesOf(one.territory, probes).some((chosen) => chosen.name === name.toLowerCase()))
    .map(({ id, ...of }) => ({
      ...{ agreement: nameOf(id), ...of, everyS: EVERY_S, mostPerHour: 3600 / EVERY_S },
    }))
}

/** What a probe says of its calls: those to fallbacks are tests of them, the others go to the supervision. */
export function hearProbe(
  actor: MachineActor,
  batch: Input<typeof batchInput>,
  now: Date,
): Promise<Result<Taken>> {
  const lines = batch.results.map((raw, at) => ({ raw, line: at + 1 }))
  const { own = [], rest = [] } = Object.groupBy(lines, ({ raw }) =>
    isFallback(Object(raw).agreement) ? 'own' : 'rest',
  )
  if (own.length === 0) return takeResults(actor, batch, now)
  return together(actor, async () => {
    const known = await asActor(actor, agreed)
    const judged = own.map((one) => ({ ...one, verdict: judgeLine(one.raw, known, now.getTime()) }))
    const wrong = judged.flatMap(({ raw, line, verdict }) =>
      verdict.ok ? [] : [{ line, id: idOf(raw), field: verdict.field, key: verdict.key }],
    )
    const nothing = batch.allOrNone && wrong.length > 0
    const results = nothing ? [] : rest.map(({ raw }) => raw)
    const taken = await takeResults(actor, { ...batch, results }, now)
    if (!taken.ok) return taken
    const others = taken.value.refused.map((one) => ({ ...one, line: rest[one.line - 1]?.line ?? one.line }))
    const refused = [...wrong, ...others].sort((a, b) => a.line - b.line)
    const good =
      batch.allOrNone && refused.length > 0
        ? []
        : judged.flatMap(({ verdict }) => (verdict.ok ? verdict.line : []))
    const news = await asActor(actor, (tx) => hear(tx, actor, batch.probe, good, now))
    return done({
      taken: taken.value.taken + news,
      known: taken.value.known + good.length - news,
      refused,
    })
  })
}

/** Closed ones too: what was called before its end is told after it. */
async function agreed(tx: Tx) {
  const rows = await tx
    .select({ id: fallback.id, number: fallback.covers, territory: fallback.territoryCode })
    .from(fallback)
    .where(and(eq(fallback.probed, true), isNull(fallback.exerciseId)))
  return new Map(rows.map(({ id, ...of }) => [nameOf(id), of]))
}

/** Older says nothing of whether it works now. */
const FRESH_MS = EVERY_S * 1000

/**
 * A test as a person's, once for as long as it says the same: then its hour is that of the newest call. How many are new: one told
 * again is none.
 */
async function hear(
  tx: Tx,
  actor: MachineActor,
  name: string,
  calls: readonly KeptLine[],
  now: Date,
): Promise<number> {
  const [caller] = await tx.select().from(probe).where(eq(probe.name, name.toLowerCase()))
  const network = `${caller?.operator} · ${caller?.name}`
  let news = 0
  for (const { agreement, at, verdict } of [...calls].sort((a, b) => a.at - b.at)) {
    if (verdict === 'not_placed' || now.getTime() - at > FRESH_MS) continue
    const [fallbackId, passed] = [nameOf(agreement), Number(verdict !== 'failed')]
    const [last] = await tx
      .select()
      .from(fallbackTest)
      .where(and(eq(fallbackTest.fallbackId, fallbackId), eq(fallbackTest.network, network)))
      .orderBy(desc(fallbackTest.at), desc(fallbackTest.id))
      .limit(1)
    if (last && last.at.getTime() >= at) continue
    news += 1
    if (last && last.passed === passed)
      await tx
        .update(fallbackTest)
        .set({ at: new Date(at) })
        .where(eq(fallbackTest.id, last.id))
    else await logTest(tx, actor, { fallbackId, network, passed, tried: 1 }, new Date(at))
  }
  return news
}

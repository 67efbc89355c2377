import { eq, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { dayKey, toLocalInput } from '#app/_i18n/time.ts'
import { probe, type testAgreement } from '#db/schema/supervision.ts'
import { asActor } from '#db/transaction.ts'
import type { Input, runnerInput } from '../input.ts'
import { judgeCall } from '../rules/agreement.ts'

/** What a runner is to do now. `stopped`: hang up and call nobody. */
export type Orders = {
  stopped: boolean
  calls: {
    agreement: number
    number: string
    territory: string
    destination: string
    everyS: number
    mostPerHour: number
  }[]
  bursts: { id: number; agreement: number; destination: string; calls: number }[]
}

type Row = {
  agreement: typeof testAgreement.$inferSelect & { endedAt: string | null }
  everyS: number | null
  burst: { id: number; calls: number } | null
  zone: string
}

/** The plan of one probe at `now`, and the bursts that ask for it. To ask is a sign of life. */
export function tellRunner(
  actor: MachineActor,
  input: Input<typeof runnerInput>,
  now: Date,
): Promise<Result<Orders>> {
  return asActor(actor, async (tx) => {
    const [caller] = await tx
      .update(probe)
      .set({ heardAt: now })
      .where(eq(probe.name, input.probe.toLowerCase()))
      .returning()
    if (!caller?.active) return refused('supervision.line.unknown_probe')
    const [watch] = await tx.execute<{ stopped: boolean }>(
      sql`select stopped_at is not null as stopped from probe_watch where id = 1`,
    )
    if (watch?.stopped) return done({ stopped: true, calls: [], bursts: [] })
    const rows = await tx.execute<Row>(sql`
      select to_jsonb(x) as agreement, w."everyS", w.burst, t.time_zone as zone
      from (
        select p.agreement_id, p.every_s as "everyS", null::jsonb as burst from test_plan p where p.probe_id = ${caller.id}
        union all
        select b.agreement_id, null, jsonb_build_object('id', b.id, 'calls', b.calls) from probe_burst b
          where b.state = 'open' and ${caller.id} = any (b.probe_ids)) w
      join (select id, number, territory_code as "territoryCode", destination, emergency_itself as "emergencyItself", written_as as "writtenAs",
          agreed_on as "agreedOn", until, from_hour as "fromHour", to_hour as "toHour", most_per_hour as "mostPerHour", ended_at as "endedAt"
        from test_agreement where ended_at is null) x on x.id = w.agreement_id
      join territory t on t.code = x."territoryCode"
      -- Number by number through the territories: what one place answers is tried at even intervals.
      order by x.number, x."territoryCode", x.id`)
    const allowed = rows.filter(({ agreement, zone }) => {
      const hour = Number(toLocalInput(now, zone).slice(11, 13))
      const at = { today: dayKey(now, zone), hour, now: now.getTime() }
      return judgeCall({ ...agreement, endedAt: null }, at).allowed
    })
    return done({
      stopped: false,
      calls: allowed.flatMap(({ agreement: one, everyS }) =>
        everyS === null
          ? []
          : [
              {
                ...{ agreement: one.id, number: one.number, territory: one.territoryCode },
                ...{ destination: one.destination, everyS, mostPerHour: one.mostPerHour },
              },
            ],
      ),
      bursts: allowed.flatMap(({ agreement: one, burst }) =>
        burst ? [{ ...burst, agreement: one.id, destination: one.destination }] : [],
      ),
    })
  })
}

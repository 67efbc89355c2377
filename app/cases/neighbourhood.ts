import { sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { asActor } from '#db/transaction.ts'

export type Neighbourhood = {
  number: string
  /** Other organisations of the département that report it now, verified. */
  centres: number
  since: string | null
  /** Other départements of the region where somebody does. */
  places: number
}

/** "Is it only us?" Null: it is not for this person to know; counts, never names. */
export function readNeighbourhood(
  actor: AccountActor,
  territoryCode: string,
  numbers: readonly string[],
): Promise<Neighbourhood[] | null> {
  return asActor(actor, async (tx) => {
    const asked = sql.param(`{${numbers.map((number) => JSON.stringify(number)).join(',')}}`)
    const [row] = await tx.execute<{ found: Neighbourhood[] | null }>(
      sql`select app.neighbourhood(${territoryCode}, ${asked}::text[]) as found`,
    )
    return row?.found ?? null
  })
}

import { eq, inArray, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { broadcast, broadcastRecipient } from '#db/schema/broadcast.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { OutboxRow } from './give-up.ts'

/** A stop takes effect within two seconds: it is looked for so often while a batch waits for its network. */
const LOOK_MS = 400

/** Is the message that it is one of still being sent? */
export async function stillSends(tx: Tx, { data }: Pick<OutboxRow, 'data'>): Promise<boolean> {
  const [found] = await tx.execute<{ sends: boolean }>(
    sql`select state = 'running' as sends from broadcast where id = ${Number(data.broadcastId) || 0}`,
  )
  return found?.sends ?? false
}

/** The telephones of a batch that are each one of many, in one reading: where to, and whether its message is still being sent. */
export async function manyOf(tx: Tx, batch: readonly OutboxRow[]): Promise<Map<number, One>> {
  const ids = batch.flatMap((row) => (row.toType === 'telephone' ? row.toId : []))
  if (ids.length === 0) return new Map()
  const found = await tx
    .select({ id: broadcastRecipient.id, phone: broadcastRecipient.phone, state: broadcast.state })
    .from(broadcastRecipient)
    .innerJoin(broadcast, eq(broadcast.id, broadcastRecipient.broadcastId))
    .where(inArray(broadcastRecipient.id, ids))
  return new Map(found.map(({ id, phone, state }) => [id, { phone, sends: state === 'running' }]))
}
type One = { phone: string; sends: boolean }

/** Runs a batch; what of it still waits for a slow network is called back when somebody presses stop. */
export async function whileItSends<T>(
  clock: MachineActor,
  batch: readonly OutboxRow[],
  run: (stopped: AbortSignal | null) => Promise<T>,
): Promise<T> {
  const one = batch.find((row) => row.toType === 'telephone')
  if (!one) return run(null)
  const stopped = new AbortController()
  const looking = setInterval(() => {
    asActor(clock, (tx) => stillSends(tx, one)).then(
      (sends) => !sends && stopped.abort(),
      // A database that is away stops nothing: the batch ends by itself.
      () => {},
    )
  }, LOOK_MS)
  try {
    return await run(stopped.signal)
  } finally {
    clearInterval(looking)
  }
}

import { sql } from 'drizzle-orm'
import type postgres from 'postgres'
import type { MachineActor } from '#app/_auth/actor.ts'
import { asActor } from '#db/transaction.ts'
import { type Verified, verifyJournal } from './verify.ts'

/** Walks the journal and remembers when, and what was found: the page of operations says it to everybody in the cell. */
export async function proveJournal(
  reader: postgres.Sql,
  actor: MachineActor,
  now: Date,
  checkpoints?: string,
): Promise<Verified> {
  const verified = await verifyJournal(reader, checkpoints)
  const { lines, chains } = verified
  const proof = JSON.stringify({ at: now.toISOString(), lines, chains, broken: firstWrong(verified) })
  await asActor(actor, (tx) =>
    tx.execute(sql`insert into setting (key, value) values ('journal_proof', ${proof}::jsonb)
      on conflict (key) do update set value = excluded.value`),
  )
  return verified
}

function firstWrong({ broken, flaw }: Verified): { chain: string; seq: number } | null {
  if (broken) return { chain: broken.chain, seq: broken.seq }
  return flaw ? { chain: 'checkpoints', seq: typeof flaw === 'object' ? flaw.n : 0 } : null
}

import type postgres from 'postgres'
import { type Verified, verifyJournal } from './verify.ts'

/** Walks the journal and remembers when, and what was found: the page of operations says it to everybody in the cell. */
export async function proveJournal(owner: postgres.Sql, now: Date, checkpoints?: string): Promise<Verified> {
  const verified = await verifyJournal(owner, checkpoints)
  const { lines, chains, broken, flaw } = verified
  const proof = {
    at: now.toISOString(),
    lines,
    chains,
    broken: broken
      ? { chain: broken.chain, seq: broken.seq }
      : flaw
        ? { chain: 'checkpoints', seq: typeof flaw === 'object' ? flaw.n : 0 }
        : null,
  }
  await owner`insert into setting (key, value) values ('journal_proof', ${owner.json(proof)})
    on conflict (key) do update set value = excluded.value`
  return verified
}

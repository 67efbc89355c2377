import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { clockShift } from '#app/_doors/clock.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { addCheckpoint, checkpointPath, nothingSealed, readCheckpoints, type Sealed } from './checkpoints.ts'
import { keyId, keyPath, signingKey } from './key.ts'

/** At least so often, also while nothing changes: that nothing was taken away is news too. */
export const LONGEST_MS = 3_600_000
/** Chains asked for at once: memory does not grow with the journal. */
const CHAINS = 2_000

/** What this process knows of the file, so that it is read once; another that adds to it is noticed by its size. */
let known: { path: string; size: number; sealed: Sealed } | null = null

type Head = { chain: string; seq: number }
export type Taken = { taken: boolean; failed?: Error }

/**
 * Signs where every chain of the journal stands, in a file that the owner of the database cannot reach. Called in the turn of
 * its clock: what changed since the last one is covered, and once an hour all of it again.
 */
export async function takeCheckpoint(
  actor: MachineActor,
  now: Date,
  path = checkpointPath(),
  key = keyPath(),
): Promise<Taken> {
  const sealed = await readOnce(path)
  const signing = signingKey(key)
  if (sealed.key && keyId(sealed.key) !== signing.id)
    throw new Error(
      `the checkpoints in ${path} await the key ${keyId(sealed.key)}, and ours is ${signing.id}`,
    )
  return asActor(actor, async (tx) => {
    const { heads, at } = await readHeads(tx)
    const { ahead, behind, chains, lines } = compared(heads, sealed)
    const last = sealed.last
    const due = !last || now.getTime() - Date.parse(last.at) >= LONGEST_MS
    if (ahead.length === 0 && !due) return { taken: false, ...alarm(behind) }
    const journal = await markOf(tx)
    if (last && last.journal !== journal)
      throw new Error(`the checkpoints in ${path} are those of another database`)
    known = null
    const made = await addCheckpoint(
      path,
      sealed,
      entriesOf(tx, ahead, sealed),
      {
        at: now.toISOString(),
        database_at: at,
        journal,
        lines,
        chains,
        heads_sha256: createHash('sha256').update(heads).digest('hex'),
      },
      signing,
    )
    known = { path, size: statSync(path).size, sealed }
    // By the real clock: journeys shift the one of the doors.
    const aheadS = (now.getTime() - clockShift() - Date.parse(at)) / 1000
    await remember(tx, { n: made.n, at: made.at, key: made.key, lines, chains, aheadS })
    return { taken: true, ...alarm(behind) }
  })
}

/** Which chains have grown since they were sealed, and which are shorter or gone: those were tampered with. */
function compared(heads: string, { heads: sealed }: Sealed) {
  const [ahead, behind]: [Head[], string[]] = [[], []]
  let [chains, lines] = [0, 0]
  for (let from = 0, to = heads.indexOf('\n'); to >= 0; from = to + 1, to = heads.indexOf('\n', from)) {
    const [chain = '', number] = heads.slice(from, to).split(' ')
    const seq = Number(number)
    const before = sealed.get(chain)
    chains++
    lines += seq
    if (before === undefined || seq > before) ahead.push({ chain, seq })
    else if (seq < before) behind.push(chain)
  }
  // Gone, unless it was counted as grown or shorter.
  if (chains - ahead.filter(({ chain }) => !sealed.has(chain)).length < sealed.size) {
    const there = new Set(heads.split('\n').map((line) => line.split(' ')[0]))
    for (const chain of sealed.keys()) if (!there.has(chain)) behind.push(chain)
  }
  return { ahead, behind, chains, lines }
}

function alarm(behind: string[]): { failed?: Error } {
  const [first] = behind
  if (!first) return {}
  return {
    failed: new Error(`chain ${first} is shorter than its last checkpoint says: npm run journal:verify`),
  }
}

async function* entriesOf(tx: Tx, ahead: Head[], sealed: Sealed): AsyncGenerator<string> {
  for (let i = 0; i < ahead.length; i += CHAINS) {
    const some = ahead.slice(i, i + CHAINS)
    const asked = some.map(({ chain, seq }) => ({ chain, after: sealed.heads.get(chain) ?? 0, upto: seq }))
    const [row] = await tx.execute<{ lines: string | null }>(
      sql`select app.journal_lines(${JSON.stringify(asked)}::jsonb) as lines`,
    )
    if (row?.lines) yield row.lines
  }
}

async function readHeads(tx: Tx): Promise<{ heads: string; at: string }> {
  const [row] = await tx.execute<{ heads: string | null; at: string }>(
    sql`select app.journal_heads() as heads, to_json(clock_timestamp() at time zone 'UTC') #>> '{}' as at`,
  )
  return { heads: row?.heads ?? '', at: new Date(`${row?.at}Z`).toISOString() }
}

/** A database's own mark, made at its first checkpoint: the file of one is never taken for another's. */
async function markOf(tx: Tx): Promise<string> {
  const read = async () =>
    (
      await tx.execute<{ mark: string }>(
        sql`select value #>> '{}' as mark from setting where key = 'journal_mark'`,
      )
    )[0]
  const known = await read()
  if (known) return known.mark
  await tx.execute(sql`insert into setting (key, value) values ('journal_mark', to_jsonb(gen_random_uuid()))
    on conflict (key) do nothing`)
  return (await read())?.mark ?? ''
}

type Remembered = { n: number; at: string; key: string; lines: number; chains: number; aheadS: number }

/** For the page of operations, and so that a file that was cut is missed. */
async function remember(tx: Tx, said: Remembered): Promise<void> {
  await tx.execute(sql`insert into setting (key, value) values ('journal_checkpoint', ${JSON.stringify(said)}::jsonb)
    on conflict (key) do update set value = excluded.value`)
}

async function readOnce(path: string): Promise<Sealed> {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (known?.path === path && known.size === size) return known.sealed
  const { sealed, flaw } = size === 0 ? { sealed: nothingSealed(), flaw: null } : await readCheckpoints(path)
  if (flaw) throw new Error(`the checkpoints in ${path} do not hold (${flaw.why}, line ${flaw.line})`)
  known = { path, size, sealed }
  return sealed
}

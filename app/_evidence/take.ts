import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { clockShift } from '#app/_doors/clock.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import {
  addCheckpoint,
  checkpointPath,
  mustSign,
  nothingSealed,
  oneAtATime,
  readCheckpoints,
  type Sealed,
} from './checkpoints.ts'
import { keyPath, signingKey } from './key.ts'

/** At least so often, also while nothing changes: that nothing was taken away is news too. */
export const LONGEST_MS = 3_600_000
/** Chains asked for at once: memory does not grow with the journal. */
const CHAINS = 2_000

/** Where every chain stands: its line `CHAIN SEQ HASH`, all chains in the order of bytes, and from which transaction on it must be asked again. */
type Standing = { heads: Map<string, string>; order: string[]; seen: string }

/** What this process knows of the file, so that it is read once; another that adds to it is noticed by its size. And of the chains. */
let known: { path: string; size: number; sealed: Sealed; standing: Standing | null } | null = null

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
  // Long after a start: before others wait for us.
  await readOnce(path)
  return asActor(actor, async (tx) => {
    await oneAtATime(tx)
    const { sealed, standing: before } = await readOnce(path)
    const signing = signingKey(key)
    mustSign(path, sealed, signing)
    // Until this turn is over: one that fails reads all of it anew.
    known = null
    const { standing, moved, lines, at } = await readHeads(tx, before)
    const { ahead, behind } = compared(moved ?? standing.heads.values(), standing, sealed)
    const last = sealed.last
    const due = !last || now.getTime() - Date.parse(last.at) >= LONGEST_MS
    // What was sealed is behind us, and only what moves is looked at; but a chain that is too short is said each time.
    const knowsAll = behind.length === 0 ? standing : null
    if (ahead.length === 0 && !due) {
      known = { path, size: sizeOf(path), sealed, standing: knowsAll }
      return { taken: false, ...alarm(behind) }
    }
    const journal = await markOf(tx)
    if (last && last.journal !== journal)
      throw new Error(`the checkpoints in ${path} are those of another database`)
    const chains = standing.heads.size
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
        heads_sha256: digestOf(standing),
      },
      signing,
    )
    known = { path, size: sizeOf(path), sealed, standing: knowsAll }
    // By the real clock: journeys shift the one of the doors.
    const aheadS = (now.getTime() - clockShift() - Date.parse(at)) / 1000
    await remember(tx, { n: made.n, at: made.at, key: made.key, lines, chains, aheadS })
    return { taken: true, ...alarm(behind) }
  })
}

/** Which chains have grown since they were sealed, and which are shorter or gone: those were tampered with. */
function compared(lines: Iterable<string>, { heads }: Standing, { heads: sealed }: Sealed) {
  const [ahead, behind]: [Head[], string[]] = [[], []]
  for (const line of lines) {
    const { chain, seq } = headOf(line)
    const before = sealed.get(chain)
    if (before === undefined || seq > before) ahead.push({ chain, seq })
    else if (seq < before) behind.push(chain)
  }
  // Gone, unless it was counted as grown or shorter.
  if (heads.size - ahead.filter(({ chain }) => !sealed.has(chain)).length < sealed.size)
    for (const chain of sealed.keys()) if (!heads.has(chain)) behind.push(chain)
  return { ahead, behind }
}

function headOf(line: string): Head {
  const [chain = '', seq] = line.split(' ', 2)
  return { chain, seq: Number(seq) }
}

/** Of the lines of all heads in their order. */
function digestOf({ heads, order }: Standing): string {
  return createHash('sha256')
    .update(order.map((chain) => `${heads.get(chain)}\n`).join(''))
    .digest('hex')
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

/** Where every chain stands, of which those that `moved` were read; null when all of them were. */
async function readHeads(tx: Tx, before: Standing | null) {
  const [row] = await tx.execute<{
    moved: string | null
    chains: number
    lines: string
    seen: string
    at: string
  }>(
    sql`select *, to_json(clock_timestamp() at time zone 'UTC') #>> '{}' as at from app.journal_heads_since(${before?.seen ?? null}::text::xid8)`,
  )
  if (!row) throw new Error('no heads')
  const moved = row.moved?.trimEnd().split('\n') ?? []
  const heads = before?.heads ?? new Map<string, string>()
  for (const line of moved) heads.set(headOf(line).chain, line)
  // Fewer than were known: one is gone, and which one only all of them say.
  if (before && heads.size !== row.chains) return readHeads(tx, null)
  // Names of chains are ASCII: the order of bytes is that of JavaScript.
  const order = before?.order.length === heads.size ? before.order : [...heads.keys()].sort()
  const at = new Date(`${row.at}Z`).toISOString()
  return { standing: { heads, order, seen: row.seen }, moved: before && moved, lines: Number(row.lines), at }
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

async function readOnce(path: string): Promise<{ sealed: Sealed; standing: Standing | null }> {
  const size = sizeOf(path)
  if (known?.path === path && known.size === size) return known
  const { sealed, flaw } = size === 0 ? { sealed: nothingSealed(), flaw: null } : await readCheckpoints(path)
  if (flaw) throw new Error(`the checkpoints in ${path} do not hold (${flaw.why}, line ${flaw.line})`)
  known = { path, size, sealed, standing: null }
  return known
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

import { createHash, type KeyObject, sign, verify } from 'node:crypto'
import { closeSync, createReadStream, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { sql } from 'drizzle-orm'
import type { Tx } from '#db/transaction.ts'
import { keyId, publicKeyOf, publicText, type SigningKey } from './key.ts'

/**
 * The file of checkpoints, text that is only ever added to. Of each checkpoint: a line `CHAIN SEQ HASH` for every line of the
 * journal since the one before, then what is signed, one line of JSON, then `signature BASE64`. Each names the digest of the
 * one before: the last one stands for all. Read by openssl alone: EVIDENCE.md.
 */
export type Checkpoint = {
  n: number
  /** Hours of this process and of the database. */
  at: string
  database_at: string
  /** Which journal: a database's own mark. */
  journal: string
  lines: number
  chains: number
  entries: number
  entries_sha256: string
  /** Of all heads, `CHAIN SEQ HASH` a line, in the order of bytes. */
  heads_sha256: string
  /** SHA-256 of the signed line before, its end of line included. */
  former: string
  key: string
  /** With the first, and when a key hands over to its successor: the key that signs from the next one on. */
  next_key?: string
}

export type Entry = { chain: string; seq: number; hash: string }
export type Flaw = { n: number; line: number; why: FlawReason }
export type FlawReason = 'unreadable' | 'former' | 'entries' | 'unsigned' | 'stranger'

/** What has been sealed so far: the last checkpoint, and how far each chain. */
export type Sealed = {
  last: Checkpoint | null
  former: string
  key: KeyObject | null
  heads: Map<string, number>
}

export const NOTHING_BEFORE = '0'.repeat(64)

export function checkpointPath(env: Record<string, string | undefined> = process.env): string {
  return resolve(env.PERMANENCE_CHECKPOINTS || join(env.PERMANENCE_DATA_DIR || '.data', 'checkpoints'))
}

export function nothingSealed(): Sealed {
  return { last: null, former: NOTHING_BEFORE, key: null, heads: new Map() }
}

export function entryLine({ chain, seq, hash }: Entry): string {
  return `${chain} ${seq} ${hash}\n`
}

const ENTRY = /^(\S+) (\d{1,9}) ([0-9a-f]{64})$/

export function readEntry(line: string): Entry | null {
  const [, chain, seq, hash] = ENTRY.exec(line) ?? []
  // A piece of a text holds all of it in memory, a megabyte of the file: a chain's name is remembered for longer, so by itself.
  return chain && seq && hash ? { chain: Buffer.from(chain).toString(), seq: Number(seq), hash } : null
}

/**
 * Whoever adds to the file waits here, before he reads it, until whoever did before is through: two that follow from the same one
 * break it for good. By the database, since hosts may share the file: it lets go of a holder that was killed.
 */
export async function oneAtATime(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('checkpoints'))`)
}

/** Throws unless this key is the one that signs next. */
export function mustSign(path: string, { key: awaited }: Sealed, { id }: SigningKey): void {
  if (awaited && keyId(awaited) !== id)
    throw new Error(`the checkpoints in ${path} await the key ${keyId(awaited)}, and ours is ${id}`)
}

/** Adds one checkpoint, kept on the disk when this returns. `entries` may come in parts. */
export async function addCheckpoint(
  path: string,
  sealed: Sealed,
  entries: AsyncIterable<string>,
  said: Omit<Checkpoint, 'n' | 'entries' | 'entries_sha256' | 'former' | 'key' | 'next_key'>,
  key: SigningKey,
  next: SigningKey = key,
): Promise<Checkpoint> {
  const file = openSync(path, 'a+', 0o600)
  try {
    // Whatever an end without warning left half written is set aside by an empty line.
    if (!endsWhole(file)) writeSync(file, '\n\n')
    const digest = createHash('sha256')
    let count = 0
    for await (const part of entries) {
      digest.update(part)
      for (const line of part.trimEnd().split('\n')) {
        const entry = readEntry(line)
        if (!entry) throw new Error('a chain of the journal has a name that is none of ours')
        sealed.heads.set(entry.chain, entry.seq)
        count++
      }
      writeSync(file, part)
    }
    const made: Checkpoint = {
      n: (sealed.last?.n ?? 0) + 1,
      ...said,
      entries: count,
      entries_sha256: digest.digest('hex'),
      former: sealed.former,
      key: key.id,
      ...(sealed.last === null || next.id !== key.id ? { next_key: publicText(next.public) } : {}),
    }
    const line = `${JSON.stringify(made)}\n`
    writeSync(file, `${line}signature ${sign(null, Buffer.from(line), key.private).toString('base64')}\n`)
    fsyncSync(file)
    Object.assign(sealed, { last: made, former: sha256(line), key: next.public })
    return made
  } finally {
    closeSync(file)
  }
}

function endsWhole(file: number): boolean {
  const { size } = fstatSync(file)
  if (size === 0) return true
  const end = Buffer.alloc(Math.min(size, 200))
  readSync(file, end, 0, end.length, size - end.length)
  return /\n(signature|timestamp) [\w+/=]+\n$/.test(end.toString('latin1'))
}

type Watch = {
  /** Hears the lines of the journal that a checkpoint covers, before its signature is known to hold. */
  entries?: (batch: Entry[], before: Checkpoint | null) => Promise<void>
  /** When it says so, nothing more is read. */
  enough?: () => boolean
}

const BATCH = 20_000

/** Reads a file of checkpoints from its first line, at flat memory but for one number a chain; the first flaw ends it. */
export async function readCheckpoints(
  path: string,
  watch: Watch = {},
): Promise<{ sealed: Sealed; flaw: Flaw | null }> {
  const sealed = nothingSealed()
  let [digest, count, at] = [createHash('sha256'), 0, 0]
  let [batch, reached]: [Entry[], Map<string, number>] = [[], new Map()]
  let open: { text: string; said: Checkpoint } | null = null
  const flaw = (why: FlawReason): Flaw => ({ n: (sealed.last?.n ?? 0) + 1, line: at, why })
  const tell = async () => {
    if (batch.length > 0) await watch.entries?.(batch, sealed.last)
    batch = []
  }
  for await (const line of linesOf(path)) {
    if (watch.enough?.()) break
    at++
    if (line === '') {
      // What stood before was never signed.
      ;[digest, count, batch, reached, open] = [createHash('sha256'), 0, [], new Map(), null]
    } else if (line.startsWith('{')) {
      const said = readPayload(line)
      if (!said) return { sealed, flaw: flaw('unreadable') }
      open = { text: `${line}\n`, said }
    } else if (line.startsWith('signature ')) {
      if (!open) return { sealed, flaw: flaw('unreadable') }
      const { text, said } = open
      if (said.n !== (sealed.last?.n ?? 0) + 1 || said.former !== sealed.former)
        return { sealed, flaw: flaw('former') }
      if (said.entries !== count || said.entries_sha256 !== digest.digest('hex'))
        return { sealed, flaw: flaw('entries') }
      const key = sealed.key ?? (said.next_key ? publicKeyOf(said.next_key) : null)
      if (!key || keyId(key) !== said.key) return { sealed, flaw: flaw('stranger') }
      if (!verify(null, Buffer.from(text), key, Buffer.from(line.slice(10), 'base64')))
        return { sealed, flaw: flaw('unsigned') }
      await tell()
      Object.assign(sealed, {
        last: said,
        former: sha256(text),
        key: said.next_key ? publicKeyOf(said.next_key) : key,
      })
      for (const [chain, seq] of reached) sealed.heads.set(chain, seq)
      ;[digest, count, reached, open] = [createHash('sha256'), 0, new Map(), null]
    } else if (!line.startsWith('timestamp ')) {
      const entry = readEntry(line)
      // A half line is what a sudden end leaves: an empty one must follow.
      if (!entry) continue
      digest.update(`${line}\n`)
      count++
      reached.set(entry.chain, entry.seq)
      batch.push(entry)
      if (batch.length >= BATCH) await tell()
    }
  }
  return { sealed, flaw: null }
}

function readPayload(line: string): Checkpoint | null {
  try {
    const said = JSON.parse(line) as Checkpoint
    return Number.isInteger(said.n) && typeof said.former === 'string' && typeof said.key === 'string'
      ? said
      : null
  } catch {
    return null
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = ''
  try {
    for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

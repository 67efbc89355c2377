import { createHash, sign } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '#db/transaction.ts'
import type { SigningKey } from './key.ts'

export type ProofRow = { chain: string; seq: number; prev_hash: string; hash: string; digested: string }

/** Each line with what its hash was made of, word for word, of the lines `j` that this says. */
export async function proofRows(tx: Tx, where: SQL): Promise<ProofRow[]> {
  const rows = await tx.execute<ProofRow>(sql`
    select j.chain, j.seq, encode(j.prev_hash, 'hex') as prev_hash, encode(j.hash, 'hex') as hash,
      jsonb_build_array(j.chain, j.seq, j.exercise_id, j.case_id, j.incident_id,
        extract(epoch from j.at), extract(epoch from j.heard_at), extract(epoch from j.fact_at),
        j.actor_id, j.actor_name, j.actor_side, j.event, j.visibility, j.certainty, j.text, j.data)::text as digested
    from journal j where ${where} order by j.chain, j.seq`)
  return [...rows]
}

type About = {
  /** 'case 2026-004217-3', 'incident INC-2026-0012'. */
  of: string
  now: Date
  by: string
  /** Of these chains no line is missing; of the others only the lines about it are here. */
  whole: string[]
}

const COLUMNS =
  'chain, seq, exercise, case, incident, at, heard at, fact at (seconds since 1970), actor, name, side, event, visibility, certainty, text, data'

/**
 * A case or an incident as text that proves itself, for an inquiry that trusts nobody's word: what it is, then each line of
 * the journal as `PREV HASH DIGESTED`, then the signature of all that stands before it. EVIDENCE.md says how to check it.
 */
export function bundleOf({ of, now, by, whole }: About, rows: ProofRow[], key: SigningKey): string {
  const head = {
    evidence: of,
    made_at: now.toISOString(),
    made_by: by,
    lines: rows.length,
    key: key.id,
    whole,
    columns: COLUMNS,
    rule: 'sha256(bytes of PREV, then DIGESTED) is HASH; PREV is the HASH of the line before in its chain, for seq 1 sha256 of its name',
  }
  const text = [
    JSON.stringify(head),
    ...rows.map(({ prev_hash, hash, digested }) => `${prev_hash} ${hash} ${digested}`),
  ]
    .map((line) => `${line}\n`)
    .join('')
  return `${text}signature ${sign(null, Buffer.from(text), key.private).toString('base64')}\n`
}

/** What the signature covers, and what a time-stamp is asked of. */
export function signedPart(bundle: string): string {
  return bundle.slice(0, bundle.lastIndexOf('\nsignature ') + 1)
}

export function imprintOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

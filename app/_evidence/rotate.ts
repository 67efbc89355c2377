import { addCheckpoint, readCheckpoints } from './checkpoints.ts'
import { keyOf, newPrivateKey, type SigningKey } from './key.ts'

/** The old key signs the new one into the file: whoever trusts the first trusts the last. */
export async function rotate(
  path: string,
  old: SigningKey,
  now: Date,
): Promise<{ from: string; to: string; pem: string }> {
  const { sealed, flaw } = await readCheckpoints(path)
  if (flaw) throw new Error(`the checkpoints in ${path} do not hold (${flaw.why}, line ${flaw.line})`)
  const { last } = sealed
  if (!last) throw new Error(`there is no checkpoint in ${path} yet: the key signed nothing`)
  const pem = newPrivateKey()
  const next = keyOf(pem)
  const { database_at, journal, lines, chains, heads_sha256 } = last
  const said = { at: now.toISOString(), database_at, journal, lines, chains, heads_sha256 }
  await addCheckpoint(path, sealed, nothing(), said, old, next)
  return { from: old.id, to: next.id, pem }
}

async function* nothing(): AsyncGenerator<string> {}

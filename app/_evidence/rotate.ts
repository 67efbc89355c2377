import { renameSync, writeFileSync } from 'node:fs'
import type { MachineActor } from '#app/_auth/actor.ts'
import { asActor } from '#db/transaction.ts'
import { addCheckpoint, checkpointPath, mustSign, oneAtATime, readCheckpoints } from './checkpoints.ts'
import { keyOf, keyPath, newPrivateKey, signingKey } from './key.ts'

/** The old key signs the new one into the file and is forgotten: whoever trusts the first trusts the last. */
export function rotate(
  actor: MachineActor,
  now: Date,
  path = checkpointPath(),
  keyFile = keyPath(),
): Promise<{ from: string; to: string }> {
  return asActor(actor, async (tx) => {
    await oneAtATime(tx)
    const { sealed, flaw } = await readCheckpoints(path)
    if (flaw) throw new Error(`the checkpoints in ${path} do not hold (${flaw.why}, line ${flaw.line})`)
    const { last } = sealed
    if (!last) throw new Error(`there is no checkpoint in ${path} yet: the key signed nothing`)
    const old = signingKey(keyFile)
    mustSign(path, sealed, old)
    const pem = newPrivateKey()
    const next = keyOf(pem)
    const { database_at, journal, lines, chains, heads_sha256 } = last
    const said = { at: now.toISOString(), database_at, journal, lines, chains, heads_sha256 }
    // Kept beside before it is named, and put in its place at once: a process that dies between leaves a whole key that goes on.
    writeFileSync(`${keyFile}.next`, pem, { mode: 0o600, flush: true })
    await addCheckpoint(path, sealed, nothing(), said, old, next)
    renameSync(`${keyFile}.next`, keyFile)
    return { from: old.id, to: next.id }
  })
}

async function* nothing(): AsyncGenerator<string> {}

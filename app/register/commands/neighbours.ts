import { createHash, randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { type Actor, may } from '#app/_auth/actor.ts'
import { MAX_FILE_BYTES } from '#app/_doors/body-limits.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { administer } from '#app/directory/commands/administer.ts'
import { keepUpload } from '#app/directory/commands/import.ts'
import { registerNeighbour } from '#db/schema/register.ts'
import type { Input, neighbourInput, onNeighbour } from '../input.ts'
import { instanceKey, publicKeyOf } from '../instance-key.ts'
import { readNeighbours } from '../queries.ts'
import { judgePullAddress } from '../rules/pull-address.ts'
import { writeDown } from './write.ts'

/** A register whose signature is believed from now on, or no longer; and where it is pulled from. */
export function saveNeighbour(
  actor: Actor,
  { id, ...wanted }: Input<typeof neighbourInput>,
  now: Date,
): Promise<Result<{ id: number }>> {
  return administer(
    actor,
    'register.keep',
    async (tx, admin) => {
      if (!publicKeyOf(wanted.publicKey)) return refusedField('publicKey', 'register.invalid.key')
      if (wanted.publicKey === instanceKey().shown)
        return refusedField('publicKey', 'register.invalid.own_key')
      const verdict = wanted.pullAddress ? judgePullAddress(wanted.pullAddress) : { ok: true as const }
      if (!verdict.ok) return refusedField('pullAddress', verdict.key)
      const [saved] = id
        ? await tx.update(registerNeighbour).set(wanted).where(eq(registerNeighbour.id, id)).returning()
        : await tx.insert(registerNeighbour).values(wanted).returning()
      if (!saved) return refused('register.refused.absent')
      await writeDown(
        tx,
        admin,
        'register.neighbour_saved',
        { neighbour: saved.name, active: saved.active },
        now,
      )
      return done({ id: saved.id })
    },
    refusedField('name', 'register.refused.neighbour_taken'),
  )
}

/** A new key by which this neighbour pulls our records: shown once, the one before opens nothing any more. */
export function givePullKey(
  actor: Actor,
  { id }: Input<typeof onNeighbour>,
  now: Date,
): Promise<Result<{ key: string }>> {
  return administer(actor, 'register.keep', async (tx, admin) => {
    const key = randomBytes(24).toString('base64url')
    const [given] = await tx
      .update(registerNeighbour)
      .set({ pullKeyHash: hashPullKey(key) })
      .where(eq(registerNeighbour.id, id))
      .returning()
    if (!given) return refused('register.refused.absent')
    await writeDown(tx, admin, 'register.key_given', { neighbour: given.name }, now)
    return done({ key })
  })
}

export function hashPullKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** A neighbour's desk that does not answer is left after this long. */
const WAIT_MS = 15_000

/** Asks a neighbour for its file, outside of any transaction; what came is tried as a file is, and a person confirms it. */
export async function pullNeighbour(
  actor: Actor,
  { id }: Input<typeof onNeighbour>,
  now: Date,
): Promise<Result<{ id: number }>> {
  if (!may(actor, 'register.keep')) return refused('register.refused.absent')
  const neighbour = (await readNeighbours(actor)).find((one) => one.id === id)
  if (!neighbour?.active || !neighbour.pullAddress) return refused('register.refused.no_address')
  const came = await asked(neighbour.pullAddress)
  const told = await administer(actor, 'register.keep', async (tx, admin) => {
    await tx
      .update(registerNeighbour)
      .set('fault' in came ? { pullFault: came.fault } : { pulledAt: now, pullFault: null })
      .where(eq(registerNeighbour.id, id))
    await writeDown(
      tx,
      admin,
      'register.pulled',
      { neighbour: neighbour.name, fault: 'fault' in came ? came.fault : null },
      now,
    )
    return done(null)
  })
  if (!told.ok) return told
  if ('fault' in came) return refused('register.refused.pull', { why: came.fault })
  return keepUpload(actor, { fileName: neighbour.name, bytes: came.bytes }, now, 'register')
}

async function asked(address: string): Promise<{ bytes: Uint8Array } | { fault: string }> {
  // Where it was sent on, nobody has judged: it is not followed.
  try {
    const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(WAIT_MS) })
    if (!answer.ok || !answer.body) return { fault: `HTTP ${answer.status}` }
    const parts: Uint8Array[] = []
    let size = 0
    for await (const part of answer.body) {
      size += part.byteLength
      if (size > MAX_FILE_BYTES) return { fault: `> ${MAX_FILE_BYTES}` }
      parts.push(part)
    }
    return size === 0 ? { fault: 'HTTP 200, 0' } : { bytes: Buffer.concat(parts) }
  } catch (error) {
    const { name, cause } = error as { name: string; cause?: { code?: string } }
    return { fault: cause?.code ?? name }
  }
}

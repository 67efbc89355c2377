import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { type Actor, actorName } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { administer } from '#app/directory/commands/administer.ts'
import { uploadOf } from '#app/directory/commands/import.ts'
import { registerNeighbour, registerRecord } from '#db/schema/register.ts'
import { directoryUpload } from '#db/schema/upload.ts'
import type { Tx } from '#db/transaction.ts'
import { instanceKey, signatureHolds } from '../instance-key.ts'
import { heldOf, standing } from '../queries.ts'
import { type Arrival, arrivalOf, type Difference } from '../rules/differences.ts'
import { type Envelope, readLines } from '../rules/envelope.ts'
import type { Fault } from '../rules/record.ts'
import { labelsFor } from '../rules/tlp.ts'
import { writeDown } from './write.ts'

const MOST_RECORDS = 5_000

export type LineFault = Fault & { line: number }
export type Arriving = {
  line: number
  recordId: string
  version: number
  author: string
  tlp: string
  kind: Arrival['kind']
  differences: Difference[]
}
export type RegisterTrial = {
  id: number
  fileName: string
  arriving: Arriving[]
  faults: LineFault[]
  todo: number
  shown: string
}

/** What a neighbour's file would bring: each record against what stands here, and each line that is refused. Writes nothing. */
export function tryRegister(actor: Actor, id: number): Promise<Result<RegisterTrial>> {
  return administer(actor, 'register.keep', async (tx) => {
    const tried = await trialOf(tx, id)
    return tried ? done(tried.trial) : refused('register.receive.gone')
  })
}

/** Exactly what was shown: all of it, or nothing when a line is refused. */
export function receiveRegister(
  actor: Actor,
  { id, shown }: { id: number; shown: string },
  now: Date,
): Promise<Result<{ count: number }>> {
  return administer(actor, 'register.keep', async (tx, admin) => {
    await tx.execute(sql`select pg_advisory_xact_lock(4112018017)`)
    const tried = await trialOf(tx, id)
    if (!tried) return refused('register.receive.gone')
    const { trial, envelopes } = tried
    if (trial.faults.length > 0) return refused('register.receive.has_faults', { count: trial.faults.length })
    if (trial.shown !== shown) return { ...refused('register.receive.changed'), conflict: { version: id } }
    if (trial.todo === 0) return refused('register.receive.nothing')
    for (const { line } of trial.arriving.filter(enters)) {
      const envelope = envelopes.get(line)
      if (!envelope) continue
      const { record, author, tlp, anonymised } = envelope
      await tx.insert(registerRecord).values({
        recordId: record.id,
        version: record.version,
        state: 'published',
        origin: 'received',
        tlp,
        authorName: author.name,
        authorKey: author.key,
        anonymised,
        loss: record,
        envelope: JSON.stringify(envelope),
        byName: actorName(admin),
        createdAt: now,
        publishedAt: now,
      })
    }
    await tx.delete(directoryUpload).where(eq(directoryUpload.id, id))
    await writeDown(tx, admin, 'register.received', { count: trial.todo }, now)
    return done({ count: trial.todo })
  })
}

function enters({ kind }: Arriving): boolean {
  return kind === 'new' || kind === 'correction'
}

async function trialOf(
  tx: Tx,
  id: number,
): Promise<{ trial: RegisterTrial; envelopes: Map<number, Envelope> } | null> {
  const upload = await uploadOf(tx, id, 'register')
  if (!upload) return null
  const known = await tx.select().from(registerNeighbour).where(eq(registerNeighbour.active, true))
  const names = new Map(known.map((one) => [one.publicKey, one.name]))
  const [all, ours] = [await standing(tx), instanceKey().shown]
  const read = readLines(upload.content)
  const faults: LineFault[] = read.length === 0 ? [{ line: 1, key: 'register.fault.empty' }] : []
  if (read.length > MOST_RECORDS)
    faults.push({ line: MOST_RECORDS + 1, key: 'register.fault.too_many', values: { max: MOST_RECORDS } })
  const arriving: Arriving[] = []
  const envelopes = new Map<number, Envelope>()
  const seen = new Map<string, number>()
  for (const one of read.slice(0, MOST_RECORDS)) {
    if ('faults' in one) {
      faults.push(...one.faults.map((fault) => ({ ...fault, line: one.line })))
      continue
    }
    const { line, envelope } = one
    const { author, record, tlp } = envelope
    const twin = seen.get(record.id)
    seen.set(record.id, line)
    const arrival = arrivalOf(record, author.key, ours, heldOf(all, record.id))
    const fault = faultOf(envelope, { twin, arrival, name: names.get(author.key), ours })
    if (fault) faults.push({ ...fault, line })
    else {
      envelopes.set(line, envelope)
      arriving.push({
        line,
        recordId: record.id,
        version: record.version,
        author: names.get(author.key) ?? author.name,
        tlp,
        kind: arrival.kind,
        differences: arrival.kind === 'correction' ? arrival.differences : [],
      })
    }
  }
  const todo = arriving.filter(enters).length
  const shown = createHash('sha256')
    .update(upload.hash + JSON.stringify([arriving, faults]))
    .digest('hex')
  return { trial: { id, fileName: upload.fileName, arriving, faults, todo, shown }, envelopes }
}

type Around = { twin: number | undefined; arrival: Arrival; name: string | undefined; ours: string }

/** A signature that does not hold comes before whose it is: of a forged line nothing is believed. */
function faultOf(envelope: Envelope, { twin, arrival, name, ours }: Around): Fault | null {
  const { author, record, tlp } = envelope
  if (!signatureHolds(envelope)) return { key: 'register.fault.forged', values: { id: record.id } }
  if (author.key !== ours && !name)
    return { key: 'register.fault.stranger', values: { key: author.key.slice(0, 12) } }
  if (!labelsFor('by_hand').includes(tlp)) return { key: 'register.fault.label', values: { tlp } }
  if (twin) return { key: 'register.fault.twice', values: { id: record.id, line: twin } }
  if (arrival.kind === 'taken') return { key: 'register.fault.taken', values: { id: record.id } }
  if (arrival.kind === 'rewritten')
    return { key: 'register.fault.rewritten', values: { id: record.id, version: record.version } }
  return null
}

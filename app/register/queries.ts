import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { type AccountActor, type Actor, may } from '#app/_auth/actor.ts'
import { getSetting } from '#app/cell/settings.ts'
import { registerNeighbour, registerRecord } from '#db/schema/register.ts'
import { inReality, type Tx } from '#db/transaction.ts'
import type { Held } from './rules/differences.ts'
import type { Loss } from './rules/record.ts'
import type { Tlp } from './rules/tlp.ts'
import { shippedLosses } from './shipped.ts'

/** A record as it stands: its last published version, wherever it comes from. */
export type Standing = {
  loss: Loss
  origin: 'public' | 'own' | 'received'
  tlp: Tlp
  authorName: string | null
  authorKey: string | null
  anonymised: string[]
  publishedAt: Date | null
}

/** Every record as it stands: the public ones, ours and those received; a correction replaces what it corrects. */
export async function standing(tx: Tx): Promise<Standing[]> {
  const rows = await tx
    .selectDistinctOn([registerRecord.recordId])
    .from(registerRecord)
    .where(eq(registerRecord.state, 'published'))
    .orderBy(registerRecord.recordId, desc(registerRecord.version))
  const written = new Map(rows.map((row) => [row.recordId, row]))
  const shipped = shippedLosses().flatMap((loss): Standing[] =>
    written.has(loss.id)
      ? []
      : [
          {
            loss,
            origin: 'public',
            tlp: 'TLP:CLEAR',
            authorName: null,
            authorKey: null,
            anonymised: [],
            publishedAt: null,
          },
        ],
  )
  const ours = rows.map((row): Standing => ({ ...row, loss: row.loss as Loss }))
  return [...ours, ...shipped].sort((a, b) => byDay(b.loss, a.loss) || byId(a.loss, b.loss))
}

const byDay = (a: Loss, b: Loss) => compare(a.times.began.at ?? '', b.times.began.at ?? '')
const byId = (a: Loss, b: Loss) => compare(a.id, b.id)

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

export function readRegister(actor: Actor): Promise<Standing[]> {
  return inReality(actor, async (tx) => (may(actor, 'reviews.read') ? standing(tx) : []))
}

export function readRecord(actor: AccountActor, recordId: string) {
  return inReality(actor, async (tx) => {
    if (!may(actor, 'reviews.read')) return null
    const versions = await tx
      .select()
      .from(registerRecord)
      .where(eq(registerRecord.recordId, recordId))
      .orderBy(desc(registerRecord.version))
    const one = (await standing(tx)).find(({ loss }) => loss.id === recordId) ?? null
    const draft = versions.find((row) => row.state === 'draft') ?? null
    if (!one && !draft) return null
    const shipped = shippedLosses().find(({ id }) => id === recordId) ?? null
    const published = versions.filter((row) => row.state === 'published')
    return { one, draft, versions: published.map((row) => ({ ...row, loss: row.loss as Loss })), shipped }
  })
}

export function readDrafts(actor: AccountActor) {
  return inReality(actor, (tx) =>
    tx
      .select()
      .from(registerRecord)
      .where(eq(registerRecord.state, 'draft'))
      .orderBy(desc(registerRecord.createdAt))
      .limit(100),
  )
}

export function readNeighbours(actor: Actor) {
  return inReality(actor, (tx) => tx.select().from(registerNeighbour).orderBy(asc(registerNeighbour.name)))
}

/** What stands here under this name, for a record that comes in. */
export function heldOf(all: readonly Standing[], recordId: string): Held | undefined {
  const one = all.find(({ loss }) => loss.id === recordId)
  return one && { loss: one.loss, authorKey: one.authorKey, ours: one.origin === 'own' }
}

/** The neighbour that pulls with this key; null for none, or one that is out of use. */
export function neighbourOfPullKey(actor: Actor, hash: string) {
  return inReality(actor, async (tx) => {
    const [row] = await tx
      .select({ id: registerNeighbour.id, name: registerNeighbour.name })
      .from(registerNeighbour)
      .where(and(eq(registerNeighbour.pullKeyHash, hash), sql`${registerNeighbour.active}`))
    return row ?? null
  })
}

export function authorName(): Promise<string> {
  return getSetting('operator_name')
}

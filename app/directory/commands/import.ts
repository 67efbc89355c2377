import { createHash } from 'node:crypto'
import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import { type Actor, actorId } from '#app/_auth/actor.ts'
import type { RealCapability } from '#app/_auth/rules/roles.ts'
import { MAX_FILE_BYTES } from '#app/_doors/body-limits.ts'
import { decode } from '#app/_doors/csv.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { beginning } from '#app/_doors/rules/cut.ts'
import type { Upload } from '#app/_doors/upload.ts'
import { contact, organisation, post, site } from '#db/schema/directory.ts'
import { territory } from '#db/schema/reference.ts'
import { directoryUpload, type UploadPurpose } from '#db/schema/upload.ts'
import type { Tx } from '#db/transaction.ts'
import { readFile } from '../import-file.ts'
import { readKnown } from '../import-known.ts'
import { namesHeld } from '../reads-like.ts'
import { keyIn, type Plan, type Planned, planImport } from '../rules/import-plan.ts'
import { withZeros } from '../rules/import-zeros.ts'
import { administer, writeDown } from './administer.ts'
import { keepVersions, sitesAsTheyAre } from './keep-version.ts'
import { contactSearch } from './save-contact.ts'
import { searchOf } from './save-organisation.ts'

const DAY_MS = 24 * 3600_000

export type DryRun = {
  id: number
  fileName: string
  /** What was given, to be corrected and tried again. */
  content: string
  plan: Plan
  /** Of the file and of what it would do to the directory as it is now: what is confirmed is what was shown. */
  shown: string
}

/** Who may bring which file; the policy of the table says the same. */
const UPLOADED_BY: Record<UploadPurpose, RealCapability> = {
  directory: 'directory.keep',
  copper: 'migration.import',
  register: 'register.keep',
}

/** First step: the file is kept aside, nothing of it enters the directory. */
export function keepUpload(
  actor: Actor,
  { fileName, bytes }: Upload,
  now: Date,
  purpose: UploadPurpose = 'directory',
): Promise<Result<{ id: number }>> {
  return administer(actor, UPLOADED_BY[purpose], async (tx, admin) => {
    const accountId = actorId(admin)
    if (accountId === null) return refused('directory.refused.absent')
    if (bytes.byteLength === 0) return refused('directory.import.fault.empty')
    if (bytes.byteLength > MAX_FILE_BYTES) return refused('directory.import.fault.too_large')
    const content = decode(bytes)
    if (content === null) return refused('directory.import.fault.not_text')
    await tx.delete(directoryUpload).where(lt(directoryUpload.createdAt, new Date(now.getTime() - DAY_MS)))
    const [kept] = await tx
      .insert(directoryUpload)
      .values({
        accountId,
        purpose,
        fileName: beginning(fileName, 200),
        content,
        hash: sha256(content),
        bytes: bytes.byteLength,
        createdAt: now,
      })
      .returning({ id: directoryUpload.id })
    return kept ? done({ id: kept.id }) : refused('directory.refused.absent')
  })
}

/** What the file would do now, and every line that cannot be done. Writes nothing. */
export function dryRun(actor: Actor, id: number): Promise<Result<DryRun>> {
  return administer(actor, 'directory.keep', async (tx) => {
    const upload = await uploadOf(tx, id, 'directory')
    return upload ? done(await planOf(tx, upload)) : refused('directory.import.gone')
  })
}

/** The zeros that a spreadsheet took, given back as they were offered: another file, tried like the first. */
export async function giveZerosBack(
  actor: Actor,
  { id, shown }: { id: number; shown: string },
  now: Date,
): Promise<Result<{ id: number }>> {
  const tried = await dryRun(actor, id)
  if (!tried.ok) return tried
  const { fileName, content, plan } = tried.value
  const mended = withZeros(content, plan.faults)
  if (tried.value.shown !== shown || mended === content) return refused('directory.import.changed')
  return keepUpload(actor, { fileName, bytes: new TextEncoder().encode(mended) }, now)
}

/** Second step: exactly what was shown, all of it or nothing. */
export function importDirectory(
  actor: Actor,
  { id, shown }: { id: number; shown: string },
  now: Date,
): Promise<Result<{ made: number; changed: number }>> {
  return administer(
    actor,
    'directory.keep',
    async (tx, admin) => {
      // One import at a time: two at once would each be right about a directory that is no more.
      await namesHeld(tx)
      const upload = await uploadOf(tx, id, 'directory')
      if (!upload) return refused('directory.import.gone')
      const dry = await planOf(tx, upload)
      if (dry.plan.faults.length > 0)
        return refused('directory.import.has_faults', { count: dry.plan.faults.length })
      if (dry.shown !== shown) return { ...refused('directory.import.changed'), conflict: { version: id } }
      const todo = dry.plan.planned.filter(({ changes }) => changes === null || changes.length > 0)
      if (todo.length === 0) return refused('directory.import.nothing')
      const before = await sitesAsTheyAre(
        tx,
        known(todo.filter(({ kind }) => kind === 'site')).map(({ id }) => id),
      )
      await write(tx, todo, now)
      await keepVersions(tx, admin, before, now)
      await tx.delete(directoryUpload).where(eq(directoryUpload.id, id))
      const entered = todo.filter(({ id }) => id === null).length
      const changed = todo.length - entered
      await writeDown(
        tx,
        admin,
        'directory',
        'directory.imported',
        { file: upload.hash, made: entered, changed, kinds: countKinds(todo) },
        now,
      )
      return done({ made: entered, changed })
    },
    refused('directory.import.changed'),
  )
}

/** A file kept aside by whoever asks, for this purpose and no other. */
export async function uploadOf(tx: Tx, id: number, purpose: UploadPurpose) {
  const [upload] = await tx
    .select()
    .from(directoryUpload)
    .where(and(eq(directoryUpload.id, id), eq(directoryUpload.purpose, purpose)))
  return upload ?? null
}

async function planOf(
  tx: Tx,
  upload: { id: number; fileName: string; content: string; hash: string },
): Promise<DryRun> {
  const { lines, faults } = readFile(upload.content)
  const plan = planImport(lines, await readKnown(tx, lines))
  const all = { planned: plan.planned, faults: [...faults, ...plan.faults].sort((a, b) => a.line - b.line) }
  return {
    id: upload.id,
    fileName: upload.fileName,
    content: upload.content,
    plan: all,
    shown: sha256(upload.hash + JSON.stringify(all)),
  }
}

type Of<K extends Planned['kind']> = Extract<Planned, { kind: K }>

// In the order in which each needs the one before: organisations, posts, then who sits and what answers there.
async function write(tx: Tx, todo: Planned[], now: Date): Promise<void> {
  const some = <K extends Planned['kind']>(kind: K) =>
    todo.filter((one): one is Of<K> & Planned => one.kind === kind)
  await writeOrganisations(tx, some('organisation'), now)
  const names = [...new Set(todo.map((one) => one.organisation))]
  const rows = await tx
    .select({ id: organisation.id, name: organisation.name })
    .from(organisation)
    .where(and(inArray(organisation.name, names), sql`${organisation.exerciseId} is null`))
  const ids = new Map(rows.map(({ id, name }) => [name, id]))
  const rowOf = <Row>({ organisation: of, name, row }: { organisation: string; name: string; row: Row }) => ({
    organisationId: ids.get(of) ?? 0,
    name,
    ...row,
  })
  await made(some('post'), (batch) => tx.insert(post).values(batch.map((one) => rowOf(one))))
  for (const { id, row } of known(some('post'))) await tx.update(post).set(row).where(eq(post.id, id))
  await writeContacts(tx, some('contact'), ids)
  await made(some('site'), (batch) => tx.insert(site).values(batch.map((one) => rowOf(one))))
  for (const { id, row } of known(some('site'))) await tx.update(site).set(row).where(eq(site.id, id))
}

async function writeOrganisations(tx: Tx, some: Of<'organisation'>[], now: Date): Promise<void> {
  const places = await tx.select({ code: territory.code, name: territory.name }).from(territory)
  const nameOf = new Map(places.map(({ code, name }) => [code, name]))
  const rowOf = ({ name, row }: Of<'organisation'>) => ({
    ...row,
    name,
    search: searchOf(name, row.kind, row.territoryCode, nameOf.get(row.territoryCode)),
  })
  await made(some, (batch) =>
    tx.insert(organisation).values(batch.map((one) => ({ ...rowOf(one), createdAt: now }))),
  )
  for (const one of known(some))
    await tx.update(organisation).set(rowOf(one)).where(eq(organisation.id, one.id))
}

async function writeContacts(tx: Tx, some: Of<'contact'>[], ids: Map<string, number>): Promise<void> {
  const posts = await tx
    .select()
    .from(post)
    .where(inArray(post.organisationId, [...ids.values()]))
  const chair = new Map(posts.map((row) => [keyIn(String(row.organisationId), row.name), row.id]))
  const rowOf = ({ organisation: of, name, row: { post: sits, ...row } }: Of<'contact'>) => {
    const organisationId = ids.get(of) ?? 0
    const postId = sits === null ? null : (chair.get(keyIn(String(organisationId), sits)) ?? null)
    return { ...row, name, organisationId, postId, search: contactSearch({ ...row, name }, sits ?? '', of) }
  }
  await made(some, (batch) => tx.insert(contact).values(batch.map(rowOf)))
  for (const one of known(some)) {
    const { organisationId: _, ...row } = rowOf(one)
    await tx.update(contact).set(row).where(eq(contact.id, one.id))
  }
}

/** A record known is changed by its number: its name may be somebody else's too. */
function known<T extends { id: number | null }>(some: T[]): (T & { id: number })[] {
  return some.filter((one): one is T & { id: number } => one.id !== null)
}

async function made<T extends { id: number | null }>(
  some: T[],
  work: (batch: T[]) => PromiseLike<unknown>,
): Promise<void> {
  const all = some.filter(({ id }) => id === null)
  for (let from = 0; from < all.length; from += 1000) await work(all.slice(from, from + 1000))
}

function countKinds(todo: Planned[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind } of todo) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

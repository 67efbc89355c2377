import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { administer } from '#app/directory/commands/administer.ts'
import { uploadOf } from '#app/directory/commands/import.ts'
import { copperClosure } from '#db/schema/migration.ts'
import { commune } from '#db/schema/reference.ts'
import { directoryUpload } from '#db/schema/upload.ts'
import type { Tx } from '#db/transaction.ts'
import { readCalendar } from '../read-calendar.ts'
import { type CalendarChange, type CalendarFault, type CalendarRow, changeOf } from '../rules/calendar.ts'

export type CalendarTrial = {
  id: number
  fileName: string
  content: string
  count: number
  change: CalendarChange
  faults: CalendarFault[]
  /** Of the file and of the calendar as it stands: what is confirmed is what was shown. */
  shown: string
}

/** What the file would do, and each line that is wrong. Writes nothing. */
export function tryCalendar(actor: Actor, id: number): Promise<Result<CalendarTrial>> {
  return administer(actor, 'migration.import', async (tx) => {
    const tried = await trialOf(tx, id)
    return tried ? done(tried.trial) : refused('migration.calendar.gone')
  })
}

/** The whole calendar is replaced by the file that was shown; not one line of it when one is wrong. */
export function importCalendar(
  actor: Actor,
  { id, shown }: { id: number; shown: string },
  now: Date,
): Promise<Result<CalendarChange>> {
  return administer(actor, 'migration.import', async (tx, admin) => {
    // One at a time: two at once would each be right about a calendar that is no more.
    await tx.execute(sql`select pg_advisory_xact_lock(4112018016)`)
    const tried = await trialOf(tx, id)
    if (!tried) return refused('migration.calendar.gone')
    const { trial, rows, hash } = tried
    if (trial.faults.length > 0)
      return refused('migration.calendar.has_faults', { count: wrongLines(trial.faults) })
    if (trial.shown !== shown) return { ...refused('migration.calendar.changed'), conflict: { version: id } }
    await tx.delete(copperClosure)
    for (let from = 0; from < rows.length; from += AT_ONCE) await enter(tx, rows.slice(from, from + AT_ONCE))
    await tx.delete(directoryUpload).where(eq(directoryUpload.id, id))
    await append(tx, admin, {
      chain: 'migration',
      event: 'migration.calendar_imported',
      visibility: 'internal',
      at: now,
      data: { file: hash, ...trial.change },
    })
    return done(trial.change)
  })
}

/** One statement each, far below the limit of a statement. */
const AT_ONCE = 10_000

async function enter(tx: Tx, rows: CalendarRow[]): Promise<void> {
  await tx.execute(sql`insert into copper_closure (commune_code, lot, commercial_on, technical_on, state)
    select "communeCode", lot, "commercialOn", "technicalOn", state from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given ("communeCode" text, lot text, "commercialOn" date, "technicalOn" date, state text)`)
}

async function trialOf(
  tx: Tx,
  id: number,
): Promise<{ trial: CalendarTrial; rows: CalendarRow[]; hash: string } | null> {
  const upload = await uploadOf(tx, id, 'copper')
  if (!upload) return null
  const codes = await tx.select({ code: commune.code }).from(commune)
  const { rows, faults } = readCalendar(upload.content, new Set(codes.map(({ code }) => code)))
  const before = await tx.select().from(copperClosure)
  const change = changeOf(new Map(before.map((row) => [row.communeCode, row])), rows)
  const trial = {
    id,
    fileName: upload.fileName,
    content: upload.content,
    count: rows.length,
    change,
    faults,
    shown: createHash('sha256')
      .update(upload.hash + JSON.stringify(change) + JSON.stringify(faults))
      .digest('hex'),
  }
  return { trial, rows, hash: upload.hash }
}

/** A line may have several faults: lines are counted, each once. */
export function wrongLines(faults: readonly { line: number }[]): number {
  return new Set(faults.map(({ line }) => line)).size
}

import { createHash } from 'node:crypto'
import { and, eq, gt, inArray, sql } from 'drizzle-orm'
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser'
import type { MachineActor } from '#app/_auth/actor.ts'
import { beginning, shortened } from '#app/_doors/rules/cut.ts'
import { cleanText } from '#app/_doors/text.ts'
import { within } from '#app/_doors/within.ts'
import { append } from '#app/_journal/append.ts'
import { codeOf } from '#app/_log/cause.ts'
import { maskLongNumbers } from '#app/cases/rules/masking.ts'
import { readIncidentReference, readReference } from '#app/cases/rules/reference-number.ts'
import { cases } from '#db/schema/cases.ts'
import { contactWay } from '#db/schema/crisis.ts'
import { contact } from '#db/schema/directory.ts'
import { incident } from '#db/schema/incidents.ts'
import { inboundMail, type MailFate, outbox } from '#db/schema/notification.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { mailAddressOf } from '../channels/mail.ts'
import { channelsIn } from '../channels/registry.ts'
import {
  type Fate,
  fateOf,
  LARGEST_BYTES,
  type Letter,
  MOST_AN_HOUR,
  returnedTo,
  wordsOf,
} from '../rules/inbound.ts'
import { readLetterName } from '../seal.ts'
import { giveUp } from './give-up.ts'
import { destinationOf } from './ways.ts'

/** One that takes longer to read is put aside: the next one waits behind it. */
const READ_MS = 5_000

/** A letter as it came; too large a one is told by its size alone. */
export type Came = { raw: Buffer } | { tooLarge: number; id: string }

/**
 * A letter lands on its case once, is put aside, or marks the address it could not reach; whatever is in it, the next one is read. Throws
 * only when nothing could be written down: then it is read again.
 */
export async function takeLetter(
  machine: MachineActor,
  came: Came,
  own: string,
  now: Date,
): Promise<MailFate> {
  if ('tooLarge' in came)
    return aside(machine, { id: came.id, bytes: came.tooLarge, reason: 'too large' }, now)
  const bytes = came.raw.byteLength
  const digest = sha256(came.raw)
  if (bytes > LARGEST_BYTES) return aside(machine, { id: digest, bytes, reason: 'too large' }, now)
  let mail: ParsedMail
  try {
    mail = await within(
      READ_MS,
      simpleParser(came.raw, { skipImageLinks: true, maxHtmlLengthToParse: 1_000_000 }),
    )
  } catch {
    return aside(machine, { id: digest, bytes, reason: 'unreadable' }, now)
  }
  const letter = letterOf(mail, came.raw)
  const known = {
    // The name of a letter is what its writer says it is: another's may bear the same.
    id: sha256(JSON.stringify([mail.messageId ?? digest, letter.from, letter.subject, letter.text])),
    bytes,
    from: letter.from,
    subject: maskLongNumbers(letter.subject),
  }
  try {
    return await land(machine, known, letter, fateOf(letter, own), now)
  } catch (error) {
    if (!isOfItsContent(error)) throw error
    return aside(machine, { id: digest, bytes, reason: 'unreadable' }, now)
  }
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Class 22 of SQLSTATE, data: whatever is in it cannot be kept, and no second try changes that. */
function isOfItsContent(error: unknown): boolean {
  return codeOf(error)?.startsWith('22') ?? false
}

type Known = { id: string; bytes: number; from?: string; subject?: string; reason?: string }

function aside(machine: MachineActor, known: Known, now: Date): Promise<MailFate> {
  return asActor(machine, async (tx): Promise<MailFate> => {
    await putAside(tx, machine, known, 'quarantined', now)
    return 'quarantined'
  })
}

/** Nobody is told by its case: those on duty are, once an hour however many come. */
async function putAside(
  tx: Tx,
  machine: MachineActor,
  known: Known,
  fate: 'quarantined' | 'unknown',
  now: Date,
): Promise<void> {
  const hourAgo = new Date(now.getTime() - 3_600_000)
  const [lately] = await tx
    .select({ id: inboundMail.id })
    .from(inboundMail)
    .where(and(inArray(inboundMail.fate, ['quarantined', 'unknown']), gt(inboundMail.at, hourAgo)))
    .limit(1)
  if (!(await keep(tx, known, fate, null, now)) || lately) return
  const line = { chain: 'cell', at: now, event: 'cell.mail_put_aside', visibility: 'internal' } as const
  await append(tx, machine, line)
}

async function keep(tx: Tx, known: Known, fate: MailFate, about: About | null, now: Date): Promise<boolean> {
  const made = await tx
    .insert(inboundMail)
    .values({
      messageId: known.id,
      at: now,
      fate,
      ...about,
      fromAddress: (known.from && beginning(known.from, 254)) || null,
      subject: (known.subject && beginning(known.subject, 300)) || null,
      reason: known.reason ?? null,
      bytes: known.bytes,
    })
    .onConflictDoNothing()
    .returning({ id: inboundMail.id })
  return made.length > 0
}

function land(machine: MachineActor, known: Known, letter: Letter, said: Fate, now: Date): Promise<MailFate> {
  return asActor(machine, async (tx): Promise<MailFate> => {
    if (said.fate === 'bounce') {
      if (await keep(tx, known, 'bounce', null, now)) await markBounced(tx, machine, said, now)
      return 'bounce'
    }
    const about = said.fate === 'landed' ? await aboutOf(tx, said.reference) : null
    if (!about) {
      if (said.fate === 'automatic') await keep(tx, known, 'automatic', null, now)
      else await putAside(tx, machine, known, 'unknown', now)
      return said.fate === 'automatic' ? 'automatic' : 'unknown'
    }
    const [lately] = await tx
      .select({ n: sql<number>`count(*)::int` })
      .from(inboundMail)
      .where(
        and(
          'caseId' in about
            ? eq(inboundMail.caseId, about.caseId)
            : eq(inboundMail.incidentId, about.incidentId),
          gt(inboundMail.at, new Date(now.getTime() - 3_600_000)),
        ),
      )
    if ((lately?.n ?? 0) >= MOST_AN_HOUR) {
      await putAside(tx, machine, { ...known, reason: 'too many' }, 'quarantined', now)
      return 'quarantined'
    }
    if (!(await keep(tx, known, 'landed', about, now))) return 'landed'
    await append(tx, machine, {
      ...('caseId' in about
        ? { chain: `case:${about.caseId}`, event: 'case.mail_received' as const }
        : { chain: `incident:${about.incidentId}`, event: 'incident.mail_received' as const }),
      ...about,
      at: now,
      // Who wrote it nobody has proved: the cell reads it, and calls back.
      visibility: 'internal',
      certainty: 'reported',
      text: maskLongNumbers(cleanText(wordsOf(letter.text))) || null,
      // Who wrote it is kept with the letter, which is forgotten in time; a journal forgets nothing.
      data: { subject: maskLongNumbers(letter.subject) },
    })
    return 'landed'
  })
}

type About = { caseId: number } | { incidentId: number }

/** The case or the incident that a letter of ours was about. */
async function aboutOf(tx: Tx, said: string): Promise<About | null> {
  const [ofIncident, ofCase] = [readIncidentReference(said), readReference(said)]
  if (ofIncident) {
    const [found] = await tx
      .select({ id: incident.id })
      .from(incident)
      .where(eq(incident.reference, ofIncident))
    return found ? { incidentId: found.id } : null
  }
  const [found] = ofCase
    ? await tx.select({ id: cases.id }).from(cases).where(eq(cases.reference, ofCase))
    : []
  return found ? { caseId: found.id } : null
}

/**
 * Only a letter of ours that went to this very address: then the address no longer counts as proved, and the letter goes by the
 * next way. Anybody can write what looks like a report; its name he cannot make up.
 */
async function markBounced(
  tx: Tx,
  machine: MachineActor,
  { recipients, messageIds }: Extract<Fate, { fate: 'bounce' }>,
  now: Date,
): Promise<void> {
  const channels = await channelsIn(tx)
  for (const id of new Set(messageIds.map(readLetterName))) {
    if (id === null) continue
    const [row] = await tx
      .select()
      .from(outbox)
      .where(and(eq(outbox.id, id), eq(outbox.channel, 'mail'), inArray(outbox.state, ['sent', 'delivered'])))
      .for('update')
    const to = row && (await destinationOf(tx, row.toType, row.toId))
    const address = to && mailAddressOf(to)?.toLowerCase()
    if (!row || !address || !recipients.includes(address)) continue
    await markAddress(tx, machine, address, now)
    const [back] = await tx
      .update(outbox)
      .set({ state: 'failed', lastError: 'came back', dueAt: null })
      .where(eq(outbox.id, id))
      .returning()
    if (back) await giveUp(tx, back, now, channels)
  }
}

async function markAddress(tx: Tx, machine: MachineActor, address: string, now: Date): Promise<void> {
  const contacts = await tx
    .update(contact)
    .set({ bouncedAt: now })
    .where(eq(sql`lower(${contact.email})`, address))
    .returning({ id: contact.id, organisationId: contact.organisationId })
  await tx
    .update(contactWay)
    .set({ bouncedAt: now, verifiedAt: null })
    .where(and(eq(contactWay.kind, 'email'), eq(sql`lower(${contactWay.value})`, address)))
  for (const { id, organisationId } of contacts)
    await append(tx, machine, {
      chain: 'directory',
      at: now,
      event: 'directory.changed',
      visibility: 'internal',
      data: { kind: 'contact', id, organisationId, made: false, fields: ['bouncedAt'] },
    })
}

function letterOf(mail: ParsedMail, raw: Buffer): Letter {
  const headers = Object.fromEntries(
    mail.headerLines.map(({ key, line }) => [key.toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )
  return {
    from: cleanText(addressesOf(mail.from)[0] ?? ''),
    to: [...addressesOf(mail.to), ...addressesOf(mail.cc), headers['delivered-to'] ?? ''],
    subject: shortened(cleanText(mail.subject ?? ''), 300),
    text: mail.text ?? '',
    answers: [mail.inReplyTo ?? [], mail.references ?? []].flat(),
    headers,
    returned: /report-type="?delivery-status/i.test(headers['content-type'] ?? '')
      ? returnedIn(raw, mail.messageId)
      : null,
  }
}

/** Of a report (RFC 3464), whose parts are plain: whom it could not be brought to, and which letter it was. */
function returnedIn(raw: Buffer, own: string | undefined): NonNullable<Letter['returned']> {
  const text = raw.toString('latin1')
  const ids = [...text.matchAll(/^message-id:\s*(<[^>\s]+>)/gim)].map(([, id = '']) => id)
  return { recipients: returnedTo(text), messageIds: ids.filter((id) => id !== own) }
}

function addressesOf(given: AddressObject | AddressObject[] | undefined): string[] {
  return [given ?? []].flat().flatMap((one) => one.value.flatMap(({ address }) => address ?? []))
}

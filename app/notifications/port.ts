import type { Locale } from '#app/_i18n/locale.ts'
import type { SitrepDocument } from '#app/sitreps/document.ts'
import type { Role } from '#db/schema/account.ts'
import type { Tx } from '#db/transaction.ts'

/** Where a message can go. What it is made of is read when it is sent: a number taken away meanwhile is not rung. */
export type Destination =
  | { type: 'account'; id: number; email: string }
  /** An on-call way of a person: his second telephone, his pager. */
  | { type: 'way'; id: number; kind: 'mobile' | 'landline' | 'email' | 'pager' | 'satellite'; value: string }
  /** A browser of his that asked for notifications. */
  | { type: 'browser'; id: number; endpoint: string; p256dh: string; auth: string }
  /** A person of the directory, without an account. */
  | { type: 'contact'; id: number; phone: string | null; email: string | null }
  /** Whoever holds a post of the directory. */
  | { type: 'post'; id: number; phone: string | null; email: string | null }
  /** One of many telephones that a mass message is for. */
  | { type: 'telephone'; id: number; phone: string | null; email: null }
export type DestinationType = Destination['type']

/** What is told to one recipient. `kind` is a message key (inbox.KIND). */
export type Told = {
  /** The person; null for whoever has no account. */
  accountId: number | null
  kind: string
  data: Record<string, string | number>
  caseId: number | null
  incidentId: number | null
  /** Of the fact: the same to the same recipient over the same channel is told once. */
  dedupeKey: string
}

/** On its way over a network. `key` is the same however often it is tried: a channel that can passes it on. */
export type Message = Told & {
  /** Its row in the outbox: what an answer is to. */
  id: number
  key: string
  exerciseId: number | null
  /** The reader's language. */
  locale: Locale
  /** What he may see; null for whoever has no account. */
  role: Role | null
  /** When it was told, and when this try of it is made. */
  createdAt: Date
  sentAt: Date
  pressing: boolean
  /** The report that a letter brings with it, as text and as a file. */
  enclosed?: SitrepDocument | null
  /** Which try this is, from one. */
  attempts: number
}

/**
 * `accepted` says what the far side calls it, `parts` what it calls each piece that it tells of on its own; `retry` it did not
 * take it now; `never` it will not take it at all.
 */
export type Outcome = { accepted: string; parts?: string[] } | { retry: string } | { never: string }

export type Verdict = { ok: true } | { ok: false; key: string }

type Described = {
  name: string
  /** Can this channel reach it at all? Asked when the message is queued, and again when it is sent. */
  validate(destination: Destination): Verdict
}

/** In our own database: sent in the transaction that tells, so it is there at once, and once. */
export type ChannelHere = Described & {
  where: 'here'
  send(tx: Tx, exerciseId: number | null, messages: Told[], now: Date): Promise<void>
}

/** Over a network: sent by the clock `outbox`, outside any transaction. */
export type ChannelOutside = Described & {
  where: 'outside'
  /** The far side knows a key it has seen: sent again after a death it still arrives once. Else it may arrive twice, and says so. */
  knowsKeys: boolean
  /** It says when a message has arrived: after so many seconds without a word, the next way is tried. Null: it never says. */
  receiptWithinS: number | null
  /** Asked at every turn: it holds its line open, to hear what the far side tells by itself. */
  attend?(): void
  send(message: Message, destination: Destination, signal: AbortSignal): Promise<Outcome>
}

export type Channel = ChannelHere | ChannelOutside

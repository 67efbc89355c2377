import type { Tx } from '#db/transaction.ts'

/** One message to one person. `kind` is a message key (inbox.KIND); `dedupeKey` twice is told once. */
export type Notice = {
  accountId: number
  kind: string
  data: Record<string, string | number>
  caseId: number | null
  incidentId?: number | null
  dedupeKey: string
}

/** A way to reach people. SMS, mail and telephone plug in here; the in-application inbox is the first. */
export type NotificationChannel = {
  name: string
  /** Delivers or queues, in the caller's transaction; telling the same notice again changes nothing. */
  deliver(tx: Tx, exerciseId: number | null, notices: Notice[], now: Date): Promise<void>
}

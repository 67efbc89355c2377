import type { MachineActor } from '#app/_auth/actor.ts'
import { asActor } from '#db/transaction.ts'
import { readMailbox } from '../channels/mailbox.ts'
import { readSettings } from '../channels/settings.ts'
import { takeLetter } from './take-letter.ts'

/** The clock's turn: every letter that came in. Where no mailbox is set there is none. */
export async function readLetters(machine: MachineActor, now: Date, signal: AbortSignal): Promise<number> {
  const { mail } = await asActor(machine, readSettings)
  return mail?.imap ? readMailbox(mail, (came) => takeLetter(machine, came, mail.from, now), signal) : 0
}

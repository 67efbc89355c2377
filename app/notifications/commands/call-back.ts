import { z } from 'zod'
import type { MachineActor } from '#app/_auth/actor.ts'
import { asActor } from '#db/transaction.ts'
import { httpReceipt } from '../channels/http-sms.ts'
import { readSettings } from '../channels/settings.ts'
import { CALL_ENDS } from '../rules/ringing.ts'
import { type Answered, acknowledgeMessage, declineMessage } from './answer.ts'
import { recordReceipts } from './receipt.ts'
import { endCall } from './ringing.ts'

export type VoiceAnswer = { say: 'noted' | 'passed_on' | null; hangUp: boolean }

/**
 * What a voice gateway tells of one call: a key pressed, or how it ended. Picked up is no answer, and no voicemail presses a key.
 * It is told what to say next.
 */
export async function takeVoice(
  machine: MachineActor,
  outboxId: number,
  told: z.output<typeof voiceTold>,
  now: Date,
): Promise<VoiceAnswer> {
  if (told.event === 'key') {
    if (told.key === '1') {
      const answered = await acknowledgeMessage(machine, outboxId, 'key', now)
      return { say: SAYS[answered], hangUp: true }
    }
    const declined = told.key === '2' ? await declineMessage(machine, outboxId, now) : null
    // A key that was not offered says nothing: the sentence goes on, and with it the key that is.
    return declined ? { say: SAYS[declined], hangUp: true } : { say: null, hangUp: false }
  }
  if (told.event === 'ended') await endCall(machine, outboxId, told.cause, told.call, now)
  return { say: null, hangUp: false }
}

/** Nothing is said to be noted that was not: whoever hears nothing looks at his other telephone. */
const SAYS: Record<Answered | 'passed_on', VoiceAnswer['say']> = {
  done: 'noted',
  already: 'noted',
  passed_on: 'passed_on',
  cancelled: null,
  unknown: null,
}

export const voiceTold = z.object({
  event: z.enum(['ringing', 'answered', 'key', 'ended']),
  /** What the gateway called it when it took it: an end that comes late ends no later call. */
  call: z.string().max(200).nullish(),
  key: z.string().max(1).optional(),
  cause: z.enum(CALL_ENDS).catch('unknown').default('unknown'),
})

/** What a gateway calls back with, by the channel it serves. False when it names no message at all. */
export async function takeCallBack(
  machine: MachineActor,
  channel: string,
  told: unknown,
  now: Date,
): Promise<boolean> {
  const settings = await asActor(machine, readSettings)
  if (channel !== 'sms' || !settings.sms?.http) return false
  const receipt = httpReceipt(settings.sms.http, told)
  if (!receipt) return false
  const { id, says } = receipt
  if (says) await recordReceipts(machine, [{ channel, externalId: `http:${id}`, says }], now)
  return true
}

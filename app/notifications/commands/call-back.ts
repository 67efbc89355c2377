import type { MachineActor } from '#app/_auth/actor.ts'
import { asActor } from '#db/transaction.ts'
import { httpReceipt } from '../channels/http-sms.ts'
import { readSettings } from '../channels/settings.ts'
import { recordReceipt } from './receipt.ts'

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
  if (says) await recordReceipt(machine, { channel, externalId: `http:${id}`, says }, now)
  return true
}

import type { Tx } from '#db/transaction.ts'
import type { Channel } from '../port.ts'
import { inbox } from './inbox.ts'
import { mailChannel } from './mail.ts'
import { pushChannel } from './push.ts'
import { type ChannelSettings, readSettings } from './settings.ts'
import { smsChannel } from './sms.ts'
import { voiceChannel } from './voice.ts'

/** Every channel that is set, a file each, in the order they are tried: a new one is a file and a name in this list. */
export function channelsFrom(settings: ChannelSettings): readonly Channel[] {
  return [
    inbox,
    ...(settings.sms ? [smsChannel(settings.sms)] : []),
    ...(settings.push ? [pushChannel(settings.push)] : []),
    ...(settings.voice ? [voiceChannel(settings.voice)] : []),
    ...(settings.mail ? [mailChannel(settings.mail)] : []),
  ]
}

export async function channelsIn(tx: Tx): Promise<readonly Channel[]> {
  return channelsFrom(await readSettings(tx))
}

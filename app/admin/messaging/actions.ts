'use server'

import { z } from 'zod'
import { formAction } from '#app/_doors/form.ts'
import { sendToWayInput } from '#app/cell/input.ts'
import {
  CHANNEL_INPUT,
  type ChannelName,
  isBlank,
  mailInput,
  pushInput,
  smsInput,
  voiceInput,
} from '#app/notifications/channels/settings.ts'
import { sendToWay } from '#app/notifications/commands/prove-way.ts'
import { setChannel } from '#app/notifications/commands/set-channel.ts'

/** All of it left blank is a channel that is not set. */
function formOf<S extends z.ZodType>(settings: S) {
  return z.object({
    settings: z.preprocess((given) => (isBlank(given) ? null : given), settings.nullable()),
    reason: z.string('forms.required').trim().min(1, 'forms.required').max(200),
  })
}

const keep = {
  may: 'settings.keep' as const,
  next: ({ set }: { set: boolean }) => ({ key: set ? 'channels.done.set' : 'channels.done.unset' }),
}

export const setSmsAction = formAction(
  formOf(smsInput),
  (actor, input, now) => setChannel(actor, 'sms', input, now),
  keep,
)
export const setVoiceAction = formAction(
  formOf(voiceInput),
  (actor, input, now) => setChannel(actor, 'voice', input, now),
  keep,
)
export const setMailAction = formAction(
  formOf(mailInput),
  (actor, input, now) => setChannel(actor, 'mail', input, now),
  keep,
)
export const setPushAction = formAction(
  formOf(pushInput),
  (actor, input, now) => setChannel(actor, 'push', input, now),
  keep,
)

const names = Object.keys(CHANNEL_INPUT) as [ChannelName, ...ChannelName[]]

export const tryChannelAction = formAction(
  sendToWayInput.omit({ kind: true }).extend({ channel: z.enum(names) }),
  (actor, { wayId, channel }, now) => sendToWay(actor, { wayId, kind: 'way_test', channel }, now),
  { may: 'settings.keep', next: () => ({ key: 'channels.done.tried' }) },
)

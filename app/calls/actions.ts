'use server'

import { formAction } from '#app/_doors/form.ts'
import { dial, dialInput } from '#app/notifications/commands/dial.ts'
import { logCallBack } from './commands/call-back.ts'
import { linkCall } from './commands/link.ts'
import { nameTelephone } from './commands/telephone.ts'
import { calledBackInput, linkInput, telephoneInput } from './input.ts'

/** Calls belong to no exercise: the telephone rings in the real world. */
const real = { may: 'cases.work', real: true } as const

export const logCallBackAction = formAction(calledBackInput, logCallBack, {
  ...real,
  next: () => ({ key: 'calls.done.called_back' }),
})
export const linkCallAction = formAction(linkInput, linkCall, {
  ...real,
  next: ({ reference }) => `/cases/${reference}`,
})
export const nameTelephoneAction = formAction(telephoneInput, nameTelephone, {
  ...real,
  next: (_value, { name }) => ({
    key: name ? 'calls.done.telephone' : 'calls.done.no_telephone',
    values: { name },
  }),
})
export const dialAction = formAction(dialInput, dial, {
  may: 'cases.work',
  next: ({ telephone }) => ({ key: 'calls.done.dialled', values: { telephone } }),
})

'use server'

import { formAction } from '#app/_doors/form.ts'
import { savePilots } from './commands/pilots.ts'
import { prepareBroadcast } from './commands/prepare.ts'
import { confirmBroadcast, goOn, logDeadCall, stopBroadcast } from './commands/run.ts'
import { calledInput, moveInput, pilotsInput, prepareInput, stopInput } from './input.ts'

const decide = { may: 'instructions.decide' } as const
const done = (key: string) => () => ({ key: `broadcasts.done.${key}` })

export const prepareAction = formAction(prepareInput, prepareBroadcast, {
  ...decide,
  next: ({ broadcastId }) => `/broadcasts/${broadcastId}`,
})
export const confirmAction = formAction(moveInput, confirmBroadcast, {
  ...decide,
  fresh: true,
  next: done('started'),
})
export const goOnAction = formAction(moveInput, goOn, { ...decide, fresh: true, next: done('went_on') })
export const stopAction = formAction(stopInput, stopBroadcast, {
  may: 'instructions.write',
  next: done('stopped'),
})
export const calledAction = formAction(calledInput, logDeadCall, {
  may: 'instructions.write',
  next: done('called'),
})
export const pilotsAction = formAction(pilotsInput, savePilots, {
  ...decide,
  next: ({ count }) => ({ key: 'broadcasts.done.pilots', values: { count } }),
})

'use server'

import { z } from 'zod'
import { decode } from '#app/_doors/csv.ts'
import { formAction } from '#app/_doors/form.ts'
import type { FormState } from '#app/_doors/form-data.ts'
import { refusedField } from '#app/_doors/result.ts'
import { savePilots } from './commands/pilots.ts'
import { prepareBroadcast } from './commands/prepare.ts'
import { confirmBroadcast, goOn, logDeadCall, stopBroadcast } from './commands/run.ts'
import { calledInput, moveInput, pilotsInput, prepareInput, stopInput } from './input.ts'

const decide = { may: 'instructions.decide' } as const
const done = (key: string) => () => ({ key: `broadcasts.done.${key}` })

const prepare = formAction(prepareInput, prepareBroadcast, {
  ...decide,
  next: ({ broadcastId }) => `/broadcasts/${broadcastId}`,
})
const noText = formAction(
  z.object({}),
  async () => refusedField('file', 'directory.import.fault.not_text'),
  decide,
)

/** A list may be typed, pasted or chosen as a file: a file wins over lines, as everywhere. */
export async function prepareAction(before: FormState, form: FormData): Promise<FormState> {
  const chosen = form.get('file')
  if (!(chosen instanceof File) || chosen.size === 0) return prepare(before, form)
  const lines = decode(new Uint8Array(await chosen.arrayBuffer()))
  if (lines === null) return noText(before, form)
  form.set('list', lines)
  return prepare(before, form)
}
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
  real: true,
  next: ({ count }) => ({ key: 'broadcasts.done.pilots', values: { count } }),
})

'use server'

import { z } from 'zod'
import type { Capability } from '#app/_auth/rules/roles.ts'
import { formAction } from '#app/_doors/form.ts'
import { changeCellState } from '#app/crisis/commands/cell-state.ts'
import { logCall } from '#app/crisis/commands/log-call.ts'
import { callInput, cellStateInput } from '#app/crisis/input.ts'
import { proveWay, sendToWay } from '#app/notifications/commands/prove-way.ts'
import { generateHandover, signHandover } from './commands/handover.ts'
import { hearAlarms } from './commands/hear.ts'
import { addShift, cancelShift, swapShift } from './commands/roster.ts'
import { changeThreshold, thresholdInput, tryThreshold } from './commands/thresholds.ts'
import { addWay, removeWay, verifyWay } from './commands/ways.ts'
import {
  cancelShiftInput,
  hearInput,
  sendToWayInput,
  shiftInput,
  signInput,
  swapShiftInput,
  verifyWayInput,
  wayCodeInput,
  wayInput,
} from './input.ts'

const said = (may: Capability, key: string) => ({
  may,
  next: () => ({ key: `cell.done.${key}` }),
})

/** Told to whom: one name a line, as a person writes it. */
const stateForm = cellStateInput.extend({
  toldTo: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(/[\n,;]/)
        .map((name) => name.trim())
        .filter(Boolean),
    ),
})

export const changeStateAction = formAction(stateForm, changeCellState, {
  ...said('cell.change_state', 'state'),
  fresh: ({ to }) => to === 'crisis',
})
export const logCallAction = formAction(callInput, logCall, said('notices.write', 'call'))
export const addShiftAction = formAction(shiftInput, addShift, said('roster.keep', 'shift'))
export const cancelShiftAction = formAction(
  cancelShiftInput,
  cancelShift,
  said('roster.keep', 'shift_cancelled'),
)
export const swapShiftAction = formAction(swapShiftInput, swapShift, said('roster.own', 'shift_swapped'))
export const addWayAction = formAction(wayInput, addWay, said('roster.own', 'way'))
export const verifyWayAction = formAction(verifyWayInput, verifyWay, said('roster.keep', 'way_verified'))
export const sendToWayAction = formAction(sendToWayInput, sendToWay, {
  may: 'roster.own',
  next: (_, { kind }) => ({ key: kind === 'way_code' ? 'cell.done.code_sent' : 'cell.done.test_sent' }),
})
export const proveWayAction = formAction(wayCodeInput, proveWay, said('roster.own', 'way_verified'))
export const removeWayAction = formAction(verifyWayInput, removeWay, said('roster.own', 'way_removed'))
export const hearAction = formAction(hearInput, hearAlarms, { may: 'cases.work' })
export const generateHandoverAction = formAction(
  z.object({}),
  (actor, _input, now) => generateHandover(actor, now),
  said('handover.sign', 'handover'),
)
export const signHandoverAction = formAction(signInput, signHandover, said('handover.sign', 'signed'))
export const tryThresholdAction = formAction(thresholdInput, tryThreshold, {
  may: 'settings.keep',
  next: ({ key, value }) => `/cell/thresholds?key=${key}&value=${value}#effect`,
})
export const changeThresholdAction = formAction(thresholdInput, changeThreshold, {
  may: 'settings.keep',
  next: () => '/cell/thresholds?saved=1',
})

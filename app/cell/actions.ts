'use server'

import { z } from 'zod'
import { CELL_ROLES } from '#app/_auth/actor.ts'
import { formAction } from '#app/_doors/form.ts'
import { changeCellState } from '#app/crisis/commands/cell-state.ts'
import { logNoticeCall } from '#app/crisis/commands/notice-answers.ts'
import { cellStateInput, noticeCallInput } from '#app/crisis/input.ts'
import { generateHandover, signHandover } from './commands/handover.ts'
import { addShift, addWay, cancelShift, removeWay, swapShift, verifyWay } from './commands/roster.ts'
import { changeThreshold, thresholdInput } from './commands/thresholds.ts'
import { cancelShiftInput, shiftInput, signInput, swapShiftInput, verifyWayInput, wayInput } from './input.ts'

const cell = { roles: CELL_ROLES }
const said = (key: string) => ({ ...cell, next: () => ({ key: `cell.done.${key}` }) })

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

export const changeStateAction = formAction(stateForm, changeCellState, said('state'))
export const logCallAction = formAction(noticeCallInput, logNoticeCall, said('call'))
export const addShiftAction = formAction(shiftInput, addShift, said('shift'))
export const cancelShiftAction = formAction(cancelShiftInput, cancelShift, said('shift_cancelled'))
export const swapShiftAction = formAction(swapShiftInput, swapShift, said('shift_swapped'))
export const addWayAction = formAction(wayInput, addWay, said('way'))
export const verifyWayAction = formAction(verifyWayInput, verifyWay, said('way_verified'))
export const removeWayAction = formAction(verifyWayInput, removeWay, said('way_removed'))
export const generateHandoverAction = formAction(
  z.object({}),
  (actor, _input, now) => generateHandover(actor, now),
  said('handover'),
)
export const signHandoverAction = formAction(signInput, signHandover, said('signed'))
export const changeThresholdAction = formAction(thresholdInput, changeThreshold, {
  roles: ['admin'],
  next: () => ({ key: 'cell.done.threshold' }),
})

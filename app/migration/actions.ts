'use server'

import { formAction } from '#app/_doors/form.ts'
import { answerCheck, blockMove, contactSite, liftBlocker, planMove } from './commands/plan.ts'
import { saveLine } from './commands/save-line.ts'
import { failStep, logMoveTest, moveStepTo, saveStep } from './commands/steps.ts'
import {
  blockInput,
  checkInput,
  contactInput,
  liftInput,
  lineInput,
  moveInput,
  moveTestInput,
  stepFailedInput,
  stepInput,
  stepMovedInput,
} from './input.ts'

const may = 'migration.work'
const said = (key: string) => () => ({ key: `migration.done.${key}` })

export const planMoveAction = formAction(moveInput, planMove, { may, next: said('planned') })
export const contactSiteAction = formAction(contactInput, contactSite, { may, next: said('contacted') })
export const saveLineAction = formAction(lineInput, saveLine, { may, next: said('line') })
export const saveStepAction = formAction(stepInput, saveStep, { may, next: said('step') })
export const moveStepAction = formAction(stepMovedInput, moveStepTo, { may, next: said('moved') })
export const failStepAction = formAction(stepFailedInput, failStep, {
  may,
  next: ({ reference }) =>
    reference ? { key: 'migration.done.failed', values: { reference } } : { key: 'migration.done.moved' },
})
export const logMoveTestAction = formAction(moveTestInput, logMoveTest, { may, next: said('tested') })
export const blockMoveAction = formAction(blockInput, blockMove, { may, next: said('blocked') })
export const liftBlockerAction = formAction(liftInput, liftBlocker, { may, next: said('lifted') })
export const answerCheckAction = formAction(checkInput, answerCheck, { may, next: said('checked') })

'use server'

import { formAction } from '#app/_doors/form.ts'
import { answerInstruction, logInstructionCall } from './commands/answer.ts'
import { askActors } from './commands/ask.ts'
import { draftInstruction, reviseInstruction } from './commands/draft.ts'
import { endInstruction, putInForce, withdrawInstruction } from './commands/force.ts'
import { testInstruction } from './commands/test.ts'
import {
  answerInput,
  askInput,
  callInput,
  draftInput,
  endInput,
  moveInput,
  reviseInput,
  testInput,
} from './input.ts'

const write = { may: 'instructions.write' } as const
const done = (key: string) => () => ({ key: `instructions.done.${key}` })

export const draftAction = formAction(draftInput, draftInstruction, {
  ...write,
  next: ({ instructionId }) => `/instructions/${instructionId}`,
})
export const reviseAction = formAction(reviseInput, reviseInstruction, { ...write, next: done('revised') })
export const testAction = formAction(testInput, testInstruction, { ...write, next: done('tested') })
export const askAction = formAction(askInput, askActors, {
  ...write,
  next: ({ asked }) => ({ key: 'instructions.done.asked', values: { count: asked } }),
})
export const callAction = formAction(callInput, logInstructionCall, { ...write, next: done('called') })
export const answerAction = formAction(answerInput, answerInstruction, {
  may: 'instructions.answer',
  next: ({ answer }) => ({ key: `instructions.done.${answer}` }),
})
export const forceAction = formAction(moveInput, putInForce, {
  may: 'instructions.decide',
  fresh: true,
  next: ({ number }) => ({ key: 'instructions.done.in_force', values: { number } }),
})
export const endAction = formAction(endInput, endInstruction, {
  may: 'instructions.decide',
  next: ({ number }) => ({ key: 'instructions.done.ended', values: { number } }),
})
export const withdrawAction = formAction(endInput, withdrawInstruction, { ...write, next: done('withdrawn') })

'use server'

import { overspent } from '#app/_doors/budget.ts'
import { formAction } from '#app/_doors/form.ts'
import type { FormState } from '#app/_doors/form-data.ts'
import { cleanText } from '#app/_doors/text.ts'
import { answerCase, observeNeighbour } from '#app/cases/commands/answer.ts'
import { attachFile } from '#app/cases/commands/attach-file.ts'
import { changeCallback } from '#app/cases/commands/change-callback.ts'
import { completeCase } from '#app/cases/commands/complete.ts'
import { confirmCase } from '#app/cases/commands/confirm.ts'
import { observeCase } from '#app/cases/commands/observe.ts'
import { stillFailing } from '#app/cases/commands/still-failing.ts'
import { recordTests } from '#app/cases/commands/tests.ts'
import {
  answerInput,
  attachInput,
  callbackInput,
  completeInput,
  confirmInput,
  laterFacts,
  neighbourInput,
  observeInput,
  stillFailingInput,
  testsInput,
} from '#app/cases/input.ts'
import { answeredAt } from './said.ts'

export const confirmAction = formAction(confirmInput, confirmCase, {
  may: 'cases.follow',
  next: (_done, { reference }) => answeredAt(reference, 'confirm'),
})
export const stillFailingAction = formAction(stillFailingInput, stillFailing, {
  may: 'cases.follow',
  next: (_done, { reference }) => answeredAt(reference, 'still_failing'),
})
export const answerAction = formAction(answerInput, answerCase, {
  may: 'cases.follow',
  next: () => ({ key: 'my.done.answer' }),
})
export const testsAction = formAction(testsInput, recordTests, {
  may: 'cases.follow',
  next: () => ({ key: 'my.done.record_tests' }),
})
export const neighbourAction = formAction(neighbourInput, observeNeighbour, {
  may: 'cases.follow',
  next: () => ({ key: 'my.done.observe_neighbour' }),
})
export const callbackAction = formAction(callbackInput, changeCallback, {
  may: 'cases.follow',
  next: () => ({ key: 'my.done.change_callback' }),
})
export const observeAction = formAction(observeInput, observeCase, {
  may: 'cases.observe',
  next: () => ({ key: 'my.done.observe' }),
})
/** The file is no field of the form that comes back: whoever was refused chooses it again. */
export async function attachAction(before: FormState, form: FormData): Promise<FormState> {
  const chosen = form.get('file')
  const file = chosen instanceof File ? chosen : null
  const door = formAction(
    attachInput,
    async (actor, { reference }, now) =>
      (await overspent(actor, 'attach')) ??
      attachFile(
        actor,
        {
          reference,
          name: cleanText(file?.name ?? ''),
          bytes: file ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array(),
        },
        now,
      ),
    { may: 'cases.follow', next: () => ({ key: 'my.done.attach_file' }) },
  )
  return door(before, form)
}

// Nothing typed is nothing to add, not a fault.
export const completeAction = formAction(
  completeInput.extend({ facts: laterFacts.prefault({}) }),
  completeCase,
  { may: 'cases.follow', next: () => ({ key: 'my.done.complete' }) },
)

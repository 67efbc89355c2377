'use server'

import { z } from 'zod'
import type { AccountActor } from '#app/_auth/actor.ts'
import { formAction } from '#app/_doors/form.ts'
import type { Result } from '#app/_doors/result.ts'
import { acknowledgeCase } from '../commands/acknowledge.ts'
import { assignCase } from '../commands/assign.ts'
import { logAttempt } from '../commands/attempt.ts'
import { claimCase, releaseCase } from '../commands/claim.ts'
import { closeCase } from '../commands/close.ts'
import { completeCase } from '../commands/complete.ts'
import { confirmCase } from '../commands/confirm.ts'
import { diagnoseCase, putWorkaround } from '../commands/diagnose.ts'
import { attachDuplicate, detachDuplicate } from '../commands/duplicate.ts'
import { setLevel } from '../commands/level.ts'
import { putOutOfScope } from '../commands/out-of-scope.ts'
import { reopenCase } from '../commands/reopen.ts'
import { restoreCase } from '../commands/restore.ts'
import { stillFailing } from '../commands/still-failing.ts'
import { recordTests } from '../commands/tests.ts'
import { noteCase, updateCase } from '../commands/update.ts'
import { verifyCase } from '../commands/verify.ts'
import { waitForReporter } from '../commands/wait.ts'
import * as input from '../input.ts'
import { promised } from '../promised.ts'

/** One door a command: the same way for all, back to the page of the case with the form put away. */
function door<S extends z.ZodType>(
  schema: S,
  run: (actor: AccountActor, given: z.output<S>, now: Date) => Promise<Result<unknown>>,
) {
  return formAction(schema, run, { may: 'cases.work', fromNow: promised, next: (_, given) => pathOf(given) })
}

function pathOf(given: unknown): string {
  return `/cases/${encodeURIComponent((given as { reference: string }).reference)}`
}

/** Facts left entirely blank are still an answer: nothing to add. */
const withFacts = z.preprocess((given) => ({ facts: {}, ...(given as object) }), input.completeInput)

export const acknowledgeAction = door(input.acknowledgeInput, acknowledgeCase)
export const claimAction = door(input.claimInput, claimCase)
export const releaseAction = door(input.releaseInput, releaseCase)
export const assignAction = door(input.assignInput, assignCase)
export const levelAction = door(input.levelInput, setLevel)
export const testsAction = door(input.testsInput, recordTests)
export const diagnoseAction = door(input.diagnoseInput, diagnoseCase)
export const workaroundAction = door(input.workaroundInput, putWorkaround)
export const updateAction = door(input.updateInput, updateCase)
export const noteAction = formAction(input.noteInput, noteCase, { may: 'cases.work' })
export const completeAction = door(withFacts, completeCase)
export const verifyAction = door(input.verifyInput, verifyCase)
export const attachDuplicateAction = door(input.duplicateInput, attachDuplicate)
export const detachDuplicateAction = door(input.detachInput, detachDuplicate)
export const waitAction = door(input.waitInput, waitForReporter)
export const restoreAction = door(input.restoreInput, restoreCase)
export const confirmAction = door(input.confirmInput, confirmCase)
export const stillFailingAction = door(input.stillFailingInput, stillFailing)
export const attemptAction = door(input.attemptInput, logAttempt)
export const closeAction = door(input.closeInput, closeCase)
export const reopenAction = door(input.reopenInput, reopenCase)
export const outOfScopeAction = door(input.outOfScopeInput, putOutOfScope)

'use server'

import { unstable_rethrow } from 'next/navigation'
import { machine } from '#app/_auth/actor.ts'
import { clockNow } from '#app/_doors/clock.ts'
import { failure } from '#app/_doors/failure.ts'
import { textOf } from '#app/_doors/text.ts'
import { type Answered, acknowledgeMessage, declineMessage } from '#app/notifications/commands/answer.ts'
import { readAnswerCode } from '#app/notifications/seal.ts'

export type AnswerState = { answered: Answered | 'passed_on' | 'failed' | null }

/** Whoever holds the link holds the message: he may say that he has read it, or that the next one is to be called. */
export async function answerAction(_before: AnswerState, form: FormData): Promise<AnswerState> {
  const outboxId = readAnswerCode(textOf(form, 'code'))
  if (outboxId === null) return { answered: 'unknown' }
  try {
    if (textOf(form, 'say') === 'cannot')
      return { answered: await declineMessage(machine('link'), outboxId, clockNow()) }
    return { answered: await acknowledgeMessage(machine('link'), outboxId, 'link', clockNow()) }
  } catch (error) {
    unstable_rethrow(error)
    failure('answer', error)
    return { answered: 'failed' }
  }
}

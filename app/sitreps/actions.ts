'use server'

import { formAction } from '#app/_doors/form.ts'
import { acknowledgeNotice } from '#app/crisis/commands/notice-answers.ts'
import { draftNotice, prepareNotice, sendPrepared } from '#app/crisis/commands/notices.ts'
import { acknowledgeNoticeInput, sendInput } from '#app/crisis/input.ts'
import { subscribe, subscribeInput } from './commands/subscribe.ts'
import { draftForm, issueForm } from './input.ts'

export const draftAction = formAction(draftForm, draftNotice, {
  may: 'notices.write',
  next: ({ noticeId }) => `/sitreps/${noticeId}`,
})

/** Nothing is sent from the form itself: what will be read is read once more. */
export const checkAction = formAction(issueForm, prepareNotice, {
  may: 'notices.write',
  next: ({ noticeId }) => `/sitreps/${noticeId}?check`,
})

export const sendAction = formAction(sendInput, sendPrepared, {
  may: 'notices.write',
  fresh: true,
  next: ({ recipients }) => ({ key: 'sitreps.done.issued', values: { count: recipients } }),
})

export const acknowledgeAction = formAction(acknowledgeNoticeInput, acknowledgeNotice, {
  may: 'notices.acknowledge',
  next: () => ({ key: 'sitreps.done.acknowledged' }),
})

export const subscribeAction = formAction(subscribeInput, subscribe, {
  may: 'notices.acknowledge',
  real: true,
  next: ({ channels }) => ({ key: 'sitreps.subscriptions.saved', values: { channels } }),
})

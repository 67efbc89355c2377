'use server'

import { formAction } from '#app/_doors/form.ts'
import { acknowledgeNotice } from '#app/crisis/commands/notice-answers.ts'
import { draftNotice, issueNotice } from '#app/crisis/commands/notices.ts'
import { acknowledgeNoticeInput } from '#app/crisis/input.ts'
import { draftForm, issueForm } from './input.ts'

export const draftAction = formAction(draftForm, draftNotice, {
  may: 'notices.write',
  next: ({ noticeId }) => `/sitreps/${noticeId}`,
})

export const issueAction = formAction(issueForm, issueNotice, {
  may: 'notices.write',
  next: ({ recipients }) => ({ key: 'sitreps.done.issued', values: { count: recipients } }),
})

export const acknowledgeAction = formAction(acknowledgeNoticeInput, acknowledgeNotice, {
  may: 'notices.acknowledge',
  next: () => ({ key: 'sitreps.done.acknowledged' }),
})

'use server'

import { CELL_ROLES } from '#app/_auth/actor.ts'
import { formAction } from '#app/_doors/form.ts'
import { acknowledgeNotice } from '#app/crisis/commands/notice-answers.ts'
import { draftNotice, issueNotice } from '#app/crisis/commands/notices.ts'
import { acknowledgeNoticeInput } from '#app/crisis/input.ts'
import { draftForm, issueForm } from './input.ts'

export const draftAction = formAction(draftForm, draftNotice, {
  roles: CELL_ROLES,
  next: ({ noticeId }) => `/sitreps/${noticeId}`,
})

export const issueAction = formAction(issueForm, issueNotice, {
  roles: CELL_ROLES,
  next: ({ recipients }) => ({ key: 'sitreps.done.issued', values: { count: recipients } }),
})

export const acknowledgeAction = formAction(acknowledgeNoticeInput, acknowledgeNotice, {
  next: () => ({ key: 'sitreps.done.acknowledged' }),
})

'use server'

import { z } from 'zod'
import { formAction } from '#app/_doors/form.ts'
import {
  dropBrowser,
  dropInput,
  keepBrowser,
  subscriptionInput,
  tryBrowsers,
  tryBrowsersInput,
} from '#app/notifications/commands/browsers.ts'
import { chooseTold } from '#app/notifications/commands/choose.ts'
import { CHOSEN_TOPICS } from '#app/notifications/rules/choice.ts'
import { markRead } from './commands/mark-read.ts'

export const markReadAction = formAction(
  z.object({
    id: z.coerce
      .number()
      .int()
      .positive()
      .nullish()
      .transform((id) => id ?? null),
  }),
  markRead,
  { may: 'inbox.read' },
)

export const chooseToldAction = formAction(
  z.object({ told: z.array(z.enum(CHOSEN_TOPICS)).default([]) }),
  (actor, input) => chooseTold(actor, input),
  { may: 'inbox.read', real: true, next: () => ({ key: 'inbox.choice.saved' }) },
)

export const keepBrowserAction = formAction(subscriptionInput, keepBrowser, { may: 'inbox.read', real: true })

export const dropBrowserAction = formAction(dropInput, (actor, input) => dropBrowser(actor, input), {
  may: 'inbox.read',
  real: true,
})

export const tryBrowsersAction = formAction(tryBrowsersInput, tryBrowsers, { may: 'inbox.read', real: true })

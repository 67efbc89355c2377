'use server'

import { z } from 'zod'
import { CELL_ROLES } from '#app/_auth/actor.ts'
import { formAction } from '#app/_doors/form.ts'
import { retryJobs } from './commands/retry-jobs.ts'

export const retryJobsAction = formAction(z.object({}), (actor, _input, now) => retryJobs(actor, now), {
  roles: CELL_ROLES,
  // The form goes with the failures it was for: the answer stands on the page.
  next: ({ count }) => `/operations?retried=${count}`,
})

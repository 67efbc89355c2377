'use server'

import { z } from 'zod'
import { formAction } from '#app/_doors/form.ts'
import { retryJobs } from './commands/retry-jobs.ts'

export const retryJobsAction = formAction(z.object({}), (actor, _input, now) => retryJobs(actor, now), {
  may: 'operations.retry',
  // The form goes with the failures it was for: the answer stands on the page.
  next: ({ count }) => `/operations?retried=${count}`,
})

'use server'

import { formAction } from '#app/_doors/form.ts'
import {
  announceFallbackEnd,
  closeFallback,
  lookAtNumber,
  openFallback,
  planFallback,
  publishFallback,
  takeRerouteOut,
} from './commands/fallbacks.ts'
import { testFallback } from './commands/test.ts'
import { lookInput, moveInput, openInput, planInput, publishInput, testInput } from './input.ts'

const said = (key: string) =>
  ({ may: 'instructions.write', next: () => ({ key: `fallbacks.done.${key}` }) }) as const

export const planAction = formAction(planInput, planFallback, {
  may: 'instructions.write',
  next: ({ fallbackId }) => `/fallbacks/${fallbackId}`,
})
export const testAction = formAction(testInput, testFallback, {
  may: 'instructions.write',
  next: ({ raised }) => ({ key: 'fallbacks.done.tested', values: { count: raised } }),
})
export const openAction = formAction(openInput, openFallback, said('opened'))
export const publishAction = formAction(publishInput, publishFallback, said('published'))
export const announceAction = formAction(moveInput, announceFallbackEnd, said('announced'))
export const closeAction = formAction(moveInput, closeFallback, said('closed'))
export const rerouteAction = formAction(moveInput, takeRerouteOut, said('reroute_out'))
export const lookAction = formAction(lookInput, lookAtNumber, {
  may: 'instructions.read',
  next: ({ phone }) => ({ key: 'fallbacks.done.looked', values: { phone } }),
})

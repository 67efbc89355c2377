'use server'

import { z } from 'zod'
import { formAction } from '#app/_doors/form.ts'
import {
  addProbe,
  agree,
  endAgreement,
  planCalls,
  retireProbe,
  switchProbes,
  unplanCalls,
} from './commands/keep-plan.ts'
import {
  agreementIdInput,
  agreementInput,
  planInput,
  probeIdInput,
  probeInput,
  unplanInput,
} from './input.ts'

const said = (key: string) => ({
  may: 'supervision.keep' as const,
  next: () => ({ key: `supervision.done.${key}` }),
})

export const addProbeAction = formAction(probeInput, addProbe, said('probe'))
export const retireProbeAction = formAction(probeIdInput, retireProbe, said('retired'))
export const agreeAction = formAction(agreementInput, agree, said('agreed'))
export const endAgreementAction = formAction(agreementIdInput, endAgreement, said('ended'))
export const planAction = formAction(planInput, planCalls, said('planned'))
export const unplanAction = formAction(unplanInput, unplanCalls, said('unplanned'))
export const switchAction = formAction(
  z.object({ stop: z.enum(['stop', 'go']).transform((word) => word === 'stop') }),
  switchProbes,
  {
    may: 'supervision.keep',
    next: (_, { stop }) => ({ key: `supervision.done.${stop ? 'stopped' : 'resumed'}` }),
  },
)

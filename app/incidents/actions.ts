'use server'

import { z } from 'zod'
import { formAction } from '#app/_doors/form.ts'
import type { Result } from '#app/_doors/result.ts'
import { attachCase, detachCase, dismissCandidate, takeResiduals } from './commands/attach.ts'
import { decideProposal } from './commands/decide.ts'
import { declareIncident } from './commands/declare.ts'
import { mergeIncidents, splitIncident } from './commands/merge.ts'
import { nameIncident } from './commands/name.ts'
import { changeIncidentState } from './commands/state.ts'
import { setIncidentLevel, updateIncident } from './commands/update.ts'
import {
  attachInput,
  decisionInput,
  declareInput,
  detachInput,
  incidentLevelInput,
  incidentStateInput,
  incidentUpdateInput,
  mergeInput,
  nameInput,
  residualTakenInput,
  splitInput,
} from './input.ts'
import { isAboutCrisis } from './queries.ts'

const cell = { may: 'cases.work' } as const
const said = (key: string) => ({ ...cell, next: () => ({ key: `incidents.done.${key}` }) })

export const decideAction = formAction(decisionInput, decideProposal, {
  ...cell,
  // The crisis cell of the whole house: by whoever has just shown that it is he.
  fresh: ({ proposalId }, actor) => isAboutCrisis(actor, proposalId),
  next: (_, { decision }) => ({ key: `incidents.done.${decision}` }),
})

/** One form a candidate, two answers: this incident, or not this one. */
export const candidateAction = formAction(
  attachInput.extend({ act: z.enum(['attach', 'dismiss']) }),
  (actor, { act, ...input }, now): Promise<Result<unknown>> =>
    act === 'attach' ? attachCase(actor, input, now) : dismissCandidate(actor, input, now),
  { ...cell, next: (_, { act }) => ({ key: `incidents.done.${act}` }) },
)
export const attachAction = formAction(attachInput, attachCase, said('attach'))
export const declareAction = formAction(declareInput, declareIncident, {
  may: 'incidents.declare',
  next: ({ reference }) => `/incidents/${reference}`,
})
export const detachAction = formAction(detachInput, detachCase, said('detach'))
export const stateAction = formAction(incidentStateInput, changeIncidentState, said('state'))
export const levelAction = formAction(incidentLevelInput, setIncidentLevel, said('level'))
export const residualsAction = formAction(residualTakenInput, takeResiduals, {
  ...cell,
  next: ({ taken }) => ({ key: 'incidents.done.taken', values: { count: taken } }),
})
export const nameAction = formAction(nameInput, nameIncident, {
  may: 'incidents.declare',
  next: said('named').next,
})
export const mergeAction = formAction(mergeInput, mergeIncidents, {
  may: 'incidents.declare',
  next: ({ reference }) => `/incidents/${reference}`,
})
export const splitAction = formAction(splitInput, splitIncident, {
  may: 'incidents.declare',
  next: ({ moved, reference }) => ({ key: 'incidents.done.split', values: { count: moved, reference } }),
})
export const updateAction = formAction(incidentUpdateInput, updateIncident, {
  ...cell,
  next: ({ told }) => ({ key: 'incidents.done.updated', values: { count: told } }),
})

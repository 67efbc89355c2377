import type { Outcome } from '#db/reference/vocabulary.ts'
import type { Qualification, QualificationVerdict } from './qualification.ts'

const OUTCOME: Record<Qualification, Outcome> = {
  failure: 'case',
  update: 'attached',
  duplicate: 'attached',
  relay: 'attached',
  request: 'attached',
  // Sent to the emergency numbers, the press office: logged, not counted.
  public: 'redirected',
  media: 'redirected',
  // Nothing fails: out of scope, with the hours in the journal for the relève.
  exercise: 'redirected',
  unverified: 'unverified',
  all_clear: 'all_clear',
  // An N1 case until the works end (DOMAIN §4).
  works: 'case',
  // Worked and answered, though they trigger nothing.
  no_vital_number: 'case',
  load: 'case',
  site_explained: 'case',
}

export function outcomeOf(verdict: QualificationVerdict): Outcome {
  return OUTCOME[verdict.why]
}

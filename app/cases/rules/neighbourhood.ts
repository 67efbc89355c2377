import type { OrganisationKind } from '#db/schema/directory.ts'

/**
 * Centres that answer emergency numbers: they may know how many others of their département report the same number, never who
 * (the function app.neighbourhood asks this before it reads; a test compares the two). Whoever else reports knows his own cases.
 */
export const MAY_KNOW_NEIGHBOURS = [
  'samu',
  'sdis',
  'bspp_bmpm',
  'cetra',
  'police',
  'gendarmerie',
  'cnr114',
  'siao115',
  'cross',
] as const satisfies OrganisationKind[]

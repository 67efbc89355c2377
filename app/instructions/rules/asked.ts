import type { Callers } from '#db/schema/instruction.ts'

/** Kinds that answer each number: they hear it from their callers when the text is wrong. */
const ANSWERING: Readonly<Record<string, readonly string[]>> = {
  '15': ['samu'],
  '17': ['police', 'gendarmerie', 'prefecture_police'],
  '18': ['sdis', 'bspp_bmpm', 'cetra'],
  '112': ['sdis', 'samu', 'bspp_bmpm', 'cetra'],
  '114': ['cnr114'],
  '115': ['siao115'],
  '196': ['cross'],
}

/** Kinds that may validate a text for the public, by what they are authority of. */
const VALIDATING: readonly string[] = [
  ...['prefecture', 'prefecture_police', 'coz', 'cogic', 'ministry', 'ars', 'corruss', 'cced'],
]

export type Organisation = {
  id: number
  kind: string
  territoryCode: string
  sees: readonly string[]
}
type Scope = { failing: string; callers: Callers; place: { code: string; parents: readonly string[] } }

/** The actors whom a text concerns: those who answer the number within its territory. */
export function actorsFor<O extends Organisation>(
  scope: Scope,
  all: readonly O[],
  within: (code: string) => boolean,
): O[] {
  const kinds = ANSWERING[scope.failing] ?? []
  return all.filter((one) => kinds.includes(one.kind) && within(one.territoryCode))
}

/** The authorities that may validate it: those that see the whole of its territory. */
export function authoritiesFor<O extends Organisation>(scope: Scope, all: readonly O[]): O[] {
  return all.filter((one) => mayValidate(one, scope.place))
}

export function mayValidate(one: Organisation, place: Scope['place']): boolean {
  return (
    VALIDATING.includes(one.kind) &&
    (one.sees.includes('FR') || [place.code, ...place.parents].some((code) => one.sees.includes(code)))
  )
}

import { beginning } from '#app/_doors/rules/cut.ts'
import { CASE_STATES, type CaseState, LEVELS, type Level } from '#db/schema/cases.ts'
import { isOpen } from '../rules/states.ts'
import { FLAGS, type Flag, isOn, pathOf } from './address.ts'

/** What the queue shows, as it stands in the address. */
export type Filters = {
  q: string
  level: Level | null
  state: CaseState | null
  number: string | null
  /** A département, a region, a zone: its code, or its name as typed. */
  territory: string | null
  organisation: string | null
  team: number | null
  overdue: boolean
  mine: boolean
  unassigned: boolean
  residual: boolean
  closed: boolean
}

export const NO_FILTER: Filters = {
  q: '',
  level: null,
  state: null,
  number: null,
  territory: null,
  organisation: null,
  team: null,
  overdue: false,
  mine: false,
  unassigned: false,
  residual: false,
  closed: false,
}

type Params = Record<string, string | string[] | undefined>

/** Reads the address; what makes no sense there is no filter. */
export function readFilters(params: Params): Filters {
  const flags = Object.fromEntries(FLAGS.map((flag) => [flag, isOn(params[flag])])) as Record<Flag, boolean>
  return {
    q: text(params.q) ?? '',
    level: LEVELS.find((level) => String(level) === text(params.level)) ?? null,
    state: CASE_STATES.find((state) => state === text(params.state)) ?? null,
    number: /^\d{2,6}$/.exec(text(params.number) ?? '')?.[0] ?? null,
    territory: text(params.territory),
    organisation: text(params.organisation),
    team: Number(/^\d{1,9}$/.exec(text(params.team) ?? '')?.[0]) || null,
    ...flags,
  }
}

/**
 * Narrowed by a value: so many rows bear one and so few another that each is planned for itself. Words are not: what bears them is
 * found by a function of the database, which plans that itself.
 */
export function isTyped({ state, number, territory, organisation, team }: Filters): boolean {
  return Boolean(state || number || territory || organisation || team)
}

/** The same filters always make the same address. */
export function filterQuery(filters: Filters): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(filters)) {
    if (value === true) query.set(name, '1')
    else if (value) query.set(name, String(value))
  }
  return query.toString()
}

export function queuePath(filters: Filters, after: string | null = null): string {
  const query = new URLSearchParams(filterQuery(filters))
  if (after) query.set('after', after)
  return pathOf(query.toString())
}

/** Whether the list runs over the open cases in the order of what is due, or over all of them, newest first. */
export function overOpenCases({ closed, state }: Pick<Filters, 'closed' | 'state'>): boolean {
  return !closed && (state === null || isOpen(state))
}

function text(value: string | string[] | undefined): string | null {
  const one = (Array.isArray(value) ? value[0] : value)?.trim() ?? ''
  return beginning(one, 120) || null
}

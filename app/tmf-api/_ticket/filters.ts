import { type SQL, sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { LOCALES, type Locale } from '#app/_i18n/locale.ts'
import { messagesOf } from '#app/_i18n/messages.ts'
import { instant } from '#app/cases/fields.ts'
import { authorOf } from '#app/cases/line-author.ts'
import { isOpen } from '#app/cases/rules/states.ts'
import { LEVELS } from '#db/schema/cases.ts'
import { STATE_OF_EVENT } from '../rules/ticket-events.ts'
import { DEFAULT_TYPE, SEVERITY } from './severity.ts'
import { STATUSES, type Status, statesOf } from './status.ts'
import { BASE, BASE_TYPE, TYPE } from './ticket-type.ts'

/** One condition of a list, as TMF630 writes it: 'status=pending,held', 'creationDate.gt=2026-06-02T14:45:00Z'. */
export type Filter = { attribute: string; operator: Operator; values: string[] }
const OPERATORS = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const
type Operator = keyof typeof OPERATORS
type Kind = 'text' | 'hour' | 'count'

/** Values of one condition: more would be a list of its own. */
const MOST_VALUES = 50

const lastUpdate = sql`(select max(j.at) from journal j where j.case_id = cases.id and j.visibility = 'public')`
const statusChangeDate = sql`(select max(j.at) from journal j where j.case_id = cases.id and j.visibility = 'public'
  and j.event = any (${`{${Object.keys(STATE_OF_EVENT).join(',')}}`}::text[]))`
const territoryName = sql`(select t.name from territory t where t.code = cases.territory_code)`
const severity = sql.join(
  LEVELS.map((level) => sql.raw(`when ${level} then '${SEVERITY[level]}'`)),
  sql` `,
)

/** What a list can be asked by. An attribute that is not here is refused: to ignore it would answer another question. */
const ATTRIBUTES: Record<string, { kind: Kind; is: SQL } | 'own'> = {
  id: { kind: 'text', is: sql`cases.reference` },
  href: { kind: 'text', is: sql`${`${BASE}/`}::text || cases.reference` },
  '@type': { kind: 'text', is: sql`${TYPE}::text` },
  '@baseType': { kind: 'text', is: sql`${BASE_TYPE}::text` },
  externalId: { kind: 'text', is: sql`cases.external_id` },
  severity: {
    kind: 'text',
    is: sql`coalesce((select t.severity from ticket t where t.case_id = cases.id), case cases.level ${severity} end)`,
  },
  ticketType: {
    kind: 'text',
    is: sql`coalesce((select t.ticket_type from ticket t where t.case_id = cases.id), ${DEFAULT_TYPE}::text)`,
  },
  priority: { kind: 'text', is: sql`'N' || cases.level` },
  symptom: { kind: 'text', is: sql`cases.symptom` },
  description: { kind: 'text', is: sql`coalesce(cases.details, cases.symptom_words)` },
  'channel.id': { kind: 'text', is: sql`cases.channel` },
  'channel.name': { kind: 'text', is: sql`cases.channel` },
  'relatedParty.id': { kind: 'text', is: sql`cases.organisation_id::text` },
  'relatedParty.name': {
    kind: 'text',
    is: sql`(select o.name from organisation o where o.id = cases.organisation_id)`,
  },
  'relatedParty.role': {
    kind: 'text',
    is: sql`case when cases.organisation_id is not null then 'originator' end`,
  },
  version: { kind: 'count', is: sql`cases.version` },
  creationDate: { kind: 'hour', is: sql`cases.received_at` },
  lastUpdate: { kind: 'hour', is: lastUpdate },
  statusChangeDate: { kind: 'hour', is: statusChangeDate },
  resolutionDate: { kind: 'hour', is: sql`cases.restored_at` },
  nextContactDate: { kind: 'hour', is: sql`cases.next_contact_at` },
  failingSince: { kind: 'hour', is: sql`cases.since_at` },
  status: 'own',
  'relatedEntity.id': 'own',
  'relatedEntity.role': 'own',
  'relatedEntity.name': 'own',
  name: 'own',
  'note.id': 'own',
  'note.text': 'own',
  'note.author': 'own',
}
export const FILTERABLE = Object.keys(ATTRIBUTES)

export type Misread = { name: string; key: string }

/** The conditions of an address; what cannot be asked, or not so, by name. */
export function readFilters(asked: Record<string, string>): { filters: Filter[]; wrong: Misread[] } {
  const [filters, wrong]: [Filter[], Misread[]] = [[], []]
  for (const [name, said] of Object.entries(asked)) {
    const [, head = '', suffix] = /^(.*?)(?:\.(eq|ne|gte?|lte?))?$/.exec(name) ?? []
    const operator = (suffix ?? 'eq') as Operator
    const found = Object.hasOwn(ATTRIBUTES, head) ? ATTRIBUTES[head] : undefined
    const values = said.split(',').map((value) => value.trim())
    const fault = !found
      ? 'not_filterable'
      : values.length > MOST_VALUES || values.includes('')
        ? 'filter_values'
        : found === 'own'
          ? head === 'status' && !values.every((value) => STATUSES.includes(value as Status))
            ? 'filter_status'
            : operator === 'eq' || operator === 'ne'
              ? null
              : 'filter_order'
          : faultOf(found.kind, values)
    // A sentence may have a comma of its own.
    const whole = values.length > 1 && found !== undefined && (found === 'own' || found.kind === 'text')
    if (fault) wrong.push({ name, key: `cases.invalid.tmf_${fault}` })
    else filters.push({ attribute: head, operator, values: whole ? [...values, said.trim()] : values })
  }
  return { filters, wrong }
}

function faultOf(kind: Kind, values: string[]): string | null {
  if (kind === 'hour') return values.every((value) => instant.safeParse(value).success) ? null : 'filter_hour'
  if (kind === 'count') return values.every((value) => /^\d{1,9}$/.test(value)) ? null : 'filter_count'
  return null
}

/** What has no value is not "other than": it is left out by every condition. */
export function conditionOf({ attribute, operator, values }: Filter, actor: AccountActor): SQL {
  const found = ATTRIBUTES[attribute]
  if (found === 'own' || !found) return ownCondition(attribute, operator, values, actor)
  const each = values.map((value) => {
    const given =
      found.kind === 'hour' ? sql`${new Date(value).toISOString()}::timestamptz` : given_(found.kind, value)
    return sql`${found.is} ${sql.raw(OPERATORS[operator])} ${given}`
  })
  return sql`(${sql.join(each, operator === 'ne' ? sql` and ` : sql` or `)})`
}

function given_(kind: Kind, value: string): SQL {
  return kind === 'count' ? sql`${Number(value)}::int` : sql`${value}::text`
}

function ownCondition(attribute: string, operator: Operator, values: string[], actor: AccountActor): SQL {
  const list = (of: readonly string[]) =>
    sql`${`{${of.map((one) => JSON.stringify(one)).join(',')}}`}::text[]`
  const given = list(values)
  const ofOthers = (what: string) =>
    sql`exists (select from ticket t, jsonb_array_elements(t.related) r where t.case_id = cases.id and r ->> ${what}::text = any (${given}))`
  const ofNotes = (what: SQL) =>
    sql`exists (select from journal j where j.case_id = cases.id and j.visibility = 'public' and j.text <> '' and ${what} = any (${given}))`
  const is: Record<string, () => SQL> = {
    status: () => {
      const states = values.flatMap((value) => statesOf(value as Status))
      const isOne = sql`cases.state = any (${list(states)})`
      // Said again beside it, so that the index of those that are open can follow it.
      return states.every(isOpen) ? sql`(app.is_open(cases.state) and ${isOne})` : isOne
    },
    'relatedEntity.id': () =>
      sql`(cases.numbers && ${given} or cases.commune_codes && ${given} or cases.territory_code = any (${given}) or ${ofOthers('id')})`,
    'relatedEntity.role':
      () => sql`('territory' = any (${given}) or cardinality(cases.numbers) > 0 and 'emergencyNumber' = any (${given})
      or cardinality(cases.commune_codes) > 0 and 'commune' = any (${given}) or ${ofOthers('role')})`,
    'relatedEntity.name': () => sql`(${territoryName} = any (${given}) or ${ofOthers('name')})`,
    name: () =>
      sql`(${sql.join(
        LOCALES.map((locale) => sql`${spaced(nameIn(locale))} = any (${spaced(given)}::text[])`),
        sql` or `,
      )})`,
    'note.id': () => ofNotes(sql`j.id::text`),
    'note.text': () => ofNotes(sql`j.text`),
    'note.author': () =>
      ofNotes(
        sql`case when j.actor_side = 'machine' then 'Permanence' else ${authorOf(actor, sql`j`, sql`cases`)} end`,
      ),
  }
  const condition = is[attribute]?.() ?? sql`false`
  return operator === 'ne' ? sql`not ${condition}` : condition
}

/** A ticket's name as it is read in this language (`ticketOf`). */
function nameIn(locale: Locale): SQL {
  const words = Object.entries(messagesOf(locale).symptoms as Record<string, string>)
  const symptom = sql.join(
    words.map(([code, label]) => sql`when ${code}::text then ${label}::text`),
    sql` `,
  )
  return sql`concat_ws(' – ', nullif(array_to_string(cases.numbers, ', '), ''), case cases.symptom ${symptom} else cases.symptom end,
    coalesce(${territoryName}, cases.territory_code))`
}

/** Whoever types it has no spaces that do not break. */
function spaced(text: SQL): SQL {
  return sql`translate(${text}::text, chr(160) || chr(8239), '  ')`
}

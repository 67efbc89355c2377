import { z } from 'zod'
import { messagesOf } from '#app/_i18n/messages.ts'
import { ctiInput } from '#app/calls/input.ts'
import { batchInput, countsInput, runnerInput } from '#app/supervision/input.ts'
import { countLine } from '#app/supervision/rules/count-line.ts'
import { resultLine } from '#app/supervision/rules/result-line.ts'
import { createInput, hubInput, updateInput } from '#app/tmf-api/_ticket/input.ts'
import { worksBatch } from '#app/works/input.ts'
import { worksLine } from '#app/works/rules/works-line.ts'
import type { TokenScope } from '#db/schema/account.ts'
import { casesExport, journalExport, messagesExport, testsExport } from '../_exports/input.ts'

type Door = {
  /** Its sentence in the messages: doors.of.NAME. */
  name: string
  path: string
  method: 'get' | 'post' | 'patch' | 'delete'
  /** What its key must have been made for; null: anybody, or a key in its address. */
  scope: TokenScope | null
  body?: z.ZodType
  /** Of a list in the body whose lines are judged one by one: what each is. */
  lines?: [string, z.ZodType]
  query?: z.ZodType
  /** What it answers when all is well; 200 alone where nothing is said. */
  done?: number[]
  /** And what its contract has it refuse by, beside what all doors do. */
  refuses?: number[]
}

const TICKETS = '/tmf-api/troubleTicket/v4/troubleTicket'
const HUB = '/tmf-api/troubleTicket/v4/hub'
const PROBES = '/api/v1/probes'
const EXPORTS = '/api/v1/exports'
/** Every door for machines; what each reads is the schema that it parses with. */
export const DOORS: Door[] = [
  { name: 'health', path: '/api/health', method: 'get', scope: null },
  { name: 'metrics', path: '/metrics', method: 'get', scope: 'metrics' },
  { name: 'cti', path: '/api/cti/{key}', method: 'post', scope: null, body: ctiInput },
  { name: 'probe_plan', path: `${PROBES}/plan`, method: 'get', scope: 'probe', query: runnerInput },
  {
    ...{ name: 'probe_results', path: `${PROBES}/results`, method: 'post', scope: 'probe' },
    ...{ body: batchInput, lines: ['results', resultLine] },
  },
  {
    ...{ name: 'probe_counts', path: `${PROBES}/counts`, method: 'post', scope: 'probe' },
    ...{ body: countsInput, lines: ['counts', countLine] },
  },
  {
    ...{ name: 'works', path: '/api/v1/works', method: 'post', scope: 'update' },
    ...{ body: worksBatch, lines: ['works', worksLine] },
  },
  { name: 'export_cases', path: `${EXPORTS}/cases`, method: 'get', scope: 'read', query: casesExport },
  { name: 'export_tests', path: `${EXPORTS}/tests`, method: 'get', scope: 'read', query: testsExport },
  {
    name: 'export_messages',
    path: `${EXPORTS}/messages`,
    method: 'get',
    scope: 'read',
    query: messagesExport,
  },
  { name: 'export_journal', path: `${EXPORTS}/journal`, method: 'get', scope: 'read', query: journalExport },
  { name: 'tickets', path: TICKETS, method: 'get', scope: 'read', done: [200, 206] },
  {
    ...{ name: 'ticket_create', path: TICKETS, method: 'post', scope: 'report', body: createInput },
    ...{ done: [200, 201], refuses: [404, 409] },
  },
  { name: 'ticket', path: `${TICKETS}/{id}`, method: 'get', scope: 'read', done: [200, 304] },
  {
    ...{
      name: 'ticket_change',
      path: `${TICKETS}/{id}`,
      method: 'patch',
      scope: 'update',
      body: updateInput,
    },
    refuses: [409, 412],
  },
  {
    ...{ name: 'ticket_delete', path: `${TICKETS}/{id}`, method: 'delete', scope: 'update' },
    ...{ done: [204], refuses: [405, 412] },
  },
  { name: 'listen', path: HUB, method: 'post', scope: 'read', body: hubInput, done: [201] },
  { name: 'unlisten', path: `${HUB}/{id}`, method: 'delete', scope: 'read', done: [204] },
]

/** OpenAPI 3.1 of our doors, made of the inputs they parse with: what it says is what is read. */
export function openApi(server: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const door of DOORS) {
    const at = paths[door.path] ?? {}
    at[door.method] = operation(door)
    paths[door.path] = at
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Permanence',
      version: '1',
      description:
        'Doors for machines of the line between those who answer emergency numbers and the cell of their operator.',
    },
    servers: [{ url: server }],
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'A key made at /admin/tokens' },
      },
    },
  }
}

/** What a door asks in its address, and whether it must be said. */
export function askedOf({ query }: Door): { name: string; required: boolean; schema: unknown }[] {
  const { properties = {}, required = [] } = query ? schemaOf(query) : {}
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    required: (required as string[]).includes(name),
    schema,
  }))
}

/** The names of what its body says, in the order of its schema. */
export function saidTo({ body }: Door): string[] {
  return body ? Object.keys(schemaOf(body).properties ?? {}) : []
}

const SUMMARIES = (messagesOf('en').doors as { of: Record<string, string> }).of

function operation(door: Door) {
  const { name, scope, body, lines, path } = door
  const summary = SUMMARIES[name]
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const asked = askedOf(door).map((one) => ({ ...one, in: 'query' }))
  const failed = {
    description: 'Refused: code, reason, message, and the fields at fault',
    content: { 'application/json': { schema: { type: 'object' } } },
  }
  return {
    summary,
    ...(scope ? { security: [{ key: [] }], description: `Needs a key of scope “${scope}”.` } : {}),
    ...(named.length + asked.length > 0 ? { parameters: [...named, ...asked] } : {}),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: withLines(schemaOf(body), lines) } },
          },
        }
      : {}),
    responses: Object.fromEntries([
      ...(door.done ?? [200]).map((status) => [status, { description: 'Done' }]),
      ...refusals(door).map((status) => [status, failed]),
    ]),
  }
}

/** The contract of tickets knows no 422. */
function refusals({ path, scope, body, query, refuses = [] }: Door): number[] {
  const misread = path.startsWith('/tmf-api/') ? [400] : body || query ? [400, 422] : []
  return [
    ...(scope ? [401, 403, 429] : []),
    ...(body ? [413, 415] : []),
    ...(path.includes('{') ? [404] : []),
    ...misread,
    ...refuses,
  ]
}

type Json = { properties?: Record<string, unknown>; [name: string]: unknown }

function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest as Json
}

/** A list whose lines are judged one by one says what a line is. */
function withLines(schema: Json, lines: Door['lines']): Json {
  if (!lines) return schema
  const [name, line] = lines
  const list = (schema.properties?.[name] ?? {}) as Json
  return { ...schema, properties: { ...schema.properties, [name]: { ...list, items: schemaOf(line) } } }
}

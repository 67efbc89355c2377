import { z } from 'zod'
import { ctiInput } from '#app/calls/input.ts'
import { batchInput, countsInput, runnerInput } from '#app/supervision/input.ts'
import { countLine } from '#app/supervision/rules/count-line.ts'
import { resultLine } from '#app/supervision/rules/result-line.ts'
import { createInput, hubInput, updateInput } from '#app/tmf-api/_ticket/input.ts'
import { worksBatch } from '#app/works/input.ts'
import { worksLine } from '#app/works/rules/works-line.ts'
import type { TokenScope } from '#db/schema/account.ts'

type Door = {
  path: string
  method: 'get' | 'post' | 'patch' | 'delete'
  summary: string
  /** What its key must have been made for; null: anybody, or a key in its address. */
  scope: TokenScope | null
  body?: z.ZodType
  /** Of a list in the body whose lines are judged one by one: what each is. */
  lines?: [string, z.ZodType]
  query?: z.ZodObject
}

const TICKETS = '/tmf-api/troubleTicket/v4/troubleTicket'
const HUB = '/tmf-api/troubleTicket/v4/hub'
/** Every door for machines; what each reads is the schema that it parses with. */
export const DOORS: Door[] = [
  { path: '/api/health', method: 'get', summary: 'Whether the service works, and why not', scope: null },
  { path: '/metrics', method: 'get', summary: 'Figures for Prometheus', scope: 'metrics' },
  {
    path: '/api/cti/{key}',
    method: 'post',
    summary: 'Calls of the hotline, from its switchboard',
    scope: null,
    body: ctiInput,
  },
  {
    path: '/api/v1/probes/plan',
    method: 'get',
    summary: 'What a probe is to call now',
    scope: 'probe',
    query: runnerInput,
  },
  {
    ...{
      path: '/api/v1/probes/results',
      method: 'post',
      summary: 'Test calls, many at once',
      scope: 'probe',
    },
    ...{ body: batchInput, lines: ['results', resultLine] },
  },
  {
    ...{
      path: '/api/v1/probes/counts',
      method: 'post',
      summary: 'What switches counted, by window',
      scope: 'probe',
    },
    ...{ body: countsInput, lines: ['counts', countLine] },
  },
  {
    ...{ path: '/api/v1/works', method: 'post', summary: 'Works announced', scope: 'update' },
    ...{ body: worksBatch, lines: ['works', worksLine] },
  },
  {
    path: TICKETS,
    method: 'get',
    summary: 'Tickets (TMF621 v4): conditions on any attribute, fields, offset, limit',
    scope: 'read',
  },
  { path: TICKETS, method: 'post', summary: 'A ticket is a case', scope: 'report', body: createInput },
  { path: `${TICKETS}/{id}`, method: 'get', summary: 'One ticket', scope: 'read' },
  {
    path: `${TICKETS}/{id}`,
    method: 'patch',
    summary: 'A note, tests, a confirmation',
    scope: 'update',
    body: updateInput,
  },
  {
    ...{ path: HUB, method: 'post', scope: 'read', body: hubInput },
    summary: 'Tell this callback of every change of the tickets that the key may read',
  },
  { path: `${HUB}/{id}`, method: 'delete', summary: 'Tell it nothing more', scope: 'read' },
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

function operation({ summary, scope, body, lines, query, path }: Door) {
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const asked = query
    ? Object.entries(schemaOf(query).properties ?? {}).map(([name, schema]) => ({
        name,
        in: 'query',
        required: true,
        schema,
      }))
    : []
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
    responses: {
      '200': { description: 'Done' },
      ...(scope ? { '401': failed } : {}),
      ...(body ? { '413': failed, '415': failed, '422': failed } : {}),
    },
  }
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

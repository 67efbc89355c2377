import { expect } from 'vitest'
import { openApi } from '#app/api/_openapi/document.ts'
import * as one from '../troubleTicket/v4/troubleTicket/[id]/route.ts'
import * as list from '../troubleTicket/v4/troubleTicket/route.ts'

const BASE = 'http://here.invalid/tmf-api/troubleTicket/v4/troubleTicket'
export type Handler = (request: Request, context: never) => Promise<Response> | Response
/** What our own OpenAPI says that each of them answers. */
const TOLD = new Map(
  [
    ['', 'get', list.GET],
    ['', 'post', list.POST],
    ['/{id}', 'get', one.GET],
    ['/{id}', 'patch', one.PATCH],
    ['/{id}', 'delete', one.DELETE],
  ].map(([path, verb, handle]) => {
    const { paths } = openApi('') as { paths: Record<string, Record<string, { responses: object }>> }
    const operation = paths[`${new URL(BASE).pathname}${path}`]?.[verb as string]
    return [handle as Handler, Object.keys(operation?.responses ?? {})]
  }),
)
/** Asks a door of tickets as a machine would; what it answers is what our OpenAPI says of it. */
export async function ask(handle: Handler, address = '', body?: object, method = 'POST', id = '') {
  const url = new URL(`${BASE}${address}`)
  const init = body
    ? { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    : {}
  const answer = await handle(new Request(url, init), { params: Promise.resolve({ id }) } as never)
  const text = await answer.text()
  const told = TOLD.get(handle)
  if (told) expect(told, `${answer.status} ${text}`).toContain(String(answer.status))
  return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : null }
}
export const find = (query: string) => ask(list.GET as Handler, query)
export const post = (body: object) => ask(list.POST as Handler, '', body)
export const patch = (id: string, body: object) => ask(one.PATCH as Handler, `/${id}`, body, 'PATCH', id)

/** A ticket as a centre makes it. */
export const said = (given: object = {}) => ({
  description: 'Plus aucun appel depuis dix minutes',
  severity: 'Urgent (P1)',
  ticketType: 'perte de service',
  relatedEntity: [
    { id: '15', role: 'emergencyNumber' },
    { id: '59', role: 'territory' },
    { id: 'TRK-0042', role: 'faisceau', name: 'Faisceau T2 du CRRA', '@referredType': 'Resource' },
  ],
  note: [{ text: 'Le 112 passe encore' }, { text: 'Bascule essayée en vain' }],
  symptom: 'NO_RING',
  callbackPhone: '01 99 00 00 59',
  ...given,
})
export const read = (id: string) => ask(one.GET as Handler, `/${id}`, undefined, 'GET', id)
export const remove = (id: string) => ask(one.DELETE as Handler, `/${id}`, undefined, 'DELETE', id)

import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { DOORS, openApi } from './document.ts'

const document = openApi('https://permanence.example') as {
  paths: Record<
    string,
    Record<string, { requestBody?: { content: { 'application/json': { schema: Record<string, unknown> } } } }>
  >
}
const body = (path: string, method: string) =>
  document.paths[path]?.[method]?.requestBody?.content['application/json'].schema

it.each(DOORS)('$method $path leads to a door that there is', ({ path, method }) => {
  const folder = path.replace(/\{(\w+)\}/g, (_, name) => `[${name === 'key' ? 'token' : name}]`)
  expect(existsSync(`app${folder}/route.ts`)).toBe(true)
  expect(document.paths[path]?.[method]).toBeDefined()
})

it('says of a body what its door reads, of a batch what a line is, and of no door a body it has not', () => {
  expect(body('/api/v1/probes/results', 'post')).toMatchObject({
    ...{ type: 'object', required: ['probe', 'results'] },
    properties: {
      results: { type: 'array', items: { required: expect.arrayContaining(['id', 'agreement', 'at']) } },
    },
  })
  expect(body('/api/v1/probes/counts', 'post')).toMatchObject({
    properties: { counts: { items: { properties: { attempts: { type: 'integer' } } } } },
  })
  expect(body('/tmf-api/troubleTicket/v4/troubleTicket', 'post')).toMatchObject({
    type: 'object',
    properties: { description: expect.anything() },
  })
  expect(body('/api/health', 'get')).toBeUndefined()
  // Nothing in it that JSON cannot say.
  expect(JSON.parse(JSON.stringify(document))).toEqual(document)
})

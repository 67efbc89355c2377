import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { named, requestId } from './request.ts'

function ask(given?: string | string[]) {
  const request = {
    headers: given === undefined ? {} : { 'x-request-id': given },
  } as unknown as IncomingMessage
  const answered = new Map<string, string>()
  const seen: (string | undefined)[] = []
  const handle: RequestListener = (asked) => seen.push(requestId(), String(asked.headers['x-request-id']))
  named(handle)(request, {
    setHeader: (name: string, id: string) => answered.set(name, id),
  } as unknown as ServerResponse)
  return { seen, answered: answered.get('x-request-id') }
}

test.each([
  ['the name its proxy gave it', 'f3a1c2d4-77', true],
  ['no name', undefined, false],
  ['too long a name', 'a'.repeat(65), false],
  ['a name that is a sentence', 'Nora Essai 0199', false],
  ['two names', ['a'.repeat(8), 'b'.repeat(8)], false],
])('%s: on the request, on the answer, and where it is written down', (_, given, kept) => {
  const { seen, answered } = ask(given)
  expect(seen).toEqual([answered, answered])
  expect(answered === given).toBe(kept)
  expect(answered).toMatch(/^[\w-]{8,64}$/)
})

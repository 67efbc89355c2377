import { describe, expect, test } from 'vitest'
import { formFault, nestingOf } from './multipart.ts'

const LIMIT = { bytes: 100_000, parts: 20 }
const TYPE = 'multipart/form-data; boundary=----x'

/** As a browser writes it. */
async function sent(form: FormData): Promise<[Buffer, string]> {
  const { headers, body } = new Response(form)
  return [Buffer.from(await new Response(body).arrayBuffer()), headers.get('content-type') ?? '']
}
function form(...fields: [string, string | Blob][]) {
  const made = new FormData()
  for (const [name, value] of fields) made.append(name, value)
  return made
}
const body = (...parts: string[]) =>
  Buffer.from(`${parts.map((part) => `------x\r\n${part}`).join('\r\n')}\r\n------x--\r\n`)
const part = (name: string, value: string) => `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`

describe('the body of a form is looked at before it is read', () => {
  test.each<[string, FormData]>([
    [
      'fields',
      form(
        ['0', '[{"ok":false,"values":{"tests.0.tried":"3"}},"$K1"]'],
        ['1_words', 'Plus rien [[[[\r\n\r\n--'],
      ),
    ],
    ['a blank field', form(['words', ''], ['numbers[]', '15'])],
    ['a file', form(['file', new Blob(['{"a":1}'], { type: 'application/json' })])],
    ['none', form()],
  ])('well: %s', async (_, whole) => {
    expect(formFault(...(await sent(whole)), LIMIT)).toBeNull()
  })

  test.each<[string, Buffer, string, number]>([
    ['cut off', body(part('words', 'a')).subarray(0, -8), TYPE, 400],
    ['of no boundary', body(part('words', 'a')), 'multipart/form-data', 400],
    ['of another boundary', body(part('words', 'a')), 'multipart/form-data; boundary=y', 400],
    [
      'of two boundaries',
      body(part('words', 'a')),
      'multipart/form-data; x="; boundary=----x"; boundary=y',
      400,
    ],
    ['a part without a name', body('Content-Disposition: form-data\r\n\r\na'), TYPE, 400],
    [
      'a part of two names',
      body('X: y; name="a"\r\nContent-Disposition: form-data; name="0"\r\n\r\na'),
      TYPE,
      400,
    ],
    [
      'a part of endless heads',
      body(`${part('words', 'a')}`.replace('\r\n\r\n', `${'\r\nx: y'.repeat(900)}\r\n\r\n`)),
      TYPE,
      400,
    ],
    ['one part more than a page has', body(...Array.from({ length: 21 }, () => part('a', ''))), TYPE, 413],
    ['many actions', body(...Array.from({ length: 13 }, (_, i) => part(`$ACTION_REF_${i}`, ''))), TYPE, 413],
    ['a deep row', body(part('0', '['.repeat(33))), TYPE, 400],
    ['a deep action', body(part('$ACTION_1:0', '{"a":'.repeat(33))), TYPE, 400],
    ['a row of many forms', body(part('0', `[${'"$K1",'.repeat(5)}0]`)), TYPE, 400],
    ['a deep text that is no form', Buffer.from('['.repeat(33)), 'text/plain;charset=UTF-8', 400],
  ])('not: %s', (_, bytes, type, fault) => {
    expect(formFault(bytes, type, LIMIT)).toBe(fault)
  })

  test('as many parts as a page has are well', () => {
    const most = body(...Array.from({ length: 20 }, () => part('a', '')))
    expect(formFault(most, TYPE, LIMIT)).toBeNull()
  })
})

test.each([
  ['nothing', '1', 0],
  ['a list', '[]', 1],
  ['brackets in a text', '"[[[\\"[["', 0],
  ['lists side by side', '[[],[],[[]]]', 3],
  ['never closed', '[[[[', 4],
])('nesting: %s', (_, json, depth) => {
  expect(nestingOf(Buffer.from(json))).toBe(depth)
})

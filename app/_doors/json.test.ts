import { describe, expect, test } from 'vitest'
import { JSON_LIMIT } from './body-limits.ts'
import { readJson } from './json.ts'

function asked(body: BodyInit | null, type = 'application/json', headers: Record<string, string> = {}) {
  const init = {
    method: 'POST',
    body,
    headers: { 'content-type': type, ...headers },
    duplex: 'half',
  } as const
  return new Request('http://here.invalid/', init)
}

/** Comes for ever, and counts how much of it was asked for. */
function endless() {
  const taken = { bytes: 0 }
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken.bytes += 16_384
      controller.enqueue(new Uint8Array(16_384).fill(91))
    },
  })
  return { taken, body }
}

describe('what machines send', () => {
  test.each<[string, string, unknown]>([
    ['an object', '{"a":[1,"b"]}', { a: [1, 'b'] }],
    ['nothing', '', {}],
    [
      'text, cleaned all the way down',
      '{"a":["x\\u0000\\u202ey",{"b":"e\\u0301\\ud800"}]}',
      { a: ['xy', { b: 'é' }] },
    ],
    ['brackets in a text', JSON.stringify({ a: '['.repeat(100) }), { a: '['.repeat(100) }],
  ])('is read: %s', async (_, body, value) => {
    expect(await readJson(asked(body))).toEqual({ ok: true, value })
  })

  test.each<[string, BodyInit, string, number, string]>([
    ['no JSON', '{"a":', 'application/json', 400, 'not_json'],
    ['NaN', '{"a":NaN}', 'application/json', 400, 'not_json'],
    ['another alphabet', new Uint8Array([0x22, 0xff, 0xfe, 0x22]), 'application/json', 400, 'not_json'],
    [
      'a name behind all objects',
      '{"a":{"__proto__":{"role":"admin"}}}',
      'application/json',
      400,
      'hidden_name',
    ],
    ['too deep', '['.repeat(JSON_LIMIT.depth + 1), 'application/json', 400, 'too_deep'],
    ['100 000 deep', '{"a":'.repeat(40_000), 'application/json', 400, 'too_deep'],
    ['too wide', `[${'1,'.repeat(JSON_LIMIT.values)}1]`, 'application/json', 400, 'too_wide'],
    ['too large', `"${'a'.repeat(JSON_LIMIT.bytes)}"`, 'application/json', 413, 'too_large'],
    ['a form', 'a=b', 'application/x-www-form-urlencoded', 415, 'not_json_type'],
    ['of no kind', '{}', '', 415, 'not_json_type'],
  ])('is refused: %s', async (_, body, type, status, why) => {
    expect(await readJson(asked(body, type))).toEqual({ ok: false, status, key: `gate.${why}` })
  })

  test('is read no further than the limit, whatever it says of its size', async () => {
    const { taken, body } = endless()
    expect(await readJson(asked(body))).toMatchObject({ status: 413 })
    expect(taken.bytes).toBeLessThanOrEqual(JSON_LIMIT.bytes + 4 * 16_384)
    const announced = endless()
    expect(
      await readJson(asked(announced.body, 'application/json', { 'content-length': '104857600' })),
    ).toMatchObject({ status: 413 })
    expect(announced.taken.bytes).toBeLessThanOrEqual(16_384)
  })
})

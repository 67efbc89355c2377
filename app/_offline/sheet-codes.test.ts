import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromCodes, toCodes } from './sheet-codes.ts'

test('What is printed in codes is read back, whatever it says and in whatever order they are read', () => {
  const report = fc.record({
    id: fc.uuid(),
    entries: fc.array(fc.tuple(fc.string(), fc.string({ unit: 'grapheme', maxLength: 800 })), {
      maxLength: 8,
    }),
  })
  fc.assert(
    fc.property(report, fc.infiniteStream(fc.nat()), (given, order) => {
      const codes = toCodes(given)
      for (const code of codes) expect(code).toMatch(/^[\x20-\x7e]+$/)
      const shuffled = codes.map((code) => [order.next().value ?? 0, code] as const).sort(([a], [b]) => a - b)
      const read = fromCodes(shuffled.map(([, code]) => code).join('\r\n'))
      expect('text' in read && JSON.parse(read.text)).toEqual(given)
    }),
  )
})

test('Of a hundred codes and more each is read', () => {
  const given = { text: 'x'.repeat(150_000) }
  const read = fromCodes(toCodes(given).toReversed().join('\n'))
  expect('text' in read && JSON.parse(read.text)).toEqual(given)
})

test('A code that was not read is named; the text of a file is taken as it is', () => {
  const codes = toCodes({ text: 'x'.repeat(3_000) })
  expect(codes).toHaveLength(3)
  expect(fromCodes(`${codes[2]}\n${codes[0]}`)).toEqual({ missing: [2] })
  expect(fromCodes('{"id":1}\n')).toEqual({ text: '{"id":1}\n' })
})

import { expect, test } from 'vitest'
import { cleanedFile } from './cleaned-file.ts'
import { maskLongNumbers } from './rules/masking.ts'

const cleaned = async (text: string) => {
  const file = await cleanedFile(new TextEncoder().encode(text))
  return 'content' in file ? new TextDecoder().decode(file.content) : file.fault
}

test.each([
  ['lines with a number', 'Appeler le 01 99 00 12 34 avant midi.\n'],
  ['numbers that run over a line end', 'Appeler le 01 99 00\n12 34 avant midi.\n'],
  ['a line without end', 'appeler le 0199001234 ce soir ; '],
])('a long text is masked in pieces as if it were in one: %s', async (_, one) => {
  const text = one.repeat(Math.floor(150_000 / one.length))
  expect((await cleaned(text)) === maskLongNumbers(text)).toBe(true)
})

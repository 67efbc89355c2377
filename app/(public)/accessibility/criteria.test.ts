import { expect, test } from 'vitest'
import { messagesOf } from '#app/_i18n/messages.ts'
import { CRITERIA, conformity, THEMES } from './criteria.ts'

const ids = Object.keys(CRITERIA)

test('there are exactly 106 criteria, in their themes, in order', () => {
  const expected = THEMES.flatMap((count, theme) =>
    Array.from({ length: count }, (_, rank) => `${theme + 1}.${rank + 1}`),
  )
  expect(ids).toEqual(expected)
  expect(ids).toHaveLength(106)
  expect(THEMES).toHaveLength(13)
})

test('what does not apply is absent, what applies was looked at', () => {
  const odd = Object.entries(CRITERIA).filter(([, { state, how }]) => (state === 'na') !== (how === 'absent'))
  expect(odd).toEqual([])
})

test.each(['fr', 'en'] as const)('each has its title, and each that is not met says why (%s)', (locale) => {
  const { title_of, note } = messagesOf(locale).rgaa as Record<string, Record<string, string>>
  const key = (id: string) => `c${id.replace('.', '_')}`
  expect(Object.keys(title_of ?? {})).toEqual(ids.map(key))
  const failing = Object.entries(CRITERIA).flatMap(([id, { state }]) => (state === 'fail' ? [key(id)] : []))
  expect(Object.keys(note ?? {})).toEqual(failing)
})

test('the rate counts what applies, and is never rounded up', () => {
  const [pass, fail, na] = (['pass', 'fail', 'na'] as const).map((state) => ({ state, how: 'read' as const }))
  if (!pass || !fail || !na) throw new Error('three')
  expect(conformity({ a: pass, b: pass, c: fail, d: na })).toEqual({
    pass: 2,
    fail: 1,
    na: 1,
    applicable: 3,
    rate: 66,
  })
  const { applicable, na: none } = conformity()
  expect(applicable + none).toBe(106)
})

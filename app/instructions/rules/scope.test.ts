import { describe, expect, it } from 'vitest'
import { placeOfCode } from '#app/incidents/rules/places.ts'
import type { Callers } from '#db/schema/instruction.ts'
import { contradicts, overlaps, type Said } from './scope.ts'
import { standingOf } from './stage.ts'

const said = (
  failing: string,
  callers: Callers,
  operator: string | null,
  code: string,
  todo = 'Composez le 112',
): Said => {
  const place = placeOfCode(code)
  if (!place) throw new Error(code)
  return { failing, callers, operator, place, slots: { who: '', fails: '', where: '', todo, until: '' } }
}

describe('one caller could be meant by both', () => {
  it.each([
    ['the country holds a département', said('15', 'any', null, 'FR'), said('15', 'mobile', 'A', '59'), true],
    ['a region holds its département', said('15', 'any', null, 'R32'), said('15', 'any', null, '59'), true],
    ['a zone holds its département', said('15', 'any', null, 'Z-NORD'), said('15', 'any', null, '59'), true],
    ['two départements', said('15', 'any', null, '62'), said('15', 'any', null, '59'), false],
    ['another region', said('15', 'any', null, 'R11'), said('15', 'any', null, '59'), false],
    ['two numbers', said('15', 'any', null, '59'), said('18', 'any', null, '59'), false],
    ['fixed lines and mobiles', said('15', 'fixed', null, '59'), said('15', 'mobile', null, '59'), false],
    ['two operators', said('15', 'any', 'A', '59'), said('15', 'any', 'B', '59'), false],
    [
      'one operator, written otherwise',
      said('15', 'any', 'Réseau A', '59'),
      said('15', 'any', 'reseau a', '59'),
      true,
    ],
  ])('%s', (_, a, b, expected) => {
    expect(overlaps(a, b)).toBe(expected)
    expect(overlaps(b, a)).toBe(expected)
  })
})

it.each([
  ['another thing to do, a wider place', said('15', 'any', null, 'FR', 'Appelez d’un fixe'), true],
  ['the same thing to do', said('15', 'any', null, 'FR', 'composez le 112.'), false],
  ['the same scope: it is the next version', said('15', 'any', null, '59', 'Appelez d’un fixe'), false],
])('a contradiction: %s', (_, other, expected) => {
  expect(contradicts(other, said('15', 'any', null, '59'))).toBe(expected)
})

describe('where it stands', () => {
  const at = new Date(0)
  const [a, b] = [
    { network: 'Mobile A', passed: 3, tried: 3, at },
    { network: 'Fixe B', passed: 3, tried: 3, at },
  ]
  const actor = (answer: 'agreed' | 'refused' | null) => ({ part: 'actor' as const, answer })
  const authority = (answer: 'agreed' | 'refused' | null) => ({ part: 'authority' as const, answer })
  it.each([
    ['nothing tried', [], [], 'drafted', 'tests'],
    ['one network', [a], [], 'drafted', 'tests'],
    ['the same network twice', [a, { ...a, network: ' mobile a' }], [], 'drafted', 'tests'],
    ['two, of which one fails', [a, { ...b, passed: 2 }], [], 'drafted', 'fails'],
    [
      'it failed, and works now',
      [{ ...b, passed: 0 }, a, { ...b, at: new Date(1) }],
      [actor('agreed')],
      'agreed',
      'authority',
    ],
    ['nobody asked', [a, b], [], 'tested', 'actors'],
    ['one has not answered', [a, b], [actor('agreed'), actor(null)], 'tested', 'answers'],
    ['one refuses', [a, b], [actor('agreed'), actor('refused'), authority('agreed')], 'tested', 'refused'],
    ['the authority refuses', [a, b], [actor('agreed'), authority('refused')], 'tested', 'refused'],
    ['the authority alone is no actor', [a, b], [authority('agreed')], 'tested', 'actors'],
    ['the authority waits', [a, b], [actor('agreed'), authority(null)], 'agreed', 'authority'],
    ['all of it', [a, b], [actor('agreed'), authority('agreed')], 'validated', undefined],
  ])('%s', (_, tests, asked, stage, lacks) => {
    const found = standingOf('draft', tests, asked)
    expect([found.stage, found.lacks?.key.split('.').at(-1)]).toEqual([stage, lacks])
  })
})

import { expect, test } from 'vitest'
import { TERRITORIES } from '#db/reference/territories.ts'
import { placeProposed } from './place-proposed.ts'

test.each<[string, string | undefined, string, string[]]>([
  ['a centre: its département', '59', '59', []],
  ['a centre overseas', '974', '974', []],
  ['an ARS: nothing, its départements first', 'R32', '', ['02', '59', '60', '62', '80']],
  ['a COZ: nothing, those of its zone first', 'Z-NORD', '', ['02', '59', '60', '62', '80']],
  ['a national authority: nothing', 'FR', '', []],
  ['nobody known', undefined, '', []],
])('%s', (_, own, code, near) => {
  expect(placeProposed(own, TERRITORIES)).toEqual({ code, near })
})

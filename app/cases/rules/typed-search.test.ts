import { expect, test } from 'vitest'
import { CALLED } from '../_queue/called.ts'
import { codeWord, typedPieces } from './typed-search.ts'

test.each([
  ['samu nord', [['samu'], ['nord']]],
  ['Q.850', [['q.850']]],
  ['ATM–0042', [['atm-0042']]],
  ['  « grésillement »  ', [['gresillement']]],
  ['01 99 00 12 34', [['0199001234']]],
  ['+33 (0)1.99.00.12.34', [['33199001234']]],
  ['samu 01-99-00-12-34 nord', [['samu'], ['0199001234'], ['nord']]],
  ['samu +33 1 99 00 12 34', [['samu'], ['33199001234']]],
  ['', []],
  ['– … !', []],
])('%j is asked for as %j', (typed, pieces) => {
  expect(typedPieces(typed, new Map())).toEqual(pieces)
})

test('what is read on the screen finds its code, in each language', () => {
  expect(typedPieces('VoIP', CALLED)).toEqual([['voip', codeWord('box')]])
  expect(typedPieces('silence', CALLED)).toEqual([['silence', codeWord('NO_RING')]])
  expect(typedPieces('satellite', CALLED)).toEqual([['satellite', codeWord('satellite')]])
})

test('a word that many codes bear stands for none of them', () => {
  expect(typedPieces('appel', CALLED)).toEqual([['appel']])
})

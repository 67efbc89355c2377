import { expect, test } from 'vitest'
import { areTwo, type Hand } from './second-person.ts'

const [ana, bo, admin] = [1, 2, 9]
const hand = (id: number, ...openedBy: number[]): Hand => ({ id, openedBy })

test.each<[string, Hand, Hand, boolean]>([
  ['two who owe each other nothing', hand(ana), hand(bo), true],
  ['the same one', hand(ana), hand(ana), false],
  ['the second opened by the first', hand(ana), hand(bo, ana), false],
  ['the first opened by the second', hand(ana, bo), hand(bo), false],
  ['both opened by one administrator', hand(ana, admin), hand(bo, admin), false],
  ['one of them opened by a third', hand(ana), hand(bo, admin), true],
  ['each opened by another', hand(ana, 8), hand(bo, admin), true],
])('%s', (_, first, second, two) => expect(areTwo(first, second)).toBe(two))

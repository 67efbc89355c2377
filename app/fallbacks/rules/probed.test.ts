import { expect, test } from 'vitest'
import { type Probe, probesOf } from './probed.ts'

const probe = (id: number, operator: string, territoryCode: string, technology = 'trunk'): Probe => ({
  ...{ id, operator, territoryCode, technology },
})
const away = [probe(1, 'A', '69'), probe(2, 'B', '69'), probe(3, 'C', '37')]

test.each<[string, string, Probe[], number[]]>([
  ['none stands anywhere', '59', [], []],
  ['all stand elsewhere', '59', away, [1, 2, 3]],
  ['three networks and no more', '59', [...away, probe(4, 'D', '37')], [1, 2, 3]],
  ['those that stand there first', '59', [...away, probe(4, 'D', '59')], [4, 1, 2]],
  ['in a region, those within it', 'R32', [...away, probe(4, 'D', '62')], [4, 1, 2]],
  ['one of each network', '59', [...away, probe(4, 'A', '59')], [4, 2, 3]],
  [
    'the same operator by another way is another network',
    '59',
    [...away, probe(4, 'A', '59', 'volte')],
    [4, 1, 2],
  ],
])('%s', (_, place, probes, chosen) => {
  expect(probesOf(place, probes).map(({ id }) => id)).toEqual(chosen)
})

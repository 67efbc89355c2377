import { expect, it } from 'vitest'
import { withZeros } from './import-zeros.ts'

const lost = (line: number, found: string, offered: string) => ({
  line,
  key: 'directory.import.fault.phone_lost_zero',
  values: { found, offered },
})
const HEAD = 'type;organisation;personne;telephone'

it.each([
  [
    'the number offered stands where the other stood; line ends and quotes are as they were',
    `${HEAD}\r\ncontact;SAMU;"Ana ""B""";556123456\r\n`,
    [lost(2, '556123456', '05 56 12 34 56')],
    `${HEAD}\r\ncontact;SAMU;"Ana ""B""";05 56 12 34 56\r\n`,
  ],
  [
    'as it was typed, dots and all',
    `${HEAD}\ncontact;SAMU;Ana;5.56.12.34.56`,
    [lost(2, '5.56.12.34.56', '05 56 12 34 56')],
    `${HEAD}\ncontact;SAMU;Ana;05 56 12 34 56`,
  ],
  [
    'a line with the same digits twice is left to a person',
    `${HEAD}\ncontact;SAMU;556123456;556123456`,
    [lost(2, '556123456', '05 56 12 34 56')],
    `${HEAD}\ncontact;SAMU;556123456;556123456`,
  ],
  [
    'digits within a longer number are not it',
    `${HEAD}\ncontact;SAMU 0556123456;Ana;556123456`,
    [lost(2, '556123456', '05 56 12 34 56')],
    `${HEAD}\ncontact;SAMU 0556123456;Ana;05 56 12 34 56`,
  ],
  [
    'another fault of the file is not touched',
    `${HEAD}\ncontact;SAMU;Ana;12`,
    [
      {
        line: 2,
        key: 'directory.import.fault.phone_short',
        values: { found: '12', offered: '' },
      },
    ],
    `${HEAD}\ncontact;SAMU;Ana;12`,
  ],
])('%s', (_, content, faults, wanted) => {
  expect(withZeros(content, faults)).toBe(wanted)
})

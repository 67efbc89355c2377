import { describe, expect, test } from 'vitest'
import { readCalendar } from './read-calendar.ts'
import { exampleCalendar } from './rules/calendar.ts'

const KNOWN = new Set(['59350', '37261', '69123', '01001', '2A004'])
const HEAD = 'code_insee;lot;fermeture_commerciale;fermeture_technique;etat'
const read = (...lines: string[]) => readCalendar([HEAD, ...lines].join('\r\n'), KNOWN)
const said = ({ faults }: ReturnType<typeof read>) =>
  faults.map(({ line, key }) => `${line} ${key.replace('migration.calendar.fault.', '')}`)

describe('the calendar of the closure of copper', () => {
  test('the example is whole', () => {
    expect(readCalendar(exampleCalendar().slice(1), KNOWN)).toMatchObject({ faults: [], rows: { length: 3 } })
  })

  test.each<[string, string, string[]]>([
    ['a day that is none', '59350;L1;2027-02-30;2028-01-31;prévue', ['2 date']],
    ['another century', '59350;L1;;1928-01-31;prévue', ['2 date']],
    ['no technical date', '59350;L1;2027-01-01;;prévue', ['2 date']],
    ['closed before it is sold no more', '59350;L1;2028-02-01;2028-01-31;prévue', ['2 order']],
    ['a word that is no state', '59350;L1;;2028-01-31;peut-être', ['2 state']],
    ['a commune that never was', '99999;L1;;2028-01-31;prévue', ['2 commune']],
    ['a commune that is no more', '01144;L1;;2028-01-31;prévue', ['2 merged']],
    ['no code at all', 'Lille;L1;;2028-01-31;prévue', ['2 code']],
    ['a cell too few', '59350;L1;2028-01-31;prévue', ['2 cells']],
    ['a cell too many', '59350;L1;;2028-01-31;prévue;x', ['2 cells']],
    [
      'several faults of one line',
      '99999;;2027-02-30;x;y',
      ['2 commune', '2 lot', '2 date', '2 date', '2 state'],
    ],
    ['a name that objects share', '59350;L1;;2028-01-31;constructor', ['2 state']],
  ])('%s', (_, line, faults) => {
    const found = read(line)
    expect(said(found)).toEqual(faults)
    expect(found.rows).toEqual([])
  })

  test('what a spreadsheet does to it is understood: a zero lost, days the French way, a Corsican code in small', () => {
    expect(read('1001;L1;31/1/2027;31/01/2028;Annoncée', '2a004;L1;;2028-01-31;ANNONCEE').rows).toEqual([
      {
        communeCode: '01001',
        lot: 'L1',
        commercialOn: '2027-01-31',
        technicalOn: '2028-01-31',
        state: 'announced',
      },
      { communeCode: '2A004', lot: 'L1', commercialOn: null, technicalOn: '2028-01-31', state: 'announced' },
    ])
  })

  test('the same commune twice is named with its first line', () => {
    const { faults } = read('59350;L1;;2028-01-31;prévue', '59350;L2;;2028-01-31;prévue')
    expect(faults).toEqual([
      { line: 3, key: 'migration.calendar.fault.twice', values: { code: '59350', line: 2 } },
    ])
  })

  test.each<[string, string, string]>([
    ['another header', 'commune;date\n59350;x', '1 header'],
    ['a column too many', `${HEAD};prix\n59350;L1;;2028-01-31;prévue;3`, '1 header'],
    ['a column twice', `${HEAD};lot\n59350;L1;;2028-01-31;prévue;L1`, '1 header'],
    ['nothing', '  ', '1 empty'],
    ['a header alone', HEAD, '1 no_lines'],
    ['a quote never closed', `${HEAD}\n59350;"L1;;2028-01-31;prévue`, '2 unreadable'],
  ])('%s', (_, text, fault) => {
    expect(said(readCalendar(text, KNOWN))).toEqual([fault])
  })
})

import { describe, expect, it } from 'vitest'
import { ORGANISATION_KINDS } from '#db/schema/directory.ts'
import { accessOf, columnOf, lineKindOf, listOf, organisationKindOf, yesOrNo } from './import-format.ts'

describe('the words of a file', () => {
  it('name every category by its code', () => {
    for (const kind of ORGANISATION_KINDS) expect(organisationKindOf(kind), kind).toBe(kind)
  })

  it.each([
    ['Hôpital', 'hospital'],
    ['préfecture', 'prefecture'],
    ['Préfecture de police', 'prefecture_police'],
    ['BSPP', 'bspp_bmpm'],
    ['Ministère', 'ministry'],
    ['Opérateur', 'operator'],
    ['autre', 'other'],
    ['zouave', null],
    ['constructor', null],
  ])('category “%s” is %s', (written, kind) => {
    expect(organisationKindOf(written)).toBe(kind)
  })

  it.each([
    ['Téléphone', 'phone'],
    ['contre-appel', 'callBack'],
    ['Numéro', 'numbers'],
    ['ORGANISATION', 'organisation'],
    ['couleur', null],
  ])('header “%s” is %s', (written, column) => {
    expect(columnOf(written)).toBe(column)
  })

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'that all objects have is none: %s',
    (word) => {
      expect([columnOf(word), lineKindOf(word), organisationKindOf(word)]).toEqual([null, null, null])
    },
  )

  it('say yes, no, nothing, or neither', () => {
    expect(['Oui', 'x', 'non', '0', '', 'peut-être'].map(yesOrNo)).toEqual([
      true,
      true,
      false,
      false,
      undefined,
      null,
    ])
  })

  it('say an access, and several numbers in one cell', () => {
    expect(['RTC', 'T0/T2', 'IP', 'mixte', '', 'fibre'].map(accessOf)).toEqual([
      'rtc',
      'rtc',
      'sip',
      'mixed',
      'unknown',
      null,
    ])
    expect(listOf('15, 112|18 15')).toEqual(['15', '112', '18'])
  })
})

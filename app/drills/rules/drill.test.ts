import { describe, expect, it, test } from 'vitest'
import { organisationKey, readDrill, siteAccessOf, technologyOf, vitalNumbersOf } from './drill.ts'
import { SLOW_OPERATOR } from './invented-abroad.fixture.ts'
import { placeOf } from './territory.ts'

type Loose = { events: Record<string, unknown>[]; [key: string]: unknown }
const copy = () => structuredClone(SLOW_OPERATOR) as Loose

describe('reading a drill', () => {
  it('keeps nothing that a reporter would not have said', () => {
    const json = copy()
    json.reality = { fault_start: { offset_min: 0 } }
    Object.assign(json.events[0] ?? {}, { noise: 'prank', grounding: 'published', source: ['secret-source'] })
    json.events.push({ seq: 99, type: 'inject', offset_min: 900, actor: 'operator', text: 'stage direction' })
    const read = readDrill(json)
    if (!read.ok) throw new Error('not read')
    const kept = JSON.stringify(read.drill)
    for (const hidden of ['noise', 'grounding', 'secret-source', 'fault_start', 'stage direction'])
      expect(kept).not.toContain(hidden)
    expect(read.drill.lastOffsetMin).toBe(900)
    expect(read.reality).toEqual({ fault_start: { offset_min: 0 } })
  })
  it('orders reports by their minute, then by the file', () => {
    const json = copy()
    json.events.reverse()
    const read = readDrill(json)
    expect(read.ok && read.drill.reports.map((one) => one.offset_min)).toEqual([20, 95, 150, 260, 410, 655])
  })
  it('says what is wrong and where', () => {
    const json = copy()
    json.events[0] = { ...json.events[0], numbers: 'none' }
    expect(readDrill(json)).toMatchObject({ ok: false, problems: [{ path: 'events.0.numbers' }] })
    expect(readDrill(null).ok).toBe(false)
  })
  it('takes the numbers of another country as vital', () => {
    const read = readDrill(SLOW_OPERATOR)
    expect(read.ok && vitalNumbersOf(read.drill, ['15'])).toEqual(['000'])
    expect(read.ok && vitalNumbersOf({ ...read.drill, country: 'FR' }, ['15'])).toEqual(['15'])
  })
})

test.each([
  ['59', 'Nord', 'FR', '59', 'departement'],
  ['84', 'Vaucluse', 'FR', '84', 'departement'],
  ['974', 'La Réunion', 'FR', '974', 'departement'],
  ['IDF', 'Île-de-France', 'FR', 'R11', 'region'],
  ['X', 'Auvergne-Rhône-Alpes', 'FR', 'R84', 'region'],
  ['ZO', 'Zone Ouest', 'FR', 'Z-OUEST', 'zone'],
  ['ZSE', 'Zone de défense et de sécurité Sud-Est', 'FR', 'Z-SUD-EST', 'zone'],
  ['FR', 'France entière', 'FR', 'FR', 'country'],
  ['UK', 'United Kingdom', 'GB', 'GB', 'country'],
  ['AU-SA', 'South Australia', 'AU', 'AU-SA', 'departement'],
  ['GB-SCT', 'Scotland', 'UK', 'GB-SCT', 'departement'],
  ['X', 'Nationwide', 'US', 'US', 'country'],
])('%s %s of %s is %s, a %s', (code, name, country, expected, kind) => {
  expect(placeOf({ code, name }, country)).toMatchObject({ code: expected, kind })
})

test.each([
  ['Préfecture 37 - cabinet', 'prefecture_cabinet', 'Préfecture 37 - SIDPC', 'prefecture_sidpc', true],
  ['SDIS 77 - CTA/CODIS Melun', 'sdis', 'SDIS 77', 'sdis', true],
  ['SDIS 77', 'sdis', 'SAMU 77', 'samu', false],
  ['CROSS - Manche', 'cross', 'CROSS - Étel', 'cross', false],
  ['BSPP - centre opérationnel', 'bspp_bmpm', 'BMPM - centre opérationnel', 'bspp_bmpm', false],
])('%s (%s) and %s (%s): one organisation? %s', (a, kindA, b, kindB, same) => {
  expect(organisationKey(a, kindA, '77') === organisationKey(b, kindB, '77')).toBe(same)
})

test.each([
  ['mixte', 'mixed'],
  ['IP', 'sip'],
  ['RTC', 'rtc'],
  [null, null],
])('site access %s is %s', (said, code) => expect(siteAccessOf(said)).toBe(code))

test.each([
  ['mobile', 'volte'],
  ['box', 'box'],
  ['VoIP', 'box'],
  ['VoLTE/VoIP', 'unknown'],
  ['3G', '3g'],
  ['copper', 'copper'],
  [null, null],
])('technology %s is %s', (said, code) => expect(technologyOf(said)).toBe(code))

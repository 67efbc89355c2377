import { describe, expect, test } from 'vitest'
import { placesOf } from '#app/_shell/places.ts'
import { ROLES } from '#db/schema/account.ts'
import { type Actor, machine, may, sideOf } from '../actor.ts'
import { CAPABILITIES, LANDING, mayHangOnWall, roleMay, rolesWith } from './roles.ts'

describe('who may what', () => {
  test.each(CAPABILITIES)('somebody may: %s', (capability) => {
    expect(rolesWith(capability).length).toBeGreaterThan(0)
  })

  test('a reporter reports and follows; nothing of the cell', () => {
    expect(CAPABILITIES.filter((capability) => roleMay('reporter', capability))).toEqual([
      'cases.report',
      'cases.follow',
      'cases.observe',
      'notices.read',
      'notices.acknowledge',
      'instructions.read',
      'instructions.answer',
      'migration.read',
      'forms.send',
      'inbox.read',
      'account.own',
    ])
  })

  test('a screen on the wall shows, and does nothing', () => {
    expect(CAPABILITIES.filter((capability) => roleMay('wall', capability))).toEqual([
      'cases.watch',
      'cell.watch',
      'notices.read',
    ])
  })

  test.each([
    ['agent', 'lead'],
    ['lead', 'director'],
    ['director', 'admin'],
  ] as const)('what the %s may, the %s may', (lower, higher) => {
    const lost = CAPABILITIES.filter((one) => roleMay(lower, one) && !roleMay(higher, one))
    expect(lost).toEqual([])
  })

  test.each([
    ['cases.work', 'agent', true],
    ['incidents.declare', 'agent', false],
    ['incidents.declare', 'lead', true],
    ['crisis.decide', 'agent', false],
    ['roster.keep', 'agent', false],
    ['exercises.run', 'lead', true],
    ['accounts.keep', 'director', false],
    ['accounts.keep', 'admin', true],
  ] as const)('%s: %s %s', (capability, role, allowed) => {
    expect(roleMay(role, capability)).toBe(allowed)
  })

  test('the door that signs people in may nothing of it; a machine decides what a clock or a drill decides', () => {
    const door: Actor = { kind: 'door' }
    expect(CAPABILITIES.filter((capability) => may(door, capability))).toEqual([])
    expect(may(machine('clock'), 'crisis.decide')).toBe(true)
    expect(may(machine('clock'), 'incidents.declare')).toBe(false)
    expect(may(machine('clock'), 'account.own')).toBe(false)
    expect([sideOf(door), sideOf(machine('clock'))]).toEqual(['machine', 'machine'])
  })
})

test('the wall is for its screen and for who leads the room', () => {
  expect(ROLES.filter(mayHangOnWall)).toEqual(['lead', 'director', 'admin', 'wall'])
})

test.each(ROLES)('%s begins at a place he may see', (role) => {
  expect(placesOf(role).map((place) => place.href)).toContain(LANDING[role])
})

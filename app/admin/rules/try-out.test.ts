import { expect, test } from 'vitest'
import type { RoutingRule } from '#app/cases/rules/routing.ts'
import { tryOut } from './try-out.ts'

const rule = (id: number, conditions: Partial<RoutingRule> & { active?: boolean } = {}) => ({
  id,
  position: id,
  name: `R${id}`,
  territories: [],
  numbers: [],
  levels: [],
  reporterKinds: [],
  teamId: id * 10,
  assigneeOrder: [],
  active: true,
  ...conditions,
})
const facts = { territories: ['59', 'R32', 'FR'], numbers: ['15'], level: 2 as const, reporterKind: 'samu' }

test('says why no earlier rule took it, and stops at the one that does', () => {
  const rules = [
    rule(1, { territories: ['37'], numbers: ['18'] }),
    rule(2, { levels: [3, 4] }),
    rule(3, { active: false }),
    rule(4, { territories: ['R32'], assigneeOrder: [7, 8] }),
    rule(5),
  ]
  const { verdict, considered } = tryOut(facts, rules, 99, new Set([8]))
  expect(verdict).toMatchObject({ rule: { id: 4 }, teamId: 40, assigneeId: 8 })
  expect(considered.map(({ rule: { id }, failed, takes }) => [id, failed, takes])).toEqual([
    [1, ['territories', 'numbers'], false],
    [2, ['levels'], false],
    [3, ['inactive'], false],
    [4, [], true],
  ])
})

test('no rule: the general queue, never nowhere', () => {
  const { verdict, considered } = tryOut(facts, [rule(1, { reporterKinds: ['sdis'] })], 99, new Set())
  expect(verdict).toEqual({ rule: null, teamId: 99, assigneeId: null })
  expect(considered).toMatchObject([{ failed: ['reporterKinds'], takes: false }])
})

test('reads them by position, whatever order they come in', () => {
  const rules = [rule(2), rule(1, { position: 9 })]
  expect(tryOut(facts, rules, 99, new Set()).verdict.rule?.id).toBe(2)
})

import { describe, expect, it, test } from 'vitest'
import { told as isTold, REACTIONS } from '#app/_jobs/reactions.ts'
import { EVENTS, type EventName } from '#app/_journal/events.ts'
import { CHOICE_UP_TO_LEVEL, CHOSEN_TOPICS, leftOut } from './choice.ts'
import { type OnDuty, whoHears } from './presence.ts'
import { type EventFacts, isPressing, type Recipient, recipientsOf, TOLD, TOPICS } from './recipients.ts'

const facts = (given: Partial<EventFacts> = {}): EventFacts => ({
  level: 2,
  side: 'cell',
  step: 0,
  toLevel: null,
  visibility: 'public',
  proposed: null,
  routed: false,
  ...given,
})

describe('who is told', () => {
  const rows: [string, EventName, Partial<EventFacts>, Recipient[]][] = [
    ['a report', 'case.reported', { side: 'reporter' }, ['holder']],
    ['a report at N3', 'case.reported', { side: 'reporter', level: 3 }, ['holder', 'lead', 'director']],
    ['its routing, in the same breath', 'case.assigned', { routed: true, visibility: 'internal' }, []],
    ['a case given to somebody', 'case.assigned', { visibility: 'internal' }, ['holder']],
    ['an answer of the reporter', 'case.answered', { side: 'reporter' }, ['main_holder', 'holder']],
    ['the same, written down by the cell', 'case.answered', {}, ['reporter']],
    ['tests of the cell', 'case.tested', {}, ['reporter']],
    ['tests of the reporter', 'case.tested', { side: 'reporter' }, ['main_holder', 'holder']],
    ['out of scope', 'case.out_of_scope', {}, ['reporter']],
    ['raised to N3', 'case.level_changed', { toLevel: 3 }, ['reporter', 'holder', 'lead', 'director']],
    ['raised to N2', 'case.level_changed', { level: 1, toLevel: 2 }, ['reporter', 'holder']],
    ['the second step', 'case.escalated', { side: 'machine', step: 2 }, ['director']],
    ['the third step', 'case.escalated', { side: 'machine', step: 3 }, ['lead', 'director']],
    ['a check proposed', 'proposal.made', { proposed: 'check' }, ['lead']],
    ['a crisis proposed', 'proposal.made', { proposed: 'crisis' }, ['lead', 'director']],
    ['somebody called', 'crisis.called', {}, ['named']],
    ['a call to make', 'notice.call_due', {}, ['room']],
    ['a note between colleagues', 'case.noted', { visibility: 'internal' }, []],
  ]
  it.each(rows)('%s', (_, event, given, expected) => {
    expect(recipientsOf(event, facts(given))).toEqual(expected)
  })

  test('whoever is told of anything is told by a reaction, and by nothing else', () => {
    const told = Object.entries(TOLD).flatMap(([event, telling]) => (telling ? [event] : []))
    const reacting = Object.entries(REACTIONS).flatMap(([event, all]) =>
      all.includes(isTold) ? [event] : [],
    )
    expect(told.sort()).toEqual(reacting.sort())
    expect(Object.keys(EVENTS).sort()).toEqual(Object.keys(TOLD).sort())
  })

  it.each([
    ['N2 reported', 'case.reported', { level: 2 }, false],
    ['N3 reported', 'case.reported', { level: 3 }, true],
    ['N2 raised to N3', 'case.level_changed', { level: 2, toLevel: 3 }, true],
    ['called', 'crisis.called', {}, true],
    ['told the next step', 'case.escalated', { level: 1 }, true],
    ['updated', 'case.updated', { level: 4 }, false],
  ] as [string, EventName, Partial<EventFacts>, boolean][])(
    'may it wake people: %s',
    (_, event, given, wakes) => {
      expect(isPressing(event, facts(given))).toBe(wakes)
    },
  )
})

describe('who hears what is meant for the holder', () => {
  const person = (accountId: number) => ({ accountId, quiet: [] })
  const on = (accountId: number, role: string, teams: number[] = []): OnDuty => ({
    ...person(accountId),
    role,
    teams,
  })
  const night = [on(1, 'agent', [7]), on(2, 'agent', [8]), on(3, 'lead')]
  it.each([
    ['a holder on duty, alone', 1, 8, night, [1]],
    ['a holder at home, and who is there of the team', 9, 8, night, [9, 2]],
    ['nobody: who is there of the team', null, 7, night, [1]],
    ['nobody, and nobody of the team: every agent there', null, 5, night, [1, 2]],
    ['nobody, no agent there: the lead', null, 5, [on(3, 'lead')], [3]],
    ['nobody is on duty: he who holds it', 9, 5, [], [9]],
    ['nobody holds it and nobody is on duty: everybody', null, 5, [], null],
  ] as [string, number | null, number, OnDuty[], number[] | null][])(
    '%s',
    (_, holder, team, duty, expected) => {
      const heard = whoHears(holder === null ? null : person(holder), team, duty)
      expect(heard?.map((one) => one.accountId) ?? null).toEqual(expected)
    },
  )
})

describe('what a person chose not to be told', () => {
  const quiet = [...TOPICS]
  it.each([
    ['a case of level N2', CHOICE_UP_TO_LEVEL, 'lead', true],
    ['a case of level N3', CHOICE_UP_TO_LEVEL + 1, 'lead', false],
    ['what is no case', null, 'lead', false],
    ['a case he holds', 1, 'holder', false],
    ['his own report', 1, 'reporter', true],
  ] as [string, number | null, Recipient, boolean][])('%s', (_, level, as, expected) => {
    for (const topic of CHOSEN_TOPICS) expect(leftOut(quiet, topic, level, as)).toBe(expected)
    expect(leftOut([], 'late', level, as)).toBe(false)
  })

  test('nobody chooses not to hear what is to be decided, called or taken', () => {
    for (const topic of ['decisions', 'calls', 'hands'] as const)
      expect(leftOut(quiet, topic, 1, 'lead')).toBe(false)
  })
})

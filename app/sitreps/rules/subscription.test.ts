import { expect, test } from 'vitest'
import { type About, type Subscription, wants } from './subscription.ts'

const about: About = { level: 3, territories: ['59', 'R32', 'Z-NORD', 'FR'], numbers: ['15', '112'] }
const all: Subscription = { fromLevel: 3, territories: [], numbers: [] }

test.each<[string, Partial<Subscription>, Partial<About>, boolean]>([
  ['from its level on', {}, {}, true],
  ['not below it', {}, { level: 2 }, false],
  ['of a territory that was chosen', { territories: ['59'] }, {}, true],
  ['of a region that holds it', { territories: ['R32'] }, {}, true],
  ['not of another', { territories: ['37'] }, {}, false],
  ['of one number of several', { numbers: ['18', '112'] }, {}, true],
  ['not of others', { numbers: ['17'] }, {}, false],
  ['all conditions at once', { territories: ['59'], numbers: ['17'] }, {}, false],
  ['of an incident without a known number, only who chose none', { numbers: ['15'] }, { numbers: [] }, false],
])('a post is told %s', (_, post, more, told) => {
  expect(wants({ ...all, ...post }, { ...about, ...more })).toBe(told)
})

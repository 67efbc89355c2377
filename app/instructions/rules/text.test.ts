import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smsOf } from '#app/notifications/rules/sms.ts'
import { SLOTS, type Slots } from '#db/reference/vocabulary.ts'
import { differences, faultsOf, LIMITS, meter, readingEase, textOf } from './text.ts'

const GOOD: Slots = {
  who: 'Réseau Modèle',
  fails: 'le 15 ne répond pas depuis les mobiles',
  where: 'dans le Nord',
  todo: 'Pour une urgence médicale, composez le 112 ou appelez depuis une ligne fixe',
  until: 'Jusqu’à nouvel avis, prochain point à 18 h',
}
const CLEAR = 'Le 15 répond de nouveau.'
const faults = (over: Partial<Slots>, allClear = CLEAR, failing: string[] = ['15']) =>
  faultsOf({ ...GOOD, ...over }, allClear, failing).map(({ slot, key }) => [slot, key.split('.').at(-1)])

it('a plain text in five slots is taken', () => {
  expect(faults({})).toEqual([])
  expect(textOf(GOOD)).toBe(
    'Réseau Modèle : le 15 ne répond pas depuis les mobiles (dans le Nord). Pour une urgence médicale, composez le 112 ou appelez depuis une ligne fixe. Jusqu’à nouvel avis, prochain point à 18 h.',
  )
})

it.each([...SLOTS])('an empty slot is refused: %s', (slot) => {
  for (const blank of ['', '   ']) expect(faults({ [slot]: blank })).toContainEqual([slot, 'empty_slot'])
})

it('its all clear is written at the same time', () => {
  expect(faults({}, ' ')).toEqual([['allClear', 'empty_slot']])
})

describe('the failing number is never said as the way out', () => {
  it.each([
    ['Composez le 15', ['15']],
    ['Composez le 1-5', ['15']],
    ['Composez le quinze', ['15']],
    ['Appelez le 15 depuis un fixe', ['15']],
    ['Composez le 112', ['15', '112']],
    ['Composez le cent douze', ['15', '112']],
    ['Composez le 1\u202f1\u202f2', ['112']],
    ['Dial fifteen', ['15']],
  ])('%s, while %j fail', (todo, failing) => {
    expect(faults({ todo }, CLEAR, failing).map(([, key]) => key)).toContain('says_failing')
  })
  it.each([
    ['Composez le 112', ['15']],
    ['Appelez le 01 99 00 15 00', ['15']],
    ['Réessayez toutes les 15 minutes puis composez le 112', ['15']],
    ['Prochain essai à 15 h, composez le 112', ['15']],
    ['Composez le 115', ['15']],
    ['Composez le 116117', ['17']],
  ])('%s may be said while %j fail', (todo, failing) => {
    expect(faults({ todo }, CLEAR, failing)).toEqual([])
  })
})

it.each([
  ['fails', 'Le 15 en VoLTE', 'jargon'],
  ['fails', 'Encombrement du réseau', 'jargon'],
  ['todo', 'Utilisez le numéro de repli', 'jargon'],
  ['where', 'Zone du CODIS', 'jargon'],
  ['todo', 'Composez le 1 1 2', 'parted_number'],
  ['fails', 'Le 1 5 ne répond pas', 'parted_number'],
  ['fails', 'Le 1.7 ne répond pas', 'parted_number'],
] as const)('%s: « %s » is refused as %s', (slot, text, key) => {
  expect(faults({ [slot]: text }, CLEAR, [])).toContainEqual([slot, key])
})

it.each([
  ['Nous citons la cité de Sipan', true],
  ['Appelez le 01 12 13 14 15', true],
  ['Au 3 rue du Rtc', false],
])('a word of the trade is a whole word: %s', (where, taken) => {
  expect(faults({ where }).length === 0).toBe(taken)
})

describe('what each channel makes of it', () => {
  it.each([
    [160, 1],
    [161, 2],
  ])('%i plain letters are %i parts', (length, parts) => {
    expect(meter('a'.repeat(length)).sms.parts).toBe(parts)
  })
  it.each([
    [70, 1, 70],
    [71, 2, 67],
  ])('%i letters of which one is ê are %i parts of %i', (length, parts, room) => {
    expect(meter(`ê${'a'.repeat(length - 1)}`).sms).toMatchObject({ parts, room })
  })
  it.each([
    [LIMITS.alertRecommended, true, true],
    [LIMITS.alertRecommended + 1, false, true],
    [LIMITS.alertMost, false, true],
    [LIMITS.alertMost + 1, false, false],
  ])('an alert of %i', (length, recommended, possible) => {
    expect(meter('a'.repeat(length)).alert).toEqual({ recommended, possible })
  })
  it('what does not fit is refused', () => {
    expect(faults({ todo: `Composez le 112. ${'a '.repeat(300)}` })).toEqual([['todo', 'too_many_parts']])
    expect(faults({ todo: 'a '.repeat(800) })).toEqual([['todo', 'too_long']])
  })
  it('counts parts as they are sent, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 900 }),
        (text) => meter(text).sms.parts === smsOf(text, 7).parts.length,
      ),
    )
  })
})

it('short words in short sentences read easier than long ones', () => {
  const easy = readingEase('Le 15 ne répond pas. Composez le 112.')
  const hard = readingEase(
    'Consécutivement aux perturbations d’acheminement téléphonique, privilégiez exceptionnellement l’utilisation des communications institutionnelles.',
  )
  expect(easy).toBeGreaterThan(60)
  expect(hard).toBeLessThan(30)
})

it('a version says what differs, whatever the signs', () => {
  const after = { ...GOOD, todo: 'Composez le 17.', where: 'Dans le Nord !' }
  expect(differences(GOOD, after)).toEqual([{ slot: 'todo', before: GOOD.todo, after: 'Composez le 17.' }])
})

import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { MOST_FIELDS, readForm } from './form-data.ts'
import { wrongFields } from './wrong-fields.ts'

const at = (local: string, zone: string) =>
  local === '2026-11-23T16:52'
    ? new Date(zone === 'Indian/Reunion' ? '2026-11-23T12:52Z' : '2026-11-23T15:52Z')
    : '!no_date'

function form(...entries: [string, string][]) {
  const data = new FormData()
  for (const [name, value] of entries) data.append(name, value)
  return data
}
const read = (...entries: [string, string][]) => readForm(form(...entries), at)

describe('what a form says', () => {
  test.each<[string, [string, string][], unknown]>([
    ['a text', [['words', 'plus rien']], { words: 'plus rien' }],
    ['a blank is absent', [['words', '  ']], {}],
    ['line ends', [['words', 'a\r\nb']], { words: 'a\nb' }],
    ['a list of one', [['numbers[]', '15']], { numbers: ['15'] }],
    [
      'a list of two',
      [
        ['numbers[]', '15'],
        ['numbers[]', '18'],
      ],
      { numbers: ['15', '18'] },
    ],
    ['a list without its blanks', [['numbers[]', '']], { numbers: [] }],
    ['a ticked box', [['calledBack?', 'on']], { calledBack: true }],
    [
      'the last of the same name wins',
      [
        ['calledBack?', 'false'],
        ['calledBack?', 'on'],
      ],
      { calledBack: true },
    ],
    ['an unticked box', [['calledBack?', 'false']], { calledBack: false }],
    [
      'an hour of Paris',
      [['sinceAt@Europe/Paris', '2026-11-23T16:52']],
      { sinceAt: '2026-11-23T15:52:00.000Z' },
    ],
    [
      'an hour of elsewhere',
      [['sinceAt@Indian/Reunion', '2026-11-23T16:52']],
      { sinceAt: '2026-11-23T12:52:00.000Z' },
    ],
    [
      'an impossible hour stays impossible',
      [['sinceAt@Europe/Paris', '2026-02-30T10:00']],
      { sinceAt: '!no_date' },
    ],
    [
      'rows in order, blank ones left out',
      [
        ['tests.2.passed', '1'],
        ['tests.2.tried', '3'],
        ['tests.0.passed', '0'],
        ['tests.1.passed', ''],
      ],
      { tests: [{ passed: '0' }, { passed: '1', tried: '3' }] },
    ],
    [
      'the framework’s own fields are not ours',
      [
        ['$ACTION_ID_x', ''],
        ['$ACTION_1:0', '{}'],
      ],
      {},
    ],
    [
      'a name that would reach the prototype',
      [
        ['__proto__.admin', 'x'],
        ['a.__proto__.b', 'x'],
      ],
      {},
    ],
  ])('%s', (_, entries, expected) => {
    expect(read(...entries).input).toEqual(expected)
  })

  test('keeps everything typed, as typed, except secrets', () => {
    expect(
      read(
        ['words', ' a '],
        ['numbers[]', '15'],
        ['sinceAt@Europe/Paris', 'hier'],
        ['tests.0.tried', '3'],
        ['passphrase', 'x'],
      ).values,
    ).toEqual({ words: ' a ', numbers: ['15'], sinceAt: 'hier', 'tests.0.tried': '3' })
  })

  test('cleans what is sent, and shows it clean', () => {
    const { input, values } = read(['words', 'a\0\u202eb'], ['passphrase', 'e\u0301\0'])
    expect(values).toEqual({ words: 'ab' })
    expect(input).toEqual({ words: 'ab', passphrase: 'é' })
  })

  test.each<[string, [string, string][]]>([
    ['a name of 3 000 parts', [[`a${'.a'.repeat(2_999)}`, 'x']]],
    ['a name deeper than any of ours', [['a.0.b.1.c.2.d', 'x']]],
    ['a name longer than any of ours', [['a'.repeat(121), 'x']]],
    ['more fields than any page has', Array.from({ length: MOST_FIELDS + 1 }, (_, i) => [`a${i}`, 'x'])],
    [
      'one field more often than any page has it',
      Array.from({ length: MOST_FIELDS + 1 }, () => ['a[]', 'x']),
    ],
  ])('is left unread when it is %s', (_, entries) => {
    expect(read(...entries)).toMatchObject({ excess: true, input: {}, values: {} })
  })

  test('is read up to the largest form of all', () => {
    const entries = Array.from({ length: MOST_FIELDS }, (_, i): [string, string] => [
      `tests.${i % 1000}.f${i}`,
      'x',
    ])
    expect(read(...entries).excess).toBe(false)
    expect((read(...entries).input.tests as unknown[]).length).toBe(1000)
  })

  test('is walked through once, however many fields bear one name', () => {
    let walked = 0
    const counted = new Proxy(
      form(...Array.from({ length: 1_500 }, (_, i): [string, string] => [`a${i}[]`, 'x'])),
      {
        get(target, name) {
          const value = Reflect.get(target, name, target)
          if (name !== Symbol.iterator)
            return typeof value === 'function' ? () => expect.unreachable(String(name)) : value
          return function* () {
            for (const entry of target) {
              walked += 1
              yield entry
            }
          }
        },
      },
    )
    readForm(counted, at)
    expect(walked).toBe(1_500)
  })

  test('fits a schema with rows and boxes', () => {
    const schema = z.object({
      tests: z.array(z.object({ tried: z.coerce.number() })).default([]),
      calledBack: z.boolean().default(false),
    })
    expect(schema.parse(read(['tests.0.tried', '3']).input)).toEqual({
      tests: [{ tried: 3 }],
      calledBack: false,
    })
  })

  test('names the field as it was typed, though blank rows before it are left out', () => {
    const { input, asTyped } = read(['tests.0.tried', ''], ['tests.2.tried', '3'])
    expect(input).toEqual({ tests: [{ tried: '3' }] })
    expect(asTyped(['tests', 0, 'tried'])).toBe('tests.2.tried')
    expect(asTyped(['words'])).toBe('words')
  })
})

describe('what is wrong', () => {
  const schema = z.object({
    words: z.string().min(3),
    channel: z.enum(['phone', 'portal']),
    symptom: z.string({ error: 'cases.invalid.symptom' }),
    tests: z.array(z.object({ tried: z.coerce.number().max(5) })),
  })
  test('is said field by field, with the schema’s own key when it has one', () => {
    const input = { words: 'a', tests: [{ tried: '9' }] }
    const issues = schema.safeParse(input).error?.issues ?? []
    expect(wrongFields(issues, input)).toEqual({
      words: { key: 'forms.too_small', values: { min: 3 } },
      channel: { key: 'forms.required' },
      symptom: { key: 'cases.invalid.symptom' },
      'tests.0.tried': { key: 'forms.too_big', values: { max: 5 } },
    })
  })
  test('a choice not made is not a wrong choice', () => {
    const role = z.object({ role: z.enum(['agent', 'lead'], 'directory.invalid.choice') })
    const said = (input: unknown) => wrongFields(role.safeParse(input).error?.issues ?? [], input)
    expect(said({})).toEqual({ role: { key: 'forms.choose' } })
    expect(said({ role: '' })).toEqual({ role: { key: 'forms.choose' } })
    expect(said({ role: 'king' })).toEqual({ role: { key: 'directory.invalid.choice' } })
  })

  test('is said in the order of the schema, which is that of the page', () => {
    const page = z
      .object({ numbers: z.array(z.string()).default([]), symptom: z.string(), place: z.string() })
      .refine(({ numbers }) => numbers.length > 0, { path: ['numbers'], when: () => true })
    const issues = page.safeParse({ numbers: [], place: 3 }).error?.issues ?? []
    expect(Object.keys(wrongFields(issues, {}, page))).toEqual(['numbers', 'symptom', 'place'])
    const more = page.and(z.object({ consent: z.string() })).transform((read) => read)
    expect(Object.keys(wrongFields(more.safeParse({ numbers: [] }).error?.issues ?? [], {}, more))).toEqual([
      ...['numbers', 'symptom', 'place', 'consent'],
    ])
  })
})

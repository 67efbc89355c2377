import { DrizzleQueryError } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { causeOf, codeOf, plainWords, sentenceOf } from './cause.ts'

/** As postgres.js throws it: everything hangs on it as a property. */
function refused(code: string, message: string, more: Record<string, string> = {}): Error {
  class PostgresError extends Error {
    override name = 'PostgresError'
  }
  return Object.assign(new PostgresError(message), { code, ...more })
}

const TYPED = [
  'Nora Essai',
  'nora@samu.example',
  '01 99 00 12 34',
  '+33199001234',
  '0199001234',
  'Mme Dupont',
]
const carrying = TYPED.flatMap((value): [string, Error][] => [
  [
    'a query of drizzle',
    new DrizzleQueryError(
      `insert into t values ($1)`,
      [value],
      refused('42501', 'permission denied for table cases'),
    ),
  ],
  ['a query without a cause', new DrizzleQueryError('select 1', [value])],
  [
    'a detail',
    refused('23505', 'duplicate key value violates unique constraint "account_email"', {
      detail: `Key (email)=(${value}) already exists.`,
    }),
  ],
  ['a place', refused('XX000', 'cache lookup failed', { where: `SQL statement "select '${value}'"` })],
  ['a value that is no number', refused('22P02', `invalid input syntax for type bigint: "${value}"`)],
  ['a value said by a function of ours', refused('P0001', `unknown ${value}`)],
  ['words of a search', refused('42601', `syntax error in tsquery: "${value} &"`)],
  ['a body that is no JSON', jsonError(value)],
  [
    'an argument that Node received',
    new TypeError(`The "url" argument must be of type string. Received '${value}'`),
  ],
])

test.each(carrying)('%s leaves nothing of what was typed', (_, error) => {
  const said = JSON.stringify([causeOf(error), sentenceOf(error)])
  for (const value of TYPED) expect(said).not.toContain(value)
})

describe('the cause is kept', () => {
  test.each<[string, Error, string, string]>([
    [
      'behind drizzle',
      new DrizzleQueryError('select', [], refused('42501', 'permission denied for table cases')),
      '42501',
      '42501 permission denied for table cases',
    ],
    [
      'of the system',
      Object.assign(new Error('connect ECONNREFUSED ::1:5432'), { code: 'ECONNREFUSED' }),
      'ECONNREFUSED',
      'ECONNREFUSED connect ECONNREFUSED ::1:5432',
    ],
    [
      'of several attempts',
      new AggregateError([Object.assign(new Error('no'), { code: 'EPIPE' })]),
      'EPIPE',
      'EPIPE no',
    ],
    [
      'where a value was refused',
      refused('22P02', 'invalid "x"', { routine: 'pg_strtoint64_safe' }),
      '22P02',
      '22P02 pg_strtoint64_safe',
    ],
  ])('%s', (_, error, code, sentence) => {
    expect(codeOf(error)).toBe(code)
    expect(sentenceOf(error)).toBe(sentence)
  })

  test('what is no error has a type and nothing else', () =>
    expect(causeOf('Nora')).toEqual({ type: 'string' }))
})

function jsonError(text: string): Error {
  try {
    return JSON.parse(text)
  } catch (error) {
    return error as Error
  }
}

test.each([
  [
    'duplicate key value violates unique constraint "team_name"',
    'duplicate key value violates unique constraint "team_name"',
  ],
  [
    'could not extend file "base/1/2": No space left on device',
    'could not extend file "base/1/2": No space left on device',
  ],
  ["Cannot read properties of null (reading 'write')", "Cannot read properties of null (reading 'write')"],
  ['Unexpected token \'N\', "Nora" is not valid JSON', 'Unexpected token …, … is not valid JSON'],
  ["l'appel n'aboutit pas", "l'appel n'aboutit pas"],
  ["no route for 'Nora Essai", 'no route for …'],
  ['sent to nora@samu.example at 01 99 00 12 34', 'sent to •@• at •'],
  ['first line\nparams: Nora', 'first line'],
])('%s', (message, plain) => expect(plainWords(message)).toBe(plain))

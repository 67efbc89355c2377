import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CASE_STATES } from '#db/schema/cases.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { countsInSql, openInSql, STATES } from './states.ts'

const { owner } = await createTestDatabase()
const { generalTeamId } = await makePeople(owner)
const now = new Date('2026-11-23T10:00:00Z')

describe('the database means by a state what the table means', () => {
  test.each(CASE_STATES)('%s', async (state) => {
    const [row] = await owner`select app.is_open(${state}) as open, app.counts(${state}) as counts`
    expect(row).toEqual({ open: STATES[state].open, counts: STATES[state].counts })
  })

  test.each([
    ['is_open', openInSql()],
    ['counts', countsInSql()],
  ])(
    'app.%s is written of the table: a migration must say the text expected here',
    async (name, expected) => {
      const [row] =
        await owner`select prosrc from pg_proc where pronamespace = 'app'::regnamespace and proname = ${name}`
      expect(row?.prosrc).toBe(expected)
    },
  )
})

let rank = 0
/** A case as somebody at the keyboard of the database would write it. */
function insert(given: Record<string, unknown>) {
  rank += 1
  const plain = {
    reference: `x-${rank}`,
    submission_id: `00000000-0000-4000-8000-${String(rank).padStart(12, '0')}`,
    state: 'received',
    level: 2,
    reporter_kind: 'samu',
    channel: 'portal',
    verification: 'signed_in',
    numbers: ['15'],
    symptom: 'NO_RING',
    territory_code: '59',
    heard_at: now,
    received_at: now,
    team_id: generalTeamId,
    queue_rank: 1,
    next_contact_at: now,
  }
  return owner`insert into cases ${owner({ ...plain, ...given })} returning id`
}

describe('a case', () => {
  test.each(CASE_STATES)('%s has a promise while it is open', async (state) => {
    await expect(insert({ state })).resolves.toHaveLength(1)
    const without = insert({ state, next_contact_at: null })
    if (STATES[state].open) await expect(without).rejects.toThrow(/cases_open_has_promise/)
    else await expect(without).resolves.toHaveLength(1)
  })

  test.each([
    ['state', 'lost'],
    ['level', 5],
    ['level', 0],
    ['channel', 'fax'],
    ['verification', 'trusted'],
    ['fallback', 'perhaps'],
    ['closing', 'tired'],
    ['cause', 'bad_luck'],
    ['direction', 'sideways'],
    ['pattern', 'often'],
    ['queue_rank', 9],
    ['outcome', 'shrug'],
    ['own_lines', 'some'],
  ])('is refused with the unknown %s “%s”', async (column, value) => {
    await expect(insert({ [column]: value })).rejects.toThrow(new RegExp(`cases_${column}_known`))
  })

  test('loses its promise by no update while it is open', async () => {
    const [row] = await insert({})
    await expect(owner`update cases set next_contact_at = null where id = ${row?.id}`).rejects.toThrow(
      /has_promise/,
    )
    await owner`update cases set state = 'duplicate', next_contact_at = null where id = ${row?.id}`
  })
})

describe('closed vocabularies', () => {
  /** Columns whose words are not the schema's to close, and why. */
  const OPEN_ENDED: Record<string, string> = {
    'broadcast.purpose': 'a sentence of whoever sends',
    'call_out.role': 'what the ladder says of the person it calls',
    'channel_proof.channel': 'as the way it proves',
    'message_part.channel': 'as the way it went',
    'move_step.outcome': 'a sentence of whoever ended it',
    'outbox.channel': 'a way is added by the module that sends over it',
    'sign_in_count.outcome': 'a word of statistics',
  }

  test('every column of a kind, a state, a level or a role is checked', async () => {
    const open = await owner<{ column: string }[]>`
      select c.relname || '.' || a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
        and a.attname ~ '(^|_)(state|level|role|side|channel|verification|visibility|certainty|closing|outcome|purpose|access)$'
        and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and a.attnum = any (k.conkey))
      order by 1`
    expect(open.map(({ column }) => column)).toEqual(Object.keys(OPEN_ENDED).sort())
  })
})

describe('nobody types out which states are open', () => {
  const TYPED = /'closed',\s*'duplicate',\s*'out_of_scope'|\(\s*'duplicate',\s*'out_of_scope'/

  test('neither in TypeScript nor in SQL', async () => {
    const files = ['app', 'scripts', 'db/schema']
      .flatMap((top) =>
        readdirSync(top, { recursive: true, encoding: 'utf8' }).map((path) => `${top}/${path}`),
      )
      .filter((path) => /\.tsx?$/.test(path) && !/\.(test|fixture)\.tsx?$/.test(path))
    expect(files.length).toBeGreaterThan(400)
    const typed = files.filter((path) => TYPED.test(readFileSync(path, 'utf8')))
    expect(typed.sort()).toEqual(['db/schema/cases.ts']) // the list itself
    const functions = await owner<
      { name: string; text: string }[]
    >`select proname as name, prosrc as text from pg_proc
      where pronamespace = 'app'::regnamespace and proname not in ('is_open', 'counts')
      union all select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index where indrelid = 'cases'::regclass`
    expect(functions.filter(({ text }) => TYPED.test(text)).map(({ name }) => name)).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import { readCap } from '../cap.ts'
import { draftInput } from '../input.ts'
import { draftInstruction, reviseInstruction } from './draft.ts'
import { endInstruction } from './force.ts'
import {
  base,
  draft,
  force,
  later,
  owner,
  people,
  read,
  slots,
  T0,
  validated,
} from './instructions.fixture.ts'

describe('one voice', () => {
  test('what contradicts one in force is refused, with both texts; the same scope is the next version', async () => {
    const first = await validated({
      failing: '17',
      slots: { ...slots, fails: 'le 17 ne répond pas', todo: 'Composez le 112' },
    })
    expect(await force(first)).toMatchObject({ ok: true })
    const { number } = (await read(first)).one
    const other = await validated({
      failing: '17',
      callers: 'any',
      slots: { ...slots, fails: 'le 17 ne répond pas', todo: 'Allez au commissariat' },
    })
    expect(await force(other)).toMatchObject({
      ok: false,
      reason: { key: 'instructions.refused.contradicts', values: { number } },
    })
    expect((await read(other)).against.map((one) => one.id)).toEqual([first])
    const next = await validated({
      failing: '17',
      slots: { ...slots, fails: 'le 17 ne répond pas', todo: 'Appelez depuis une ligne fixe' },
    })
    expect((await read(next)).former).toMatchObject({ number, differs: [{ slot: 'todo' }] })
    expect(await force(next)).toMatchObject({ ok: true, value: { cancels: number } })
    expect((await read(first)).one.state).toBe('ended')
    // Whoever relays the first is told of the second: cancelled is not all clear.
    const relayed = async () => {
      const cap = await readCap(people.samu13, first, 'Restricted')
      return [
        cap?.number,
        /<msgType>(.*)</.exec(cap?.xml ?? '')?.[1],
        /consigne-(\d+)\.alerte,/.exec(cap?.xml ?? '')?.[1],
      ]
    }
    const { one } = await read(next)
    expect(await relayed()).toEqual([one.number, 'Update', String(number)])
    await endInstruction(people.lead, { instructionId: next, version: one.version, reason: 'Rétabli' }, T0)
    expect(await relayed()).toEqual([one.number, 'Cancel', String(one.number)])
    expect(await readCap(people.samu13, other, 'Restricted'), 'a draft').toBeNull()
  })

  test('two people put contradicting texts in force at the same moment: one wins, the other is told', async () => {
    const make = (callers: string, todo: string) =>
      validated({ failing: '18', callers, slots: { ...slots, fails: 'le 18 ne répond pas', todo } })
    const [a, b] = [await make('mobile', 'Composez le 112'), await make('any', 'Allez à la caserne')]
    const ends = await Promise.all([force(a, people.lead), force(b, people.director)])
    expect(ends.map((one) => one.ok).sort()).toEqual([false, true])
  })

  test('a number that another instruction says to fail there is no way out', async () => {
    const id = await validated({
      failing: '112',
      callers: 'any',
      slots: { ...slots, fails: 'le 112 ne répond pas', todo: 'Appelez depuis une ligne fixe' },
    })
    await force(id)
    const said = draftInput.parse({ ...base, failing: '115', slots: { ...slots, todo: 'Composez le 112' } })
    expect(await draftInstruction(people.agent, said, T0)).toMatchObject({
      ok: false,
      fields: { 'slots.todo': { key: 'instructions.refused.says_failing', values: { number: '112' } } },
    })
    await endInstruction(
      people.lead,
      { instructionId: id, version: (await read(id)).one.version, reason: 'Rétabli' },
      T0,
    )
  })
})

describe('what is refused changes nothing', () => {
  test.each([
    ['an end that is past', { endsAt: T0.toISOString() }, { endsAt: 'instructions.refused.end_past' }],
    [
      'a territory that is none',
      { territoryCode: 'XX' },
      { territoryCode: 'instructions.invalid.territory' },
    ],
    ['a number that is none', { failing: '999' }, { failing: 'instructions.invalid.number' }],
    [
      'the failing number as the way out',
      { slots: { ...slots, todo: 'Rappelez le 15' } },
      { 'slots.todo': 'instructions.refused.says_failing' },
    ],
    ['an empty slot', { slots: { ...slots, who: ' ' } }, { 'slots.who': 'instructions.refused.empty_slot' }],
    ['an incident that is none', { incident: 'INC-1' }, { incident: 'instructions.invalid.incident' }],
  ])('%s', async (_, over, fields) => {
    const [before] = await owner`select count(*)::int as n from instruction`
    const said = await draftInstruction(people.agent, draftInput.parse({ ...base, ...over }), T0)
    expect(
      said.ok ? {} : Object.fromEntries(Object.entries(said.fields ?? {}).map(([k, v]) => [k, v.key])),
    ).toEqual(fields)
    const [after] = await owner`select count(*)::int as n from instruction`
    expect(after).toEqual(before)
  })

  test.each([
    ['no number', { ...base, failing: '' }, 'instructions.invalid.number'],
    ['no territory', { ...base, territoryCode: '' }, 'instructions.invalid.territory'],
    ['no territory at all', { ...base, territoryCode: undefined }, 'instructions.invalid.territory'],
  ])('a scope that is empty: %s', (_, given, message) => {
    expect(draftInput.safeParse(given).error?.issues[0]?.message).toBe(message)
  })

  test('two change the same draft: the second is told', async () => {
    const id = await draft({ failing: '115' })
    const change = (todo: string) =>
      reviseInstruction(
        people.agent,
        {
          instructionId: id,
          version: 1,
          slots: { ...slots, todo },
          allClear: base.allClear,
          endsAt: later(240),
        },
        T0,
      )
    expect(await change('Composez le 17')).toMatchObject({ ok: true })
    expect(await change('Composez le 18')).toMatchObject({ ok: false, conflict: { version: 2 } })
  })
})

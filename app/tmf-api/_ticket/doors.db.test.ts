import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { hashToken } from '#app/_auth/token.ts'
import { readableAddress } from '#app/_doors/address.ts'
import { ACTS_FROM } from '#app/cases/rules/reporter-shown.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { asked } from '#scripts/testing/request.ts'
import { ofContract, valid } from './contract.fixture.ts'

vi.mock('next/headers', () => import('#scripts/testing/request.ts'))
vi.mock('next-intl/server', () => import('#scripts/testing/words.ts'))

const list = await import('../troubleTicket/v4/troubleTicket/route.ts')
const one = await import('../troubleTicket/v4/troubleTicket/[id]/route.ts')
const { ask, find, patch, post, said } = await import('./doors.fixture.ts')
const nowhere = await import('../[...path]/route.ts')
const { owner } = await createTestDatabase()
const people = await makePeople(owner)

const ERROR = ofContract('Error')
type Handler = Parameters<typeof ask>[0]

const ids: string[] = []

beforeAll(async () => {
  await owner`insert into api_token (account_id, hash, name, scopes, created_at, expires_at)
    values (${people.samu59.accountId}, ${hashToken('a-token-of-some-thirty-characters')}, 'essai', '{read,report,update}', now(), now() + interval '1 day')`
  asked.set('authorization', 'Bearer a-token-of-some-thirty-characters')
  for (const given of [
    { externalId: 'A/1' },
    { severity: 'Minor', ticketType: 'essai', externalId: 'A,2' },
    {},
  ]) {
    const made = await post(said(given))
    expect(made.status).toBe(201)
    ids.push(made.body.id)
  }
})
afterEach(() => {
  for (const name of ['if-match', 'if-none-match', 'idempotency-key']) asked.delete(name)
})

describe('a ticket that was made', () => {
  test('gives back what its sender said, and what our case says beside it', async () => {
    const { body, headers } = await ask(one.GET as Handler, `/${ids[0]}`, undefined, 'GET', ids[0])
    valid(body)
    expect(body).toMatchObject({ severity: 'Urgent (P1)', ticketType: 'perte de service', priority: 'N2' })
    expect(body.relatedEntity).toContainEqual({
      id: 'TRK-0042',
      role: 'faisceau',
      name: 'Faisceau T2 du CRRA',
      '@referredType': 'Resource',
    })
    expect(body.note.map(({ text }: { text: string }) => text)).toEqual(
      expect.arrayContaining(['Le 112 passe encore', 'Bascule essayée en vain']),
    )
    expect(headers.get('etag')).toMatch(/^"\d+\.\d+"$/)
  })

  test.each([
    ['severity=Minor', [1]],
    ['severity=Urgent (P1)', [2, 0]],
    ['ticketType=essai', [1]],
    ['ticketType.ne=essai', [2, 0]],
    ['externalId=A/1', [0]],
    ['status=acknowledged,held', [2, 1, 0]],
    ['status=closed', []],
    ['status.ne=closed', [2, 1, 0]],
    ['priority=N2', [2, 1, 0]],
    ['symptom=NO_RING&externalId=A/1', [0]],
    ['relatedEntity.id=15', [2, 1, 0]],
    ['relatedEntity.id=TRK-0042', [2, 1, 0]],
    ['relatedEntity.id=112', []],
    ['channel.id=api', [2, 1, 0]],
    ['creationDate.gt=2020-01-01T00:00:00Z', [2, 1, 0]],
    ['creationDate.lt=2020-01-01T00:00:00Z', []],
    ['lastUpdate.gte=2020-01-01T00:00:00Z', [2, 1, 0]],
    ['sort=creationDate', [0, 1, 2]],
    ['description=rien de tel', []],
    ['@type=EmergencyNumberTroubleTicket', [2, 1, 0]],
    ['@baseType.ne=TroubleTicket', []],
    ['href=/tmf-api/troubleTicket/v4/troubleTicket/0', []],
    ['statusChangeDate.gt=2020-01-01T00:00:00Z', [2, 1, 0]],
    ['relatedParty.role=originator', [2, 1, 0]],
    ['relatedEntity.role=faisceau', [2, 1, 0]],
    ['relatedEntity.role=commune,site', []],
    ['relatedEntity.role.ne=emergencyNumber', []],
    ['relatedEntity.name=Nord', [2, 1, 0]],
    ['relatedEntity.name=Faisceau T2 du CRRA', [2, 1, 0]],
    ['relatedEntity.name=Loire', []],
    ['name=15 – Silence, l’appel ne part pas – Nord', [2, 1, 0]],
    ['name=colour', []],
    ['note.text=Le 112 passe encore', [2, 1, 0]],
    ['note.text.ne=Le 112 passe encore', []],
    ['note.author=Permanence', []],
    ['note.id=0', []],
  ])('is found by ?%s', async (query, expected) => {
    const { status, body } = await find(`?${query}`)
    expect(status).toBe(200)
    for (const found of body) valid(found)
    expect(body.map(({ id }: { id: string }) => ids.indexOf(id))).toEqual(expected)
  })

  test('by the author of a note as this reader reads it: an authority by the name where it must act', async () => {
    const by = async (who: 'pref59' | 'agent', level: number) => {
      await owner`update cases set level = ${level} where reference in ${owner(ids)}`
      asked.set('authorization', `Bearer ${who}-a-token-of-some-thirty-characters`)
      const found = []
      for (const name of [people.samu59.name, 'SAMU 59 (essai)'])
        found.push((await find(`?note.author=${encodeURIComponent(name)}`)).body.length)
      return found
    }
    const levels = await owner`select reference, level from cases`
    for (const who of ['pref59', 'agent'] as const)
      await owner`insert into api_token (account_id, hash, name, scopes, created_at, expires_at) values
        (${people[who].accountId}, ${hashToken(`${who}-a-token-of-some-thirty-characters`)}, 'essai', '{read}', now(), now() + interval '1 day')`
    try {
      expect(await by('pref59', ACTS_FROM.departement - 1)).toEqual([0, 3])
      expect(await by('pref59', ACTS_FROM.departement)).toEqual([3, 0])
      expect(await by('agent', 1)).toEqual([3, 0])
    } finally {
      asked.set('authorization', 'Bearer a-token-of-some-thirty-characters')
      for (const { reference, level } of levels)
        await owner`update cases set level = ${level} where reference = ${reference}`
    }
  })

  test('by each id', async () => {
    for (const id of ids) expect((await find(`?id=${id}`)).body).toMatchObject([{ id }])
  })

  test.each([
    ['an attribute nobody can ask by', 'colour=red', 'colour'],
    ['one that all objects have', 'constructor=x', 'constructor'],
    ['a status that is none', 'status=broken', 'status'],
    ['an hour that is none', 'creationDate.gt=yesterday', 'creationDate.gt'],
    ['a number for an hour', 'creationDate.gt=5', 'creationDate.gt'],
    ['a day that no month has', 'creationDate.gt=2026-02-30T00:00:00Z', 'creationDate.gt'],
    ['an hour of no zone', 'creationDate.gt=2026-02-03T00:00:00', 'creationDate.gt'],
    ['no value', 'severity=', 'severity'],
    ['an order among statuses', 'status.gt=held', 'status.gt'],
    ['a sort that is none', 'sort=colour', 'sort'],
    ['a limit of none', 'limit=0', 'limit'],
  ])('%s is refused by name, not ignored', async (_, query, field) => {
    const { status, body } = await find(`?${query}`)
    expect(status).toBe(400)
    valid(body, ERROR)
    expect(Object.keys(body.fields)).toEqual([field])
    expect(body.message).toMatch(/\p{L}{3,} /u)
  })

  test('fields are exactly what is asked; a page of more is 206, the whole is 200', async () => {
    expect((await find('?fields=status,severity&externalId=A/1')).body).toEqual([
      { status: 'acknowledged', severity: 'Urgent (P1)' },
    ])
    expect((await find('?fields=nothing&externalId=A/1')).body).toEqual([{}])
    const page = await find('?limit=2')
    expect([page.status, page.body.length, page.headers.get('x-total-count')]).toEqual([206, 2, '3'])
    expect((await find('?limit=3')).status).toBe(200)
    expect((await find('?limit=2&offset=2')).status).toBe(206)
  })
})

describe('two who change one ticket', () => {
  test('a wrong If-Match changes nothing; the right one does, once', async () => {
    const [id = ''] = ids
    const { headers } = await ask(one.GET as Handler, `/${id}`, undefined, 'GET', id)
    const etag = headers.get('etag') ?? ''
    asked.set('if-none-match', etag)
    expect((await ask(one.GET as Handler, `/${id}`, undefined, 'GET', id)).status).toBe(304)
    asked.delete('if-none-match')
    asked.set('if-match', '"0.0"')
    const refused = await patch(id, { note: [{ text: 'Trop tard' }] })
    expect(refused.status).toBe(412)
    valid(refused.body, ERROR)
    asked.set('if-match', `"0.0", ${etag}`)
    const both = await Promise.all([
      patch(id, { note: [{ text: 'Le premier' }] }),
      patch(id, { note: [{ text: 'Le second' }] }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
    asked.set('if-match', '*')
    const last = await patch(id, { note: [{ text: 'Sans condition' }] })
    expect(last.status).toBe(200)
    valid(last.body)
    expect(last.headers.get('etag')).not.toBe(etag)
  })

  test('the same Idempotency-Key is the same ticket; with other facts, 409; another key, another ticket', async () => {
    asked.set('idempotency-key', 'k-1')
    const facts = said({
      relatedEntity: [
        { id: '18', role: 'emergencyNumber' },
        { id: '59', role: 'territory' },
      ],
      note: [],
    })
    const first = await post(facts)
    const again = await post(facts)
    expect([first.status, again.status, again.body.id]).toEqual([201, 200, first.body.id])
    const other = await post({ ...facts, description: 'Autre chose' })
    expect(other.status).toBe(409)
    valid(other.body, ERROR)
    asked.set('idempotency-key', 'k-2')
    expect((await post(facts)).status).toBe(201)
  })
})

describe('what is wrong is said in the shape of the contract', () => {
  test.each([
    ['a note without a text', said({ note: [{}] }), 400],
    ['an empty note', said({ note: [{ text: ' ' }] }), 400],
    ['no severity', said({ severity: undefined }), 400],
    ['no ticketType', said({ ticketType: undefined }), 400],
    ['two territories', said({ relatedEntity: ['59', '62'].map((id) => ({ id, role: 'territory' })) }), 400],
  ])('%s', async (_, body, wanted) => {
    const { status, body: told } = await post(body)
    expect(status).toBe(wanted)
    valid(told, ERROR)
  })

  test('a condition given twice is refused: neither of its values is the answer', async () => {
    const { status, body } = await find('?status=acknowledged&status=closed')
    expect(status).toBe(400)
    valid(body, ERROR)
  })

  test('two keys that begin alike are two keys', async () => {
    const keys = ['a', 'b'].map((last) => `${'k'.repeat(250)}${last}`)
    const made: unknown[] = []
    for (const key of keys) {
      asked.set('idempotency-key', key)
      made.push((await post(said({ description: `Essai ${key.at(-1)}` }))).status)
    }
    expect(made).toEqual([201, 201])
  })

  test('a number to dial is masked wherever it is written', async () => {
    const { status, body } = await post(
      said({
        relatedEntity: [
          { id: '15', role: 'emergencyNumber' },
          { id: '59', role: 'territory' },
          { id: '0199001234', role: 'longNumber' },
        ],
        test: [{ passed: 0, tried: 2, number: '0199001234' }],
      }),
    )
    expect(status).toBe(201)
    expect(JSON.stringify(body)).not.toContain('0199001234')
  })

  test.each(['x', '0', '2026-000000-0', '../..', 'é'.repeat(300), '2026–000001–5', "' or 1=1"])(
    'an id of any shape that is none is 404: %s',
    async (id) => {
      const read = await ask(one.GET as Handler, '/x', undefined, 'GET', id)
      expect(read.status).toBe(404)
      valid(read.body, ERROR)
      const changed = await ask(one.PATCH as Handler, '/x', { note: [{ text: 'x' }] }, 'PATCH', id)
      expect(changed.status).toBe(404)
    },
  )

  test('a verb that is not offered is 405 with those that are; an unknown address is 404, not a page', async () => {
    for (const handle of [list.PUT, list.PATCH, list.DELETE, one.POST, one.PUT]) {
      const { status, headers, body } = await ask(handle as Handler)
      expect([status, headers.get('allow')?.startsWith('GET')]).toEqual([405, true])
      valid(body, ERROR)
    }
    const { status, body } = await ask(nowhere.GET as Handler)
    expect(status).toBe(404)
    valid(body, ERROR)
  })

  test.each([
    ['/tmf-api/troubleTicket/v4/troubleTicket/', '/tmf-api/troubleTicket/v4/troubleTicket'],
    ['/tmf-api/troubleTicket/v4/troubleTicket/?limit=2', '/tmf-api/troubleTicket/v4/troubleTicket?limit=2'],
    [
      '/tmf-api/troubleTicket/v4/troubleTicket/2026-000001-5//',
      '/tmf-api/troubleTicket/v4/troubleTicket/2026-000001-5',
    ],
    ['/api/health/', '/api/health'],
    ['/cases/', '/cases/'],
    ['/?x=/api/', '/?x=/api/'],
  ])('an address that ends with a slash is the same address: %s', (url, read) => {
    expect(readableAddress(url)).toBe(read)
  })
})

test('a key does what it was made for, and is told what it lacks', async () => {
  const [reads, reports] = ['a-key-that-only-reads-tickets', 'a-key-that-only-reports-tickets']
  for (const [token, scope] of [
    [reads, 'read'],
    [reports, 'report'],
  ] as const)
    await owner`insert into api_token (account_id, hash, name, scopes, created_at, expires_at) values
      (${people.samu59.accountId}, ${hashToken(token)}, 'essai', ${[scope]}, now(), now() + interval '1 day')`
  const mine = asked.get('authorization') as string
  try {
    asked.set('authorization', `Bearer ${reads}`)
    expect((await ask(one.GET as Handler, `/${ids[0]}`, undefined, 'GET', ids[0])).status).toBe(200)
    const refused = await post(said())
    expect(refused.status).toBe(403)
    expect(refused.body).toMatchObject({ key: 'accounts.refused.scope' })
    expect(refused.body.message).toContain('report')
    asked.set('authorization', `Bearer ${reports}`)
    expect((await post(said())).status).toBe(201)
    expect((await ask(one.GET as Handler, `/${ids[0]}`, undefined, 'GET', ids[0])).status).toBe(403)
  } finally {
    asked.set('authorization', mine)
  }
})

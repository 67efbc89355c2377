import { expect, test, vi } from 'vitest'
import { makeToken } from '#app/admin/commands/tokens.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { says } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { samplesOf } from './query.ts'
import { GET } from './route.ts'
import { FIGURES, metricsText } from './text.ts'

vi.mock('next/headers', () => ({ headers: async () => new Headers() }))
const { owner } = await createTestDatabase()
const people = await makePeople(owner)

const keyFor = async (scope: 'metrics' | 'probe') => {
  const made = await makeToken(
    people.admin,
    { accountId: people.admin.accountId, name: scope, scopes: [scope], days: 30 },
    new Date(),
  )
  if (!made.ok) throw new Error(made.reason.key)
  return made.value.token
}
const asked = (token?: string) =>
  GET(
    new Request('http://here.invalid/metrics', {
      headers: token ? { authorization: `Bearer ${token}` } : {},
    }),
  )

test('are told to a key made for them, and to no other', async () => {
  expect((await asked()).status).toBe(401)
  expect((await asked(await keyFor('probe'))).status).toBe(401)
  await says(people.samu59, '59', new Date())
  const key = await keyFor('metrics')
  await owner`insert into phone_call (source_id, call_key, direction, shown, state, started_at)
    select max(id), n::text, 'in', '01', case when n = 3 then 'missed' else 'ended' end, now() - interval '5 minutes' from api_token, generate_series(1, 3) n group by n`
  const answer = await asked(key)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  const text = await answer.text()
  expect(text).toMatch(/^permanence_reports_last_hour 1$/m)
  expect(text).toMatch(
    /^permanence_cases_open\{(state="received",level="\d"|level="\d",state="received")\} 1$/m,
  )
  expect(text).toMatch(/^permanence_test_calls_stopped 0$/m)
  expect(text).toMatch(/^permanence_calls_last_hour\{(?=.*state="ended")(?=.*direction="in").*\} 2$/m)
  expect(text).toMatch(/^permanence_calls_last_hour\{(?=.*state="missed").*\} 1$/m)
  // Each line is one that Prometheus reads, each name is explained once, and nobody is named.
  for (const line of text.trim().split('\n'))
    expect(line).toMatch(/^(# (HELP|TYPE) permanence_\w+ .+|permanence_\w+(\{[^}]*\})? [-\d.e+]+)$/)
  expect(text).not.toMatch(/SAMU|essai/i)
  expect(text.match(/^# HELP (\S+)/gm)?.length).toBe(new Set(text.match(/^# HELP (\S+)/gm)).size)
})

test('what the web processes answer stands beside it, process by process', () => {
  const one = {
    ...{ pid: 7, at: 0, requests: { '2xx': 3, '5xx': 1 }, withinSeconds: { '0.1': 2, '1': 4 } },
    ...{ seconds: 1.5, underWay: 2, streams: 5, pool: { open: 4, used: 1, waiting: 0, most: 4 } },
  }
  const text = metricsText(samplesOf([one, { ...one, pid: 8 }]))
  expect(text).toContain(
    '# TYPE permanence_http_requests_total counter\npermanence_http_requests_total{process="7",status="2xx"} 3\n',
  )
  expect(text).toContain('permanence_http_within_seconds_total{process="8",le="0.1"} 2\n')
  expect(text).toContain('# TYPE permanence_live_streams gauge\npermanence_live_streams{process="7"} 5\n')
  expect(text).toContain('permanence_pool{process="7",connections="used"} 1\n')
})

test('a label may hold anything', () => {
  expect(metricsText([{ name: 'clock_age_seconds', labels: { clock: 'a"b\\c\nd' }, value: 1.5 }])).toContain(
    '{clock="a\\"b\\\\c\\nd"} 1.5',
  )
  expect(
    metricsText([
      { name: 'unknown', labels: {}, value: 1 },
      { name: 'up', labels: {}, value: Number.NaN },
    ]),
  ).toBe('\n')
  expect(Object.keys(FIGURES).length).toBeGreaterThan(10)
})

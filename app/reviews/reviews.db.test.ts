import { createHash } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { advanceCrisis } from '#app/crisis/commands/advance.ts'
import { draftNotice } from '#app/crisis/commands/notices.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { fourCentres } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { readProof, readReview } from './queries.ts'
import { reviewSheet } from './sheet.ts'

vi.mock('next-intl/server', () => import('#scripts/testing/words.ts'))

const database = await createTestDatabase()
const people = await makePeople(database.owner)
const now = new Date('2026-11-23T16:00:00Z')
const REFERENCE = 'INC-2026-000091-1'

const input = reportInput.parse({
  submissionId: '00000000-0000-4000-8000-000000000091',
  numbers: ['15'],
  symptom: 'NO_RING',
  territoryCode: '59',
  callbackPhone: '01 99 00 00 59',
})
const made = await reportCase(people.samu59, input, now)
if (!made.ok) throw new Error(JSON.stringify(made))
await database.owner`insert into incident (reference, state, level, opened_at, last_at)
  values (${REFERENCE}, 'confirmed', 3, ${now}, ${now})`
await database.owner`update cases set incident_id = (select id from incident where reference = ${REFERENCE}) where id = ${made.value.id}`
await draftNotice(people.agent, { kind: 'authority_notice', incident: REFERENCE }, now)

test('the file tells the cases and the incident, to the cell alone', async () => {
  const review = await readReview(people.lead, REFERENCE, now)
  expect(review?.lines.map((line) => line.event)).toEqual(
    expect.arrayContaining(['case.reported', 'notice.drafted']),
  )
  expect(review?.rows).toHaveLength(1)
  expect(await readReview(people.samu59, REFERENCE, now)).toBeNull()
  expect(await readReview({ ...people.lead, exerciseId: 99 }, REFERENCE, now)).toBeNull()
})

test('each line of the export proves itself, and a changed word breaks it', async () => {
  const rows = (await readProof(people.lead, REFERENCE))?.rows ?? []
  expect(rows.length).toBeGreaterThan(1)
  const proves = (row: (typeof rows)[number]) =>
    createHash('sha256')
      .update(Buffer.concat([Buffer.from(row.prev_hash, 'hex'), Buffer.from(row.digested)]))
      .digest('hex') === row.hash
  expect(rows.every(proves)).toBe(true)
  const [first] = rows
  if (!first) throw new Error('no line')
  expect(proves({ ...first, digested: first.digested.replace('"', "'") })).toBe(false)
  for (const row of rows.filter((one) => one.seq === 1))
    expect(row.prev_hash).toBe(createHash('sha256').update(row.chain).digest('hex'))
  for (const row of rows.filter((one) => one.chain.startsWith('case:') && one.seq > 1))
    expect(rows.find((one) => one.chain === row.chain && one.seq === row.seq - 1)?.hash).toBe(row.prev_hash)
})

test('of a crisis that silence began it tells when the cell was active and after how long, and what was proposed, in words', async () => {
  const began = new Date('2026-11-24T10:00:00Z')
  const after = (minutes: number) => new Date(began.getTime() + minutes * 60_000)
  const [first = ''] = await fourCentres(people, began)
  for (let minutes = 6; minutes <= 40; minutes++) await advanceCrisis(machine('clock'), after(minutes))
  const [home] = await database.owner<{ reference: string }[]>`
    select i.reference from incident i join cases c on c.incident_id = i.id where c.reference = ${first}`
  const review = await readReview(people.lead, home?.reference ?? '', after(41))
  if (!review) throw new Error('no file')
  expect(review.run?.activatedAt?.getTime()).toBeGreaterThan(+began)
  const { pieces } = await reviewSheet(review, 'en', after(41))
  const rows = pieces.flatMap((piece) => (piece.kind === 'table' ? piece.rows : []))
  const took = Math.round((Number(review.run?.activatedAt) - +began) / 60_000)
  expect(rows.find(([what]) => what === 'Crisis cell activated')).toContain(`${took} min`)
  const proposed = rows.filter(([, , reason]) => /^15: \d départements in \d+ minutes;/.test(reason ?? ''))
  expect(proposed.map(([rule, , , decided]) => [rule, decided?.split('\n')[0]])).toEqual([
    ['Unusual', 'Accepted'],
  ])
})

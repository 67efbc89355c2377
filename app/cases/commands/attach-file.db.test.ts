import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { AccountActor } from '#app/_auth/actor.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { reportInput } from '../input.ts'
import { attachFile } from './attach-file.ts'
import { reportCase } from './report.ts'

const { owner, app } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-26T10:00:00Z')
const text = (words: string) => new TextEncoder().encode(words)

const photo = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#246' } })
  .withExif({ IFD0: { Make: 'Telephone', Software: 'SECRET-PLACE' }, IFD3: { GPSLatitude: '50/1 37/1 0/1' } })
  .jpeg()
  .toBuffer()

// Twenty-six million points of one colour are a small file.
const huge = await sharp({ create: { width: 6_500, height: 4_001, channels: 3, background: '#246' } })
  .png()
  .toBuffer()
// Black and white at random: a bit for each point as it is sent, all the greys once it is drawn smaller.
const dots = randomBytes(2_600 * 2_600).map((byte) => (byte & 1) * 255)
const noise = await sharp(dots, { raw: { width: 2_600, height: 2_600, channels: 1 } })
  .png({ colours: 2, effort: 1 })
  .toBuffer()

async function reported(actor: AccountActor = people.samu59): Promise<string> {
  const submissionId = crypto.randomUUID()
  const input = reportInput.parse({ submissionId, numbers: ['15'], symptom: 'NO_RING', territoryCode: '59' })
  const made = await reportCase(actor, input, now)
  if (!made.ok) throw new Error(JSON.stringify(made))
  return made.value.reference
}
const attach = (who: AccountActor, reference: string, bytes: Uint8Array, name = 'écran.jpg') =>
  attachFile(who, { reference, name, bytes }, now)
const files = (reference: string) =>
  owner<{ name: string; kind: string; content: Buffer }[]>`select name, kind, content from attachment
    where case_id = (select id from cases where reference = ${reference}) order by id`

test('a photo loses where and by what it was taken, and stays a photo', async () => {
  expect(photo.includes('SECRET-PLACE')).toBe(true)
  const reference = await reported()
  expect(await attach(people.samu59, reference, photo)).toMatchObject({ ok: true })
  const [file] = await files(reference)
  expect(file).toMatchObject({ name: 'ecran.jpg', kind: 'image/jpeg' })
  const drawn = await sharp(file?.content).metadata()
  expect(drawn).toMatchObject({ width: 40, height: 20 })
  expect(drawn.exif).toBeUndefined()
  expect(file?.content.includes('SECRET-PLACE')).toBe(false)
})

test('the journal, which forgets nothing, says which file and what kind, never what it was called', async () => {
  const reference = await reported()
  await attach(people.samu59, reference, photo, 'Victime Martin.jpg')
  const [line] =
    await owner`select data, (select id::int from attachment where name = 'Victime-Martin.jpg') as file
    from journal where event = 'case.file_attached' order by id desc limit 1`
  expect(line?.data).toEqual({ id: line?.file, kind: 'image/jpeg', bytes: expect.any(Number) })
})

test('a text keeps its lines and loses its ten-digit numbers', async () => {
  const reference = await reported()
  await attach(people.samu59, reference, text('appel 15 vers 03 20 01 02 03\nrefus 34'), 'trace.log')
  const [file] = await files(reference)
  expect(file?.name).toBe('trace.txt')
  expect(String(file?.content)).toBe('appel 15 vers 03 •• •• •• ••\nrefus 34')
})

test.each<[string, Uint8Array, string]>([
  ['nothing', new Uint8Array(), 'file_empty'],
  ['a document', text('%PDF-1.7\u0000'), 'file_kind'],
  ['a text of more than 200 kB', new Uint8Array(200_001).fill(0x41), 'file_text_too_large'],
  ['a picture of more than 25 million points', huge, 'file_too_many_points'],
  ['a picture that is larger drawn anew', noise, 'file_too_large'],
  ['what only begins as a photo', new Uint8Array([0xff, 0xd8, 0xff, 1, 2, 3]), 'file_kind'],
])('%s is refused beside its field, and nothing is stored', async (_, bytes, why) => {
  const reference = await reported()
  expect(await attach(people.samu59, reference, bytes)).toMatchObject({
    fields: { file: { key: `cases.invalid.${why}` } },
  })
  expect(await files(reference)).toEqual([])
})

test('who may not see the case finds nothing, who only reads it adds nothing', async () => {
  const reference = await reported()
  expect(await attach(people.samu37, reference, photo)).toMatchObject({
    reason: { key: 'cases.refused.absent' },
  })
  expect(await attach(people.pref59, reference, photo)).toMatchObject({ ok: false })
  await attach(people.agent, reference, photo)
  const seenBy = (who: AccountActor) =>
    app.begin(async (sql) => {
      await sql`select set_config('app.role', ${who.role}, true), set_config('app.account', ${String(who.accountId)}, true),
        set_config('app.organisation', ${String(who.organisationId ?? '')}, true), set_config('app.sees', ${who.territories.join(',')}, true)`
      return (
        await sql`select 1 from attachment where case_id = (select id from cases where reference = ${reference})`
      ).length
    })
  expect(await Promise.all([people.samu59, people.pref59, people.agent].map(seenBy))).toEqual([1, 1, 1])
  // The wall of the room shows no photo of what a reporter sees.
  const wall: AccountActor = { ...people.agent, role: 'wall' }
  expect(await Promise.all([people.samu37, people.pref37, wall].map(seenBy))).toEqual([0, 0, 0])
})

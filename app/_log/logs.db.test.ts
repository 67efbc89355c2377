import { spawn } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import type { Cause } from './cause.ts'

const { owner } = await createTestDatabase()
await makePeople(owner)

/** Plainly fictional; as people write them. */
const TYPED = [
  'Nora Secrète',
  '+33199002233',
  '01 99 00 22 33',
  '0199002233',
  'nora.secrete@samu.example',
  '12 rue Cachée',
]

test('a run full of failing statements leaves nothing of what people typed in any log, and keeps every cause', async () => {
  await owner.unsafe(`create function refuse_all() returns trigger language plpgsql as $$
    begin raise exception 'refused: %', new; end $$`)
  await owner`create trigger refuse_all before insert on cases for each row execute function refuse_all()`
  const [{ folder } = { folder: '' }] = await owner<{ folder: string }[]>`
    select current_setting('data_directory') as folder`
  const serverLog = join(dirname(folder), 'postgres.log')
  const from = statSync(serverLog).size

  const said = await outputOf('app/_log/failing.fixture.ts')
  const lines = said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown> & { error?: Cause })
  expect(lines.length).toBeGreaterThan(TYPED.length * 6)
  for (const line of lines)
    expect(line).toMatchObject({
      level: expect.any(String),
      time: expect.any(String),
      process: 'failing.fixture',
    })
  const codes = new Set(lines.map(({ error }) => innermost(error)?.code))
  for (const code of ['P0001', '22P02', '42601', '23505', '42501']) expect(codes).toContain(code)
  expect(lines.at(-1)).toMatchObject({ level: 'fatal' })

  const server = readFileSync(serverLog).subarray(from).toString('utf8')
  for (const typed of TYPED) {
    expect(said).not.toContain(typed)
    expect(server).not.toContain(typed)
  }
  // The same in pieces: a number without its spaces, a name without its surname.
  expect(said + server).not.toMatch(/99\W*00\W*22\W*33|secr[èe]te|cachée/i)
})

function outputOf(file: string): Promise<string> {
  const child = spawn(process.execPath, [file], { env: { ...process.env, TYPED: JSON.stringify(TYPED) } })
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  return new Promise((resolve) => child.once('close', () => resolve(said)))
}

function innermost(error: Cause | undefined): Cause | undefined {
  return error?.cause ? innermost(error.cause) : error
}

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noteCase } from '#app/cases/commands/update.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { says } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { bundleOf, imprintOf, proofRows, signedPart } from './bundle.ts'
import { keyOf, newPrivateKey, publicPem } from './key.ts'
import { timeStamp } from './time-stamp.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const folder = mkdtempSync(join(tmpdir(), 'permanence-bundle-'))
afterAll(() => rmSync(folder, { recursive: true }))
const now = new Date('2026-11-23T10:00:00Z')
const key = keyOf(newPrivateKey())

/** The procedure that EVIDENCE.md gives to a third party, word for word. */
const [, procedure = ''] = /```bash\n([\s\S]*?)```/.exec(readFileSync('EVIDENCE.md', 'utf8')) ?? []

function check(bundle: string, pem = publicPem(key.public)): { holds: boolean; said: string } {
  const [file, open] = [join(folder, 'bundle.txt'), join(folder, 'key.pem')]
  writeFileSync(file, bundle)
  writeFileSync(open, pem)
  const { status, stdout, stderr } = spawnSync('bash', ['-c', procedure, 'check', file, open], {
    encoding: 'utf8',
  })
  return { holds: status === 0, said: stdout + stderr }
}

let bundle = ''
beforeAll(async () => {
  const reference = await says(people.samu59, '59', now)
  const [row] = await owner<{ id: number }[]>`select id::int from cases where reference = ${reference}`
  await noteCase(
    people.agent,
    { reference, text: 'Rappelé : « rien ne passe » \\ 100 % perdu\n☎ $(date) `id`' } as never,
    now,
  )
  const rows = await asActor(people.lead, (tx) => proofRows(tx, sql`j.chain = ${`case:${row?.id}`}`))
  expect(rows.length).toBeGreaterThan(1)
  bundle = bundleOf(
    { of: `case ${reference}`, now, by: people.lead.name, whole: [`case:${row?.id}`] },
    rows,
    key,
  )
})

describe('by the documented procedure, with openssl alone', () => {
  test('a bundle holds', () => {
    expect(check(bundle)).toMatchObject({ holds: true, said: expect.stringContaining('The bundle holds.') })
  })

  test.each<[string, (was: string) => string]>([
    ['a word of a line changed', (was) => was.replace('rien ne passe', 'tout passe')],
    ['a line taken out', (was) => was.split('\n').toSpliced(2, 1).join('\n')],
    ['two lines changed about', (was) => swapped(was.split('\n'))],
    ['its head changed', (was) => was.replace(people.lead.name, 'Ada Essai')],
    ['a line put behind the signature', (was) => `${was}${was.split('\n')[1]}\n`],
    ['its signature gone', (was) => was.replace(/signature .*\n$/, '')],
  ])('with %s it does not', (_, change) => {
    const changed = change(bundle)
    expect(changed).not.toBe(bundle)
    expect(check(changed).holds).toBe(false)
  })

  test('nor under another key', () => {
    expect(check(bundle, publicPem(keyOf(newPrivateKey()).public)).holds).toBe(false)
  })

  test('nor when whoever has the key signs a line that its hash does not say', () => {
    const rows = signedPart(bundle).trimEnd().split('\n').slice(1)
    const forged = rows.map((line) => {
      const [prev_hash = '', hash = '', ...rest] = line.split(' ')
      return {
        ...{ chain: '', seq: 0, prev_hash, hash },
        digested: rest.join(' ').replace('rien ne passe', 'tout passe'),
      }
    })
    const again = bundleOf({ of: 'case', now, by: 'x', whole: [] }, forged, key)
    expect(check(again)).toMatchObject({ holds: false, said: expect.stringContaining('FALSE: ') })
  })
})

function swapped(lines: string[]): string {
  const [head = '', one = '', two = '', ...rest] = lines
  return [head, two, one, ...rest].join('\n')
}

describe('a time-stamp', () => {
  const run = (...args: string[]) => {
    const ran = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
    if (ran.status !== 0) throw new Error(ran.stderr)
    return ran.stdout
  }
  let answer: (query: Buffer) => { status?: number; body: Buffer } = () => ({ body: Buffer.alloc(0) })
  const authority = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const { status = 200, body } = answer(Buffer.concat(parts))
    response.writeHead(status, { 'content-type': 'application/timestamp-reply' }).end(body)
  })
  let url = ''
  beforeAll(async () => {
    writeFileSync(
      join(folder, 'tsa.cnf'),
      `[req]\ndistinguished_name=dn\nx509_extensions=ext\nprompt=no\n[dn]\nCN=Autorité d'essai\n[ext]\nextendedKeyUsage=critical,timeStamping
[tsa]\ndefault_tsa=one\n[one]\nserial=${folder}/serial\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\nordering=no\ntsa_name=no\ness_cert_id_chain=no\n`,
    )
    writeFileSync(join(folder, 'serial'), '01\n')
    run(
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'tsa.key', '-out', 'tsa.pem'],
      ...['-days', '2', '-config', 'tsa.cnf'],
    )
    await new Promise<void>((up) => authority.listen(0, '127.0.0.1', up))
    url = `http://127.0.0.1:${(authority.address() as AddressInfo).port}`
  })
  afterAll(() => authority.close())

  const granted = (query: Buffer) => {
    writeFileSync(join(folder, 'query.tsq'), query)
    run(
      ...['ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'query.tsq', '-inkey', 'tsa.key'],
      ...['-signer', 'tsa.pem', '-out', 'reply.tsr'],
    )
    return { body: readFileSync(join(folder, 'reply.tsr')) }
  }

  test('of an authority that is openssl is verified by openssl over what was signed', async () => {
    answer = granted
    const stamp = await timeStamp(imprintOf(signedPart(bundle)), url)
    writeFileSync(join(folder, 'signed'), signedPart(bundle))
    writeFileSync(join(folder, 'stamp.tsr'), stamp as Buffer)
    const verify = () =>
      run('ts', '-verify', '-data', 'signed', '-in', 'stamp.tsr', '-CAfile', 'tsa.pem', '-partial_chain')
    expect(verify()).toMatch(/Verification: OK/)
    writeFileSync(join(folder, 'signed'), `${signedPart(bundle)} `)
    expect(verify).toThrow(/imprint/i)
    expect(check(`${bundle}timestamp ${stamp?.toString('base64')}\n`).holds).toBe(true)
  })

  test('of something else, refused, or of nobody is none', async () => {
    const asked = imprintOf(signedPart(bundle))
    answer = () => granted(readFileSync(join(folder, 'other.tsq')))
    run('ts', '-query', '-digest', '00'.repeat(32), '-sha256', '-cert', '-out', 'other.tsq')
    await expect(timeStamp(asked, url)).rejects.toThrow(/did not stamp/)
    answer = () => ({ body: Buffer.from('3005300302010200', 'hex') })
    await expect(timeStamp(asked, url)).rejects.toThrow(/did not stamp/)
    answer = () => ({ status: 500, body: Buffer.alloc(0) })
    await expect(timeStamp(asked, url)).rejects.toThrow(/answered 500/)
    expect(await timeStamp(asked, undefined)).toBeNull()
  })
})

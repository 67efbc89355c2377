import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { processEnvironments } from '#scripts/start/database.ts'
import { Misconfigured, readConfig } from './config.ts'
import { readSecretFiles, SECRET_SETTINGS } from './secret-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'permanence-secrets-'))
afterAll(() => rmSync(folder, { recursive: true }))
function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

test.each(SECRET_SETTINGS)('%s may stand in a file', (name) => {
  const env: Record<string, string | undefined> = { [`${name}_FILE`]: file('one', 'the word\n') }
  expect(readSecretFiles(env)).toBeNull()
  expect(env[name]).toBe('the word')
})

test('what is set itself stays', () => {
  const env = { AUTH_SECRET: 'set', AUTH_SECRET_FILE: file('other', 'in a file') }
  readSecretFiles(env)
  expect(env.AUTH_SECRET).toBe('set')
})

test('the start reads them, and says which file cannot be read or is empty', () => {
  const env = {
    PERMANENCE_DATA_DIR: join(folder, 'data'),
    DATABASE_URL_FILE: file('url', 'postgres://o:p@db/watch\n'),
    AUTH_SECRET_FILE: file('secret', 'of this start'),
  }
  expect(readConfig(env)).toMatchObject({
    secret: 'of this start',
    database: { kind: 'external', ownerUrl: 'postgres://o:p@db:5432/watch' },
  })
  const wrong = (path: string) => () => readConfig({ ...env, AUTH_SECRET: '', AUTH_SECRET_FILE: path })
  expect(wrong('/nowhere/at/all')).toThrow(Misconfigured)
  expect(wrong('/nowhere/at/all')).toThrow(
    'AUTH_SECRET_FILE names /nowhere/at/all, which cannot be read (ENOENT).',
  )
  expect(wrong(file('empty', ' \n'))).toThrow('which is empty')
})

test('web and worker are not told where the owner’s secrets stand', () => {
  const env = {
    PERMANENCE_DATA_DIR: join(folder, 'data'),
    DATABASE_URL: 'postgres://o:p@db/watch',
    AUTH_SECRET: 'x',
  }
  process.env.DATABASE_URL_FILE = '/run/secrets/database_url'
  try {
    const { web, worker } = processEnvironments(readConfig(env), 3000, false)
    for (const told of [web, worker]) expect(told).not.toHaveProperty('DATABASE_URL_FILE')
  } finally {
    delete process.env.DATABASE_URL_FILE
  }
})

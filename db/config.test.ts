import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'permanence-config-'))
afterAll(() => rmSync(folder, { recursive: true }))
const start = (DATABASE_URL: string) => () =>
  readConfig({ PERMANENCE_DATA_DIR: folder, AUTH_SECRET: 'x', DATABASE_URL })

// The driver compares the certificate of a host without a name with "localhost": it would never hold.
test.each([
  ['postgres://o:p@10.0.1.21,pg-b.example/watch?sslmode=verify-full', '10.0.1.21'],
  ['postgres://o:p@pg-a.example,[fd00::21]:5433/watch?sslmode=verify-ca', 'fd00::21'],
])('a certificate is compared with a name: %s', (url, host) => {
  expect(start(url)).toThrow(`write the name of ${host}, as it is in its certificate`)
})

test.each([
  'postgres://o:p@pg-a.example,pg-b.example/watch?sslmode=verify-full&target_session_attrs=primary',
  'postgres://o:p@127.0.0.1/watch?sslmode=verify-full',
  'postgres://o:p@10.0.1.21/watch?sslmode=require',
  'postgres://o:p@10.0.1.21/watch',
])('and what can hold is taken: %s', (url) => {
  expect(start(url)).not.toThrow()
})

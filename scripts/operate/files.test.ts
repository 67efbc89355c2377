import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { IDLE_S } from '../start/idle.ts'

const HERE = 'scripts/operate'
const folder = mkdtempSync(join(tmpdir(), 'permanence-files-'))
afterAll(() => rmSync(folder, { recursive: true }))
const has = (tool: string) => spawnSync('which', [tool]).status === 0
const read = (file: string) => readFileSync(`${HERE}/${file}`, 'utf8')
const units = readdirSync(`${HERE}/systemd`)

test('every setting that units, compose file and image name is one of the README', () => {
  const settings = readFileSync('README.md', 'utf8').split('## Settings')[1]?.split('\n## ')[0] ?? ''
  const files = [...units.map((unit) => `systemd/${unit}`), 'compose.yaml', 'Containerfile']
  const named = files.flatMap((file) =>
    [
      ...read(file).matchAll(
        /\b((?:PERMANENCE|DATABASE|AUTH|NEXTAUTH|NODE|TRUST|WEB|APP|STATUS|STATISTICS)_[A-Z_]+)[=:] ?/g,
      ),
    ].map(([, name = '']) => name),
  )
  expect(new Set(named).size).toBeGreaterThan(6)
  const known = (name: string) =>
    settings.includes(`\`${name}\``) || settings.includes(`\`${name.replace(/_FILE$/, '')}\``)
  expect([...new Set(named)].filter((name) => !known(name))).toEqual([])
})

/** What a unit or a service of the compose file is told, setting by setting. */
const unitOf = (name: string): Record<string, string> =>
  Object.fromEntries(
    [...read(`systemd/permanence-${name}.service`).matchAll(/^Environment=(.*)$/gm)]
      .flatMap(([, line = '']) => line.split(' '))
      .map((one) => one.split(/=(.*)/s, 2) as [string, string]),
  )
const composed = (name: string): Record<string, string> => {
  const [common = '', services = ''] = read('compose.yaml').split('\nservices:\n')
  const own = services.split(/\n(?= {2}\S)/).find((text) => text.trim().startsWith(`${name}:`)) ?? ''
  // Lists are replaced whole, settings added to, as YAML does with an anchor.
  const text = /^ {4}secrets:/m.test(own) ? common.replace(/^ {2}secrets:.*$/m, '') + own : common + own
  return Object.fromEntries(
    [...text.matchAll(/^ +([A-Z_]+|secrets): +(.*)$/gm)].map(([, key = '', value = '']) => [key, value]),
  )
}

const EVERYBODY = ['DATABASE_URL_FILE', 'AUTH_SECRET_FILE']
const SERVED = [...EVERYBODY, 'PERMANENCE_EVIDENCE_KEY_FILE', 'NEXTAUTH_URL']

// One that is told of another than its neighbour signs what nobody can check, or proves less than it says.
test.each([
  [
    'unit',
    unitOf,
    ['web', 'worker', 'rehearsal'],
    [...EVERYBODY, 'NODE_EXTRA_CA_CERTS', 'PERMANENCE_DATA_DIR'],
  ],
  ['unit', unitOf, ['web', 'worker'], SERVED],
  ['unit', unitOf, ['worker', 'rehearsal'], ['PERMANENCE_CHECKPOINTS']],
  ['service', composed, ['web-a', 'worker-a'], SERVED],
] as const)('each %s is told the same', (_, told, parts, settings) => {
  const [first, ...others] = parts.map((part) =>
    Object.fromEntries(settings.map((name) => [name, (told as typeof unitOf)(part)[name]])),
  )
  expect(Object.values(first ?? {})).not.toContain(undefined)
  for (const other of others) expect(other).toEqual(first)
})

test('every secret that a unit or a service names is handed to it', () => {
  for (const unit of units.filter((one) => one.endsWith('.service'))) {
    const text = read(`systemd/${unit}`)
    const named = [...text.matchAll(/=%d\/([\w.-]+)/g)].map(([, name]) => name)
    expect(named.length).toBeGreaterThan(1)
    for (const name of named) expect(text).toContain(`\nLoadCredential=${name}:/etc/permanence/`)
    expect(text).toContain('\nEnvironmentFile=-/etc/permanence/settings\n')
  }
  for (const name of ['web-a', 'worker-a']) {
    const told = composed(name)
    const named = Object.values(told).flatMap((value) => /^\/run\/secrets\/(\w+)$/.exec(value)?.[1] ?? [])
    expect(named.length).toBeGreaterThan(2)
    expect(told.secrets?.match(/\w+/g)).toEqual(expect.arrayContaining(named))
  }
})

test('every address of a PostgreSQL that stands on another host asks for TLS, and for proof of who answers', () => {
  const papers = ['OPERATE.md', `${HERE}/patroni/patroni.yml`, `${HERE}/cloudnativepg/cluster.yaml`]
  const addresses = papers.flatMap((path) => readFileSync(path, 'utf8').match(/postgres:\/\/[^\s`|]+/g) ?? [])
  expect(addresses.length).toBeGreaterThan(3)
  const clear = addresses.filter((one) => !one.includes('sslmode=verify-full'))
  // Within one machine's own network of containers.
  expect(clear).toEqual(['postgres://permanence_owner:PASSWORD@database/permanence'])
})

test('Patroni comes to its own PostgreSQL by the socket, and etcd answers it', () => {
  expect(read('patroni/patroni.yml')).toMatch(/^ {2}use_unix_socket: true$/m)
  expect(read('patroni/patroni.yml')).toMatch(/^ {4}unix_socket_directories: \S+$/m)
  expect(read('patroni/etcd.conf.yml')).toMatch(/^enable-grpc-gateway: true$/m)
})

test('every program that they start is there', () => {
  const files = [...units.map((unit) => `systemd/${unit}`), 'compose.yaml', 'Containerfile']
  const started = files.flatMap((file) =>
    [...read(file).matchAll(/scripts\/[\w/.-]+\.mjs/g)].map(([path]) => path),
  )
  expect(started.length).toBeGreaterThan(5)
  expect(started.filter((path) => !existsSync(path))).toEqual([])
})

// Where no nginx is installed nobody can say whether it reads its configuration.
test.skipIf(!has('nginx') || !has('openssl'))('nginx reads its configuration', () => {
  const at = (name: string) => join(folder, name)
  const pair = ['-keyout', at('privkey.pem'), '-out', at('fullchain.pem')]
  const made = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=permanence.example',
    ...pair,
  ]
  expect(spawnSync('openssl', made).status).toBe(0)
  const site = readFileSync(`${HERE}/nginx/permanence.conf`, 'utf8')
    .replaceAll('/etc/permanence/tls', folder)
    .replaceAll('/var/log/nginx', folder)
  writeFileSync(at('site.conf'), site)
  writeFileSync(
    at('nginx.conf'),
    `pid ${at('pid')};\nerror_log ${at('error.log')};\nevents {}\nhttp { include ${at('site.conf')}; }\n`,
  )
  const told = spawnSync('nginx', ['-t', '-c', at('nginx.conf')], { encoding: 'utf8' })
  expect(told.stderr).toContain('test is successful')
})

test('nginx ends an idle connection before the web does', () => {
  const [, nginx] = read('nginx/permanence.conf').match(/upstream [^}]*keepalive_timeout (\d+)s;/) ?? []
  expect(Number(nginx)).toBeLessThan(IDLE_S)
})

// Where systemd is not installed nobody can say whether it reads its units.
test.skipIf(!has('systemd-analyze')).each(units)('systemd reads %s', (unit) => {
  const told = spawnSync('systemd-analyze', ['verify', `${HERE}/systemd/${unit}`], { encoding: 'utf8' })
  // That the Node of this machine stands elsewhere is no fault of the unit.
  const faults = told.stderr
    .split('\n')
    .filter((line) => line && !/is not executable|not found: permanence/.test(line))
  expect(faults).toEqual([])
})

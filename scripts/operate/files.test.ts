import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const HERE = 'scripts/operate'
const folder = mkdtempSync(join(tmpdir(), 'permanence-files-'))
afterAll(() => rmSync(folder, { recursive: true }))
const has = (tool: string) => spawnSync('which', [tool]).status === 0
const units = readdirSync(`${HERE}/systemd`)

test('every setting that units, compose file and image name is one of the README', () => {
  const settings = readFileSync('README.md', 'utf8').split('## Settings')[1]?.split('\n## ')[0] ?? ''
  const files = [...units.map((unit) => `systemd/${unit}`), 'compose.yaml', 'Containerfile']
  const named = files.flatMap((file) =>
    [
      ...readFileSync(`${HERE}/${file}`, 'utf8').matchAll(
        /\b((?:PERMANENCE|DATABASE|AUTH|NEXTAUTH|TRUST|WEB|APP)_[A-Z_]+)[=:] ?/g,
      ),
    ].map(([, name = '']) => name),
  )
  expect(new Set(named).size).toBeGreaterThan(6)
  const known = (name: string) =>
    settings.includes(`\`${name}\``) || settings.includes(`\`${name.replace(/_FILE$/, '')}\``)
  expect([...new Set(named)].filter((name) => !known(name))).toEqual([])
})

test('every program that they start is there', () => {
  const files = [...units.map((unit) => `systemd/${unit}`), 'compose.yaml', 'Containerfile']
  const started = files.flatMap((file) =>
    [...readFileSync(`${HERE}/${file}`, 'utf8').matchAll(/scripts\/[\w/.-]+\.mjs/g)].map(([path]) => path),
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

// Where systemd is not installed nobody can say whether it reads its units.
test.skipIf(!has('systemd-analyze')).each(units)('systemd reads %s', (unit) => {
  const told = spawnSync('systemd-analyze', ['verify', `${HERE}/systemd/${unit}`], { encoding: 'utf8' })
  // That the Node of this machine stands elsewhere is no fault of the unit.
  const faults = told.stderr
    .split('\n')
    .filter((line) => line && !/is not executable|not found: permanence/.test(line))
  expect(faults).toEqual([])
})

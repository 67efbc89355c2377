import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { billOf, componentsOf, isAllowed, type Lock } from './sbom.ts'

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock
const components = componentsOf(lock)

/** Licences that are not in the list, each looked at. */
const LOOKED_AT: Record<string, string> = {
  'png-js': 'MIT, said in its LICENSE file; of pdfkit',
  'urlsafe-base64': 'MIT, said in its readme; of web-push-testing, in tests alone',
}

describe('the bill of materials', () => {
  test('has every package of the lockfile, with its content and its licence', () => {
    expect(components.length).toBeGreaterThan(300)
    expect(
      components
        .filter(({ integrity, bundled }) => !bundled && !integrity?.startsWith('sha512-'))
        .map(({ at }) => at),
    ).toEqual([])
    const strange = components.filter(({ name, licence }) => !isAllowed(licence) && !(name in LOOKED_AT))
    expect(strange.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([])
  })

  test('is CycloneDX: each thing once, each reference leading somewhere', () => {
    const bill = billOf(components, '1.0.0', new Date('2026-11-26T00:00:00Z'))
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 })
    const refs = bill.components.map((one) => one['bom-ref'])
    expect(new Set(refs).size).toBe(refs.length)
    const known = new Set(refs)
    expect(bill.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((one) => !known.has(one))).toEqual(
      [],
    )
    const next = bill.components.find(({ name }) => name === 'next')
    expect(next).toMatchObject({ purl: expect.stringMatching(/^pkg:npm\/next@/), scope: 'required' })
    expect(next?.hashes?.[0]?.content).toMatch(/^[0-9a-f]{128}$/)
    expect(bill.components.find(({ name }) => name === 'vitest')?.scope).toBe('excluded')
  })

  test.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0)', true],
    ['MIT AND ISC', true],
    ['MIT AND GPL-3.0', false],
    ['unknown', false],
  ])('%s: %s', (licence, allowed) => expect(isAllowed(licence)).toBe(allowed))
})

describe('what is said of security', () => {
  test('of every requirement of ASVS 5.0 at levels 1 and 2, and of files that are there', () => {
    const text = readFileSync('ASVS.md', 'utf8')
    const rows = [...text.matchAll(/^\| *(\d+\.\d+\.\d+) *\| .+? \| *(yes|part|host|no|–) *\|(.*)\|$/gm)]
    expect(new Set(rows.map(([, number]) => number)).size).toBe(253)
    const silent = rows.filter(([, , verdict, why]) => /part|no$/.test(verdict ?? '') && !why?.trim())
    expect(silent.map(([, number]) => number)).toEqual([])
  })

  test.each(['ASVS.md', 'THREATS.md', 'SECURITY.md', 'EVIDENCE.md'])(
    '%s names files that there are',
    (file) => {
      const named = [
        ...readFileSync(file, 'utf8').matchAll(/`((?:app|db|scripts|e2e)\/[^`*\s]+\.\w+)`/g),
      ].map((one) => one[1] ?? '')
      expect(named.filter((path) => !existsSync(path))).toEqual([])
    },
  )
})

import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** What a process finds in each of these, by name. */
function found(first: string[]): string {
  const script = `const found = {}
    for (const name of ['drizzle-orm', 'drizzle-orm/pg-core', 'drizzle-orm/postgres-js'])
      found[name] = Object.keys(await import(name)).sort()
    found.required = Object.keys(process.getBuiltinModule('node:module').createRequire(process.cwd() + '/x.js')('drizzle-orm')).sort()
    console.log(JSON.stringify(found))`
  const args = [...first, '--input-type=module', '-e', script]
  return execFileSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } })
}

test('a package that is read the short way is the same package', () => {
  const plain = found([])
  expect(JSON.parse(plain)['drizzle-orm']).toContain('eq')
  expect(found(['--import', './scripts/packages.mjs'])).toBe(plain)
})

import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

const FIRST = ['--import', './scripts/first.mjs']

/** What a process says that runs this. */
function run(first: string[], script: string): string {
  const args = [...first, '--input-type=module', '-e', script]
  return execFileSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } })
}

/** What a process finds in each of these, by name. */
function found(first: string[]): string {
  const script = `const found = {}
    for (const name of ['drizzle-orm', 'drizzle-orm/pg-core', 'drizzle-orm/postgres-js'])
      found[name] = Object.keys(await import(name)).sort()
    found.required = Object.keys(process.getBuiltinModule('node:module').createRequire(process.cwd() + '/x.js')('drizzle-orm')).sort()
    console.log(JSON.stringify(found))`
  return run(first, script)
}

test('a package that is read the short way is the same package', () => {
  const plain = found([])
  expect(JSON.parse(plain)['drizzle-orm']).toContain('eq')
  expect(found(FIRST)).toBe(plain)
})

/** Somebody with two addresses, of which the first answers at once; whoever asks is busy for longer than Node gives an address. */
const TWO_ADDRESSES = `import { connect } from 'node:net'
  import { Worker } from 'node:worker_threads'
  const there = new Worker(
    "const server = process.getBuiltinModule('node:net').createServer((line) => line.on('error', () => {}));" +
      "server.listen(0, '127.0.0.1', () => process.getBuiltinModule('node:worker_threads').parentPort.postMessage(server.address().port))",
    { eval: true },
  )
  const port = await new Promise((resolve) => there.once('message', resolve))
  const addresses = [{ address: '127.0.0.1', family: 4 }, { address: '::1', family: 6 }]
  const line = connect({ host: 'two', port, lookup: (_name, _options, found) => found(null, addresses) })
  const said = new Promise((resolve) => line.on('connect', () => resolve('connected')).on('error', ({ code }) => resolve(code)))
  await new Promise(process.nextTick)
  for (const until = performance.now() + 600; performance.now() < until; );
  console.log(await said)
  process.exit()`

test('whoever answered at once is not passed over because we were busy', () => {
  expect(run(FIRST, TWO_ADDRESSES).trim()).toBe('connected')
})

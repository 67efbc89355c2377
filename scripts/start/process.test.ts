import { spawn } from 'node:child_process'
import { expect, test, vi } from 'vitest'
import { inWords, KeptProcess, type State, waits } from './process.ts'

const line = (level: string, error?: object) =>
  JSON.stringify({ level, msg: 'clock failed', ...(error && { error }) })

test.each([
  ['what is no line of the log', 'Error: no port', 'Error: no port'],
  ['what looks like one', '{ half', '{ half'],
  ['an event that is news to nobody', line('info'), null],
  ['an event without a cause', line('warn'), 'clock failed'],
  [
    'the innermost cause',
    line('error', { message: 'outer', cause: { code: '42501', message: 'permission denied' } }),
    'clock failed (42501 permission denied)',
  ],
  ['a code alone', line('fatal', { code: '22P02' }), 'clock failed (22P02)'],
])('%s, in a terminal', (_, written, said) => expect(inWords(written)).toBe(said))

test.each<[string, string, State, State, State, boolean]>([
  ['a web process, while the other starts', 'web 1', 'ended', 'starting', 'serves', true],
  ['the worker, while one starts and none serves', 'worker', 'starting', 'ended', 'ended', true],
  ['the worker, while one serves', 'worker', 'serves', 'starting', 'ended', false],
  ['a web process, while the other serves', 'web 1', 'ended', 'serves', 'serves', false],
  ['a web process, while all are down', 'web 1', 'ended', 'ended', 'ended', false],
  ['a web process, while the worker alone starts', 'web 1', 'ended', 'ended', 'starting', false],
])('waits for its turn: %s', (_, own, first, second, worker, is) => {
  const all = [
    { name: 'web 1', state: first },
    { name: 'web 2', state: second },
    { name: 'worker', state: worker },
  ]
  expect(waits(all.find(({ name }) => name === own) as (typeof all)[number], all)).toBe(is)
})

test.each([
  ['it had said that it serves', 'process.send("serves"); process.on("message", () => {})', '0.05 s'],
  ['it was still starting', 'process.on("message", () => {}); console.log("begun")', '0.25 s'],
])('killed: started again, by when: %s', async (_, script, pause) => {
  const said: string[] = []
  const begun = vi.fn()
  const kept = new KeptProcess({
    name: 'web 1',
    launch: () => {
      const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
      child.on('message', begun)
      child.stdout?.on('data', begun)
      return child
    },
    log: '/dev/null',
    patienceMs: 1_000,
    say: (line) => said.push(line),
  })
  kept.start()
  await expect.poll(() => begun).toHaveBeenCalledTimes(1)
  process.kill(kept.pid as number, 'SIGKILL')
  await expect.poll(() => begun).toHaveBeenCalledTimes(2)
  expect(said).toEqual([`web 1 ended (SIGKILL); starting it again in ${pause}`])
  await kept.stop()
})

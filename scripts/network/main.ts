import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { LOSES, loseAt, startPractice } from './practice.ts'

// npm run network [-- --port 5570]             starts it
// npm run network -- --lose number:15=11 …      while it runs: what loses how many in a hundred (all, number:N, territory:T, region:R, operator:O)
// npm run network -- --drill FILE.json [--share 11] [--quiet 5] [--plays 6] [--out FILE]    plays a drill on networks of its own, in real time
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '5570' },
    lose: { type: 'string', multiple: true, default: [] },
    drill: { type: 'string' },
    share: { type: 'string', default: '11' },
    quiet: { type: 'string', default: '5' },
    plays: { type: 'string', default: '6' },
    out: { type: 'string' },
    /** In this process: its figures as one line. */
    once: { type: 'string' },
  },
})
const port = Number(values.port)
/** So many worlds of a drill at once: each calls little, and lasts a quarter of an hour. */
const AT_ONCE = 3
const fail = (line: string): never => {
  console.error(line)
  process.exit(2)
}
if (!Number.isInteger(port) || port < 1024 || port > 65_000) fail('--port is a port')
const losses = values.lose.map((said) => {
  const [what = '', percent = ''] = said.split('=')
  const share = Number(percent)
  if (!LOSES.test(what) || percent === '' || !(share >= 0 && share <= 100))
    fail(`not understood: --lose ${said}`)
  return { what, share }
})

if (values.drill) await playDrill(values.drill)
else if (losses.length > 0) {
  for (const { what, share } of losses)
    await loseAt(port, what, share).catch(() => fail('No practice network runs there: npm run network'))
  console.log(losses.map(({ what, share }) => `${what} loses ${share} %`).join('\n'))
} else {
  const network = await startPractice(port, port + 2).catch((error: Error) =>
    fail(`${error.message}\nIt needs kamailio and sipp: apt-get install kamailio sip-tester`),
  )
  console.log(
    `A network to practise on takes calls at ${network.via}: NUMBER-TERRITORY (15-59) from OPERATOR.NAME.`,
  )
  console.log(
    `npm run network -- --port ${port} --lose all=11    loses one call in nine; --lose number:18=0 ends it.`,
  )
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => void network.stop().then(() => process.exit(0)))
}

/** Each play in a process and a service of its own. */
async function playDrill(file: string): Promise<void> {
  const [share, quietMin, plays] = [values.share, values.quiet, values.plays].map(Number)
  if (!(share && share > 0 && share <= 100 && quietMin && quietMin >= 1 && quietMin <= 60))
    return fail('--share is a percentage, --quiet so many minutes')
  if (!plays || !Number.isInteger(plays) || plays < 1 || plays > 50)
    return fail('--plays is a number up to 50')
  const { readDrill } = await import('#app/drills/rules/drill.ts')
  const read = readDrill(said(file))
  if (!read.ok) return fail(`${file} is not a drill: npm run drill -- ${file} says why`)
  if (values.once) {
    const say = (line: string) => console.error(`${new Date().toISOString().slice(11, 19)} ${line}`)
    const { playReportsAlone, playTogether } = await import('./drill.ts')
    const play = values.once === 'reports' ? playReportsAlone : playTogether
    console.log(JSON.stringify(await play(read.drill, { share, quietMin, say })))
    process.exit(0)
  }
  const { build } = await import('../start/build.ts')
  await build(console.error)
  const at = new Date().toISOString()
  const asked = ['--drill', file, '--share', values.share, '--quiet', values.quiet]
  const alone = playOnce([...asked, '--once', 'reports'])
  const played: unknown[] = []
  while (played.length < plays) {
    const some = Array.from({ length: Math.min(AT_ONCE, plays - played.length) }, () =>
      playOnce([...asked, '--once', 'together']),
    )
    played.push(...(await Promise.all(some)))
  }
  const figures = { drill: read.drill.id, at, share, quietMin, reports: await alone, plays: played }
  const text = JSON.stringify(figures, null, 2)
  if (values.out) writeFileSync(values.out, `${text}\n`)
  console.log(text)
  if (process.connected) process.disconnect()
}

function said(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return fail(`cannot read ${file} as JSON`)
  }
}

async function playOnce(args: string[]): Promise<unknown> {
  const child = spawn(process.execPath, ['scripts/network/main.ts', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.once('exit', () => child.kill('SIGTERM'))
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`a play ended with ${code}`)
  return JSON.parse(said)
}

import { parseArgs } from 'node:util'
import { LOSES, loseAt, startPractice } from './practice.ts'

// npm run network [-- --port 5570]             starts it
// npm run network -- --lose number:15=11 …      while it runs: what loses how many in a hundred (all, number:N, territory:T, region:R, operator:O)
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '5570' },
    lose: { type: 'string', multiple: true, default: [] },
  },
})
const port = Number(values.port)
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

if (losses.length > 0) {
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

import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { closeClients } from '#db/client.ts'
import { playDrill } from './commands/play.ts'
import { readDrill } from './rules/drill.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { crew: { type: 'string', default: 'none' }, json: { type: 'string' } },
})
const [file] = positionals
const { crew } = values
if (!file || (crew !== 'none' && crew !== 'standard')) {
  fail('usage: npm run drill -- FILE.json [--crew none|standard] [--json OUT]')
}

const read = readDrill(JSON.parse(await readFile(file, 'utf8').catch(() => fail(`cannot read ${file}`))))
if (!read.ok)
  fail(`${file} is not a drill:\n${read.problems.map((one) => `  ${one.path}: ${one.message}`).join('\n')}`)

const outcome = await playDrill(read.drill, { crew, startedAt: new Date() })
const json = JSON.stringify(outcome, null, 2)
if (values.json) await writeFile(values.json, `${json}\n`)
else process.stdout.write(`${json}\n`)
await closeClients()

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

// node scripts/operate.mjs NAME …: what whoever operates the service runs beside it (scripts/operate/NAME.ts).
import { runUnderOwnNode } from './bootstrap.mjs'

const [name, ...args] = process.argv.slice(2)
await runUnderOwnNode(`scripts/operate/${name}.ts`, args)
